/**
 * `npm run -s bench -- [--json] [--residents N] [--messages N]`: messages per second and the time from inbound to outbound on the engine
 * at hand, database commands per message, and understanding alone; `npm run -s bench -- understanding [--json]`: understanding beside its
 * peers, with many articles, and while it learns. A measurement to set beside another of the same run, never a test.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.js';
import type { Outcome } from '../store/messages.js';
import { CommandMisused } from './command-misused.js';
import { runCommand, type TemporaryService, withTemporaryService } from './temporary-service.js';

const usage = 'Usage: npm run -s bench -- [understanding] [--json] [--residents 1–1000] [--messages 1–100]';

interface Latencies {
  readonly messages: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

interface PathResult extends Latencies {
  /** Commands sent to the database from a message's intake to its sent reply, without the sweeps. */
  readonly commandsPerMessage: number;
}

const whole = (text: string | undefined, fallback: number, most: number): number => {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new CommandMisused(usage);
  return value;
};

const summary = (times: readonly number[], totalMs: number): Latencies => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
  return {
    messages: times.length,
    perSecond: Math.round((times.length / totalMs) * 1000),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
};

const questionsOf = async ({ core }: TemporaryService): Promise<string[]> =>
  (await core.articles.indexMaterial()).flatMap((article) => [...article.examples.kk, ...article.examples.ru]);

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

/**
 * Each resident writes the next question when the last one has its outcome: as many in flight as there are residents. The commands are
 * counted until the last reply was sent.
 */
const benchPath = async (
  { core, changes, commands }: TemporaryService,
  questions: readonly string[],
  residents: number,
  messages: number,
): Promise<PathResult> => {
  const times: number[] = [];
  const waiting = new Map<string, () => void>();
  const replies = { written: new Set<string>(), sent: new Set<string>() };
  const unsubscribe = [
    changes.on('messages', ({ document }) => {
      const outcome = document?.outcome as Outcome | undefined;
      if (outcome && 'outboxId' in outcome && outcome.outboxId) replies.written.add(outcome.outboxId);
      if (outcome) waiting.get(String(document?.externalId))?.();
    }),
    changes.on('outbox', ({ id, document }) => {
      if (document?.status === 'sent') replies.sent.add(id);
    }),
  ];
  const converse = async (resident: number): Promise<void> => {
    for (let number = 0; number < messages; number += 1) {
      const text = questions[(resident * messages + number) % questions.length] ?? '';
      const externalId = `bench-${resident}-${number}`;
      const settled = new Promise<void>((resolve) => waiting.set(externalId, resolve));
      const before = performance.now();
      await core.intake.receive({
        externalId,
        from: [{ channel: 'web', id: `bench-${resident}` }],
        content: { kind: 'text', text },
        sentAt: systemClock.now(),
      });
      await settled;
      times.push(performance.now() - before);
      waiting.delete(externalId);
    }
  };
  const before = commands();
  const started = performance.now();
  await Promise.all(Array.from({ length: residents }, (_, resident) => converse(resident)));
  const path = summary(times, performance.now() - started);
  while (replies.sent.size < replies.written.size) await setTimeout(20);
  for (const end of unsubscribe) end();
  return { ...path, commandsPerMessage: Number(((commands() - before) / times.length).toFixed(1)) };
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
    options: { json: { type: 'boolean' }, residents: { type: 'string' }, messages: { type: 'string' } },
  });
  if (positionals.length > 1 || (positionals[0] ?? 'understanding') !== 'understanding')
    throw new CommandMisused(usage);
  if (positionals.length === 1) {
    // The peers are for development: they are asked for only here.
    const { benchUnderstanding, understandingText } = await import('./bench-understanding.js');
    const result = await benchUnderstanding((step) => process.stderr.write(`${step}\n`));
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
