/** Which pending messages make one question: pure, so that every order of arrival can be tried without a clock. */
import type { Decision, Turn } from '../dialogue/contract.js';
import type { MessageDocument } from '../store/messages.js';
import type { Understanding } from '../understand/contract.js';
import type { PendingMessage } from './quoted-articles.js';

export interface Windows {
  /** Milliseconds a fragment waits after the last message. */
  readonly afterLastMs: number;
  /** Milliseconds it waits at most after its first. */
  readonly atMostMs: number;
}

/** After an outage a crowd's messages are read at once and stand slowly: what one resident wrote is waited for so many times longer. */
const patienceWithLate = 4;

/** Real time at which pending fragments are decided: `afterLastMs` after the last, `atMostMs` after the first at the latest. */
export const dueAt = (
  pending: readonly Pick<MessageDocument, 'receivedAt' | 'late'>[],
  { afterLastMs, atMostMs }: Windows,
): Date => {
  const patience = pending.some(({ late }) => late) ? patienceWithLate : 1;
  const times = pending.map((message) => message.receivedAt.getTime());
  return new Date(Math.min(Math.max(...times) + patience * afterLastMs, Math.min(...times) + patience * atMostMs));
};

/** Understands a text of this conversation, with the article of a quoted answer if one is quoted. */
export type UnderstandWith = (text: string, quotedArticle?: string) => Understanding;

/** The turn that these messages make together; `settled` says that nothing more is waited for. */
export const makeTurn = (messages: readonly PendingMessage[], settled: boolean, understand: UnderstandWith): Turn => {
  const text = messages
    .map((message) => message.text)
    .filter((part) => part !== '')
    .join('\n');
  const last = messages.at(-1);
  const quotedTicket = messages.findLast((message) => message.quotedTicket !== undefined)?.quotedTicket;
  const quotedArticle = messages.findLast((message) => message.quotedArticle !== undefined)?.quotedArticle;
  return {
    messages: messages.map((message) => message._id),
    text,
    iins: messages.flatMap((message) => message.iins),
    ...(last?.location ? { location: last.location } : {}),
    ...(last?.choiceId === undefined ? {} : { choiceId: last.choiceId }),
    ...(last?.media === undefined ? {} : { media: last.media }),
    ...(last && isSign(last.kind) ? { sign: last.kind } : {}),
    ...(quotedTicket === undefined ? {} : { quotedTicket }),
    ...(quotedArticle === undefined ? {} : { quotedArticle }),
    understanding: understand(text, quotedArticle),
    settled,
  };
};

/** What waited together while nobody listened: the late messages that come first, which get one answer. */
export const lateFirst = (pending: readonly PendingMessage[]): readonly PendingMessage[] => {
  const end = pending.findIndex((message) => !message.late);
  return end < 0 ? pending : pending.slice(0, end);
};

/** What was written before somebody answered from the telephone: the messages that come first, which are theirs. */
export const answeredFirst = (
  pending: readonly PendingMessage[],
  phoneAt: Date | undefined,
): readonly PendingMessage[] => {
  const end = pending.findIndex(({ sentAt }) => phoneAt === undefined || sentAt >= phoneAt);
  return end < 0 ? pending : pending.slice(0, end);
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
  pending: readonly PendingMessage[],
  settled: boolean,
  understand: UnderstandWith,
  decideFirst: (turn: Turn) => Decision,
): PlannedTurn | null => {
  const fragments: PendingMessage[] = [];
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
