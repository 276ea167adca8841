/** Very many waiting tickets at once, each with its conversation and message, written past the turns that would make them one by one. */
import { randomUUID } from 'node:crypto';
import type { Queue } from '../../src/dialogue/fact-requests.js';
import { searchWords } from '../../src/facts/tickets/search-words.js';
import { type Connection, database } from '../../src/store/connect.js';

export interface SeededQuestion {
  readonly text: string;
  readonly language: 'kk' | 'ru';
  readonly queue: Queue;
  readonly label?: string;
}
const batch = 1_000;

/** Gives the tickets' ids, in order; `question` makes the one of each place. `alone`: the tickets without what lists do not read. */
export const seedMany = async (
  connection: Connection,
  count: number,
  question: (place: number) => SeededQuestion,
  { at = new Date('2020-04-23T05:30:00Z'), alone = false } = {},
): Promise<readonly string[]> => {
  const seeds = Array.from({ length: count }, (_, place) => ({
    ...question(place),
    ...{ place, ticketId: randomUUID(), conversationId: randomUUID(), messageId: randomUUID() },
  }));
  const insert = async (name: string, documents: readonly object[]): Promise<void> => {
    for (let from = 0; from < documents.length; from += batch)
      await database(connection)
        .collection(name)
        .insertMany(documents.slice(from, from + batch));
  };
  const whole = alone ? [] : seeds;
  await insert(
    'conversations',
    whole.map(({ conversationId }) => ({
      ...{ _id: conversationId, address: { channel: 'web', id: conversationId }, inboundSeq: 1, settledSeq: 1 },
      ...{ state: { misses: 0, greeted: true, privacyShown: false }, lease: { token: 0, owner: '', until: 0 } },
      ...{ failures: 0, lastMessageAt: at },
    })),
  );
  await insert(
    'messages',
    whole.map(({ conversationId, messageId, ticketId, text, language, label = 'escalate' }) => ({
      ...{
        _id: messageId,
        conversationId,
        channel: 'web',
        externalId: messageId,
        seq: 1,
        text,
        kind: 'text',
        iins: [],
      },
      ...{ sentAt: at, receivedAt: at, settledAt: at, outcome: { kind: 'ticket', ticketId } },
      understood: { label, confidence: 0.5, language, outcome: 'escalate' },
    })),
  );
  await insert(
    'tickets',
    seeds.map(({ conversationId, messageId, ticketId, text, language, queue, label, place }) => ({
      ...{ _id: ticketId, receipt: `K-${ticketId.slice(0, 8).toUpperCase()}`, conversationId, queue },
      ...(label === undefined ? {} : { label }),
      ...{ reason: 'no-answer', urgent: false, language, status: 'waiting', messages: [messageId], version: 0 },
      ...{ createdAt: at, waitingSince: new Date(at.getTime() + place), lastMessageAt: at, words: searchWords(text) },
    })),
  );
  return seeds.map(({ ticketId }) => ticketId);
};
