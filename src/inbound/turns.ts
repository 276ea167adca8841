/** Which pending messages make one question: pure, so that every order of arrival can be tried without a clock. */
import type { Decision, Turn } from '../dialogue/contract.js';
import type { MessageDocument } from '../store/messages.js';
import type { Understanding } from '../understand/contract.js';

export interface Windows {
  /** Milliseconds a fragment waits after the last message. */
  readonly afterLastMs: number;
  /** Milliseconds it waits at most after its first. */
  readonly atMostMs: number;
}

/** Real time at which pending fragments are decided: `afterLastMs` after the last, `atMostMs` after the first at the latest. */
export const dueAt = (pending: readonly Pick<MessageDocument, 'receivedAt'>[], windows: Windows): Date => {
  const times = pending.map((message) => message.receivedAt.getTime());
  return new Date(Math.min(Math.max(...times) + windows.afterLastMs, Math.min(...times) + windows.atMostMs));
};

/** The turn that these messages make together; `settled` says that nothing more is waited for. */
export const makeTurn = (
  messages: readonly MessageDocument[],
  settled: boolean,
  understand: (text: string) => Understanding,
): Turn => {
  const text = messages
    .map((message) => message.text)
    .filter((part) => part !== '')
    .join('\n');
  const last = messages.at(-1);
  return {
    messages: messages.map((message) => message._id),
    text,
    iins: messages.flatMap((message) => message.iins),
    ...(last?.location ? { location: last.location } : {}),
    ...(last?.choiceId === undefined ? {} : { choiceId: last.choiceId }),
    ...(last?.media === undefined ? {} : { media: last.media }),
    ...(last && isSign(last.kind) ? { sign: last.kind } : {}),
    understanding: understand(text),
    settled,
  };
};

const isSign = (kind: MessageDocument['kind']): kind is NonNullable<Turn['sign']> =>
  kind === 'reaction' || kind === 'call' || kind === 'unsupported';

/** The next turn to commit, with the messages it settles, or null when what is pending has to wait. */
export interface PlannedTurn {
  readonly turn: Turn;
  readonly messages: readonly MessageDocument[];
}

/**
 * Finds the first question among the pending messages: fragments are joined until they are understood together; a tap, a location or a
 * photo stands for itself, and what came before it is decided first. Where the joined text is less clear than its last message alone,
 * the last message decides. With `settled`, what is left is decided as it is.
 */
export const planTurn = (
  pending: readonly MessageDocument[],
  settled: boolean,
  understand: (text: string) => Understanding,
  decideFirst: (turn: Turn) => Decision,
): PlannedTurn | null => {
  const fragments: MessageDocument[] = [];
  for (const message of pending) {
    if (message.kind !== 'text' && fragments.length > 0) break;
    fragments.push(message);
    const joined = makeTurn(fragments, false, understand);
    if (decideFirst(joined).kind !== 'wait') return { turn: joined, messages: [...fragments] };
    if (fragments.length > 1) {
      const alone = makeTurn([message], false, understand);
      if (decideFirst(alone).kind !== 'wait') {
        return { turn: { ...alone, messages: joined.messages }, messages: [...fragments] };
      }
    }
  }
  const followedByOther = fragments.length < pending.length;
  if (fragments.length === 0 || (!settled && !followedByOther)) return null;
  return { turn: makeTurn(fragments, true, understand), messages: fragments };
};
