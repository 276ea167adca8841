/**
 * `npm run -s ask -- [--json] [--at ISO] [--location lat,lon] "first message" ["second" …]`: one fresh resident, a turn for each message,
 * through the whole path of a message on a throw-away engine.
 */
import { parseArgs } from 'node:util';
import { fixedClock, systemClock } from '../clock.js';
import type { MessageDocument } from '../store/messages.js';
import type { IncomingContent } from '../transport/contract.js';
import { CommandMisused, runCommand, type TemporaryService, withTemporaryService } from './temporary-service.js';

const usage = 'Usage: npm run -s ask -- [--json] [--at ISO-TIME] [--location LAT,LON] "first message" ["second" …]';
const patienceMs = 20_000;

/** One turn as `--json` prints it: one line each. */
interface Turn {
  outcome: string;
  language: string;
  reply: string | null;
  confidence: number;
  choices?: { id: string; title: string }[];
  decision: { kind: string; reason?: string; receipt?: string };
}

const readArguments = () => {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: { json: { type: 'boolean' }, at: { type: 'string' }, location: { type: 'string' } },
      });
    } catch (error) {
      throw new CommandMisused(`${(error as Error).message}\n${usage}`);
    }
  })();
  const at = values.at === undefined ? undefined : new Date(values.at);
  if (at && Number.isNaN(at.getTime()))
    throw new CommandMisused(`--at takes a time such as 2020-04-23T10:00:00+05:00.\n${usage}`);
  const contents: IncomingContent[] = positionals.map((text) => ({ kind: 'text', text }));
  if (values.location !== undefined) contents.push(readLocation(values.location));
  if (contents.length === 0) throw new CommandMisused(usage);
  return { contents, at, json: values.json ?? false };
};

const readLocation = (text: string): IncomingContent => {
  const [latitude, longitude, ...rest] = text.split(',').map(Number);
  if (
    latitude === undefined ||
    longitude === undefined ||
    rest.length > 0 ||
    !(Math.abs(latitude) <= 90) ||
    !(Math.abs(longitude) <= 180)
  ) {
    throw new CommandMisused(`--location takes a latitude and a longitude such as 44.85,65.50.\n${usage}`);
  }
  return { kind: 'location', latitude, longitude };
};

const say = async ({ core, store }: TemporaryService, content: IncomingContent, number: number): Promise<Turn> => {
  const externalId = `ask-${number}`;
  await core.intake.receive({ externalId, from: [{ channel: 'web', id: 'ask' }], content, sentAt: new Date() });
  const conversation = await store.contacts.findByAlias({ channel: 'web', id: 'ask' });
  const until = Date.now() + patienceMs;
  while (conversation && Date.now() < until) {
    const message = (await store.messages.latest(conversation, 1)).at(0);
    if (message?.externalId === externalId && message.outcome) return describe(store, message);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('The message was not settled in time; run again with LOG_LEVEL=debug.');
};

const describe = async (store: TemporaryService['store'], message: MessageDocument): Promise<Turn> => {
  const { outcome, understood } = message;
  if (!outcome) throw new Error('The message has no outcome.');
  const reply = 'outboxId' in outcome && outcome.outboxId ? await store.outbox.find(outcome.outboxId) : null;
  const ticket = outcome.kind === 'ticket' ? await store.tickets.find(outcome.ticketId) : null;
  return {
    outcome: understood?.outcome ?? 'escalate',
    language: reply?.language ?? understood?.language ?? 'kk',
    reply: reply?.text ?? null,
    confidence: Number((understood?.confidence ?? 0).toFixed(4)),
    ...(reply && reply.choices.length > 0 ? { choices: reply.choices.map(({ id, title }) => ({ id, title })) } : {}),
    decision: {
      kind: outcome.kind,
      ...(outcome.kind === 'silence' ? { reason: outcome.reason } : {}),
      ...(ticket ? { reason: ticket.reason, receipt: ticket.receipt } : {}),
    },
  };
};

const print = (turn: Turn): string =>
  `${turn.reply ?? '(—)'}\n\n  [${turn.outcome} · ${turn.language} · ${turn.confidence}]\n`;

runCommand(async () => {
  const { contents, at, json } = readArguments();
  const clocks = { business: at ? fixedClock(at) : systemClock, real: systemClock };
  await withTemporaryService(async (service) => {
    for (const [number, content] of contents.entries()) {
      const turn = await say(service, content, number);
      process.stdout.write(
        json ? `${JSON.stringify(turn)}\n` : `${content.kind === 'text' ? `> ${content.text}\n` : ''}${print(turn)}\n`,
      );
    }
  }, clocks);
});
