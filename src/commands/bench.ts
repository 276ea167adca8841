/**
 * `npm run -s bench -- [--json] [--residents N] [--messages N]`: messages per second and the time from inbound to outbound on the engine
 * at hand, database commands per message, and understanding alone; `npm run -s bench -- understanding [--json]`: understanding beside its
 * peers, with many articles, and while it learns; `npm run -s bench -- lists [--rows N]`: checks among that many recipients, and loading
 * them; `npm run -s bench -- inbox [--rate N] [--seconds N] [--pages N]`: new tickets a second while pages are open; `npm run -s bench --
 * publishing [--changes N]`: how soon a change is in use in four processes. A measurement to set beside another of the same run, never a test.
 */
import { parseArgs } from 'node:util';
import { benchPath, type Latencies, questionsOf, summary } from './bench-path.js';
import { CommandMisused } from './command-misused.js';
import { runCommand, type TemporaryService, withTemporaryService } from './temporary-service.js';

const usage =
  'Usage: npm run -s bench -- [understanding | lists | inbox | publishing] [--json] [--residents 1–1000] [--messages 1–100] [--rows 1–2000000] [--rate 1–200] [--seconds 1–600] [--pages 1–200] [--changes 1–20]';

const whole = (text: string | undefined, fallback: number, most: number): number => {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new CommandMisused(usage);
  return value;
};

const benchAlone = ({ core }: TemporaryService, questions: readonly string[]): Latencies => {
  const times: number[] = [];
  const started = performance.now();
  for (let round = 0; round < 10; round += 1) {
    for (const question of questions) {
      const before = performance.now();
      core.index.understand(question, { language: 'kk' });
      times.push(performance.now() - before);
    }
  }
  return summary(times, performance.now() - started);
};

const table = (rows: Readonly<Record<string, Latencies>>): string =>
  [
    ['', 'messages', 'per second', 'p50 ms', 'p95 ms', 'p99 ms'],
    ...Object.entries(rows).map(([name, row]) => [name, row.messages, row.perSecond, row.p50Ms, row.p95Ms, row.p99Ms]),
  ]
    .map((cells) => cells.map((cell, column) => String(cell).padStart(column === 0 ? 14 : 11)).join(''))
    .join('\n');

runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      residents: { type: 'string' },
      messages: { type: 'string' },
      rows: { type: 'string' },
      rate: { type: 'string' },
      seconds: { type: 'string' },
      pages: { type: 'string' },
      changes: { type: 'string' },
    },
  });
  const [what, ...others] = positionals;
  if (others.length > 0 || !['understanding', 'lists', 'inbox', 'publishing'].includes(what ?? 'lists'))
    throw new CommandMisused(usage);
  if (what === 'lists') {
    const { benchLists } = await import('./bench-lists.js');
    const order = { residents: whole(values.residents, 50, 1000), rows: whole(values.rows, 1_000_000, 2_000_000) };
    const result = await withTemporaryService((service) =>
      benchLists(service, order, (step) => process.stderr.write(`${step}\n`)),
    );
    return void process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);
  }
  if (what === 'inbox') {
    const { benchInbox, inboxText } = await import('./bench-inbox.js');
    const order = {
      perSecond: whole(values.rate, 20, 200),
      seconds: whole(values.seconds, 50, 600),
      pages: whole(values.pages, 20, 200),
    };
    const result = await benchInbox(order);
    process.stdout.write(`${values.json ? JSON.stringify(result) : inboxText(order, result)}\n`);
    if (result.lost > 0) process.exitCode = 1;
    return;
  }
  if (what === 'publishing') {
    const { benchPublishing, publishingText, usualProcesses } = await import('./bench-publishing.js');
    const order = { processes: usualProcesses, changes: whole(values.changes, 8, 20), restMs: 30_000 };
    const result = await benchPublishing(order, (step) => process.stderr.write(`${step}\n`));
    process.stdout.write(`${values.json ? JSON.stringify(result) : publishingText(order, result)}\n`);
    if (result.lost > 0) process.exitCode = 1;
    return;
  }
  if (what === 'understanding') {
    // The peers are for development: they are asked for only here.
    const { benchUnderstanding, understandingText } = await import('./bench-understanding.js');
    // A peer writes of its training to standard output, which is the command's own.
    const { write } = process.stdout;
    process.stdout.write = process.stderr.write.bind(process.stderr);
    const result = await benchUnderstanding((step) => process.stderr.write(`${step}\n`)).finally(() => {
      process.stdout.write = write;
    });
    return void process.stdout.write(`${values.json ? JSON.stringify(result) : understandingText(result)}\n`);
  }
  const residents = whole(values.residents, 16, 1000);
  const messages = whole(values.messages, 20, 100);
  await withTemporaryService(async (service) => {
    const questions = await questionsOf(service);
    const result = {
      understanding: benchAlone(service, questions),
      path: await benchPath(service, questions, residents, messages),
    };
    process.stdout.write(
      values.json
        ? `${JSON.stringify(result)}\n`
        : `${table(result)}\n(path: ${residents} residents at once, from inbound to the written outcome; ${result.path.commandsPerMessage} database commands per message)\n`,
    );
  });
});
