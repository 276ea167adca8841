/**
 * `npm run -s ask -- [--json] [--explain] [--at ISO] [--location lat,lon] "first message" ["second" …]`: one fresh resident, a turn for
 * each message, through the whole path of a message on a throw-away engine.
 */
import { parseArgs } from 'node:util';
import { fixedClock, systemClock } from '../clock.js';
import { type Why, whyDecided } from '../dialogue/why.js';
import type { MessageDocument } from '../store/messages.js';
import type { IncomingContent } from '../transport/contract.js';
import type { UnderstandContext } from '../understand/contract.js';
import type { Explanation } from '../understand/explain.js';
import { CommandMisused } from './command-misused.js';
import { explanationText } from './explain-text.js';
import { runCommand, type TemporaryService, withTemporaryService } from './temporary-service.js';

const usage =
  'Usage: npm run -s ask -- [--json] [--explain] [--at ISO-TIME] [--location LAT,LON] "first message" ["second" …]';
const patienceMs = 20_000;

/** One turn as `--json` prints it: one line each. */
interface Turn {
  outcome: string;
  language: string;
  reply: string | null;
  confidence: number;
  choices?: { id: string; title: string }[];
  decision: { kind: string; reason?: string; receipt?: string };
  /** With `--explain`. */
  explanation?: Explanation & { readonly why: Why };
}

const readArguments = () => {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: {
          json: { type: 'boolean' },
          explain: { type: 'boolean' },
          at: { type: 'string' },
          location: { type: 'string' },
        },
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
  return { contents, at, json: values.json ?? false, explain: values.explain ?? false };
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

/** The resident's conversation as it stands between two messages. */
const standing = async ({ store, config }: TemporaryService) => {
  const id = await store.contacts.findByAlias({ channel: 'web', id: 'ask' });
  const [contact, conversation] = id ? await Promise.all([store.contacts.find(id), store.conversations.find(id)]) : [];
  const state = conversation?.state;
  const context: UnderstandContext = {
    language: contact?.language ?? config.defaultLanguage,
    ...(state?.article === undefined ? {} : { article: state.article }),
  };
  return { id, context, expecting: state?.expecting };
};

const say = async (
  service: TemporaryService,
  content: IncomingContent,
  number: number,
  explain: boolean,
): Promise<Turn> => {
  const { core, store } = service;
  const externalId = `ask-${number}`;
  const before = await standing(service);
  await core.intake.receive({ externalId, from: [{ channel: 'web', id: 'ask' }], content, sentAt: new Date() });
  const { id } = await standing(service);
  const until = Date.now() + patienceMs;
  while (id && Date.now() < until) {
    const message = (await store.messages.latest(id, 1)).at(0);
    if (message?.externalId === externalId && message.outcome) {
      const turn = await describe(store, message);
      if (!explain) return turn;
      const explanation = core.index.explain(message.text, before.context);
      const why = whyDecided({
        understanding: explanation.understanding,
        iins: message.iins.length,
        before: before.expecting,
        after: (await standing(service)).expecting,
        outcome: turn.outcome,
        ticket: turn.decision.reason,
        silent: turn.decision.kind === 'silence',
      });
      return { ...turn, explanation: { ...explanation, why } };
    }
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

const print = ({ reply, outcome, language, confidence, explanation }: Turn): string => {
  const told = explanation === undefined ? '' : `${explanationText(explanation, explanation.why)}\n`;
  return `${reply ?? '(—)'}\n\n  [${outcome} · ${language} · ${confidence}]\n${told}`;
};

/** Shares and weights to four digits: more say nothing. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(4)) : value;

runCommand(async () => {
  const { contents, at, json, explain } = readArguments();
  const clocks = { business: at ? fixedClock(at) : systemClock, real: systemClock };
  await withTemporaryService(async (service) => {
    for (const [number, content] of contents.entries()) {
      const turn = await say(service, content, number, explain);
      const written = content.kind === 'text' ? `> ${content.text}\n` : '';
      process.stdout.write(json ? `${JSON.stringify(turn, rounded)}\n` : `${written}${print(turn)}\n`);
    }
  }, clocks);
});
