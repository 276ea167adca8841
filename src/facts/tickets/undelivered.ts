/** What went wrong on the way, for one reader: replies of which nobody knows whether they arrived, and messages that were set aside. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { MessageDocument } from '../../store/messages.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Store } from '../../store/store.js';

export interface Undelivered {
  readonly rows: readonly OutboxDocument[];
  readonly counts: Readonly<Record<'uncertain' | 'failed', number>>;
  readonly parked: readonly MessageDocument[];
  readonly countParked: number;
}
const listed = 200;

/** Who does not look after all queues sees what belongs to a ticket of theirs, and counts that. */
export const createUndelivered =
  (store: Store) =>
  async (reach: readonly Queue[], seesAll: boolean): Promise<Undelivered> => {
    const [rows, counts, parked, countParked] = await Promise.all([
      store.outbox.uncertain(listed),
      store.outbox.counts(),
      store.messages.parked(listed),
      store.messages.countParked(),
    ]);
    if (seesAll) return { rows, counts, parked, countParked };
    const conversations = [...new Set([...rows, ...parked].map(({ conversationId }) => conversationId))];
    const tickets = await store.tickets.ofConversations(conversations, reach);
    const ids = new Set(tickets.map(({ _id }) => _id));
    const messages = new Set(tickets.flatMap((ticket) => ticket.messages));
    const mine = rows.filter(({ ticketId, answers }) =>
      ticketId === undefined ? answers.some((id) => messages.has(id)) : ids.has(ticketId),
    );
    const mineParked = parked.filter(({ _id }) => messages.has(_id));
    const count = (status: OutboxDocument['status']) => mine.filter((row) => row.status === status).length;
    return {
      rows: mine,
      counts: { uncertain: count('uncertain'), failed: count('failed') },
      parked: mineParked,
      countParked: mineParked.length,
    };
  };
