/**
 * What ends with its term: messages and replies, what was resolved, and residents of whom nothing else is left. A sweep and no TTL index,
 * on every engine alike: whether a message may go depends on other documents, since an open ticket keeps its whole conversation.
 */
import { type Connection, database } from './connect.js';
import { inTransaction, type Session } from './session.js';

/** What is still on its way, or waits for a person, has no term. */
const leftOrGivenUp = ['sent', 'failed', 'withdrawn'];
const atOnce = 200;

export const createRetention = (connection: Connection) => {
  const collection = (name: string) => database(connection).collection<{ _id: string }>(name);
  const idsOf = async (name: string, query: object, field = '_id'): Promise<string[]> =>
    (await collection(name).distinct(field as '_id', query as never)) as string[];
  /** Messages that were settled and that nobody has to look at. */
  const settledBefore = (before: Date) => ({
    receivedAt: { $lt: before },
    settledAt: { $exists: true },
    parked: { $exists: false },
  });
  const isOpen = async (session: Session, conversationId: string): Promise<boolean> =>
    (await collection('tickets').findOne({ conversationId, status: { $ne: 'resolved' } } as never, { session })) !==
    null;

  return {
    models: [],
    /** Conversations that hold something from before, a part of them at a time; what an open ticket keeps is named again each time. */
    async *conversationsBefore(before: Date): AsyncGenerator<readonly string[]> {
      const found = new Set([
        ...(await idsOf('messages', settledBefore(before), 'conversationId')),
        ...(await idsOf('conversations', { lastMessageAt: { $lt: before } })),
      ]);
      const all = [...found];
      for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce);
    },
    /**
     * Removes what a conversation holds from before, unless a ticket of it is open.
     * @returns whether nothing is left of it: no message, no reply, no ticket
     */
    removeBefore: (conversationId: string, before: Date): Promise<boolean> =>
      inTransaction(connection, async (session) => {
        if (await isOpen(session, conversationId)) return false;
        await collection('messages').deleteMany({ conversationId, ...settledBefore(before) } as never, { session });
        const left = { conversationId, position: { $lt: before.getTime() }, status: { $in: leftOrGivenUp } };
        const replies = await collection('outbox')
          .find(left as never, { session, projection: { _id: 1 } })
          .toArray();
        const ids = replies.map(({ _id }) => _id);
        await collection('web_messages').deleteMany({ outboxId: { $in: ids } } as never, { session });
        await collection('outbox').deleteMany({ _id: { $in: ids } }, { session });
        for (const name of ['messages', 'outbox', 'tickets']) {
          if ((await collection(name).findOne({ conversationId } as never, { session })) !== null) return false;
        }
        return true;
      }),
    /** Removes tickets that were resolved before, and what staff noted beside them; gives how many. */
    async removeTicketsBefore(before: Date): Promise<number> {
      let removed = 0;
      for (;;) {
        const query = { status: 'resolved', resolvedAt: { $lt: before } };
        const some = await collection('tickets')
          .find(query as never, { projection: { _id: 1 } })
          .limit(atOnce)
          .toArray();
        if (some.length === 0) return removed;
        const ids = some.map(({ _id }) => _id);
        removed += await inTransaction(connection, async (session) => {
          await collection('ticket_notes').deleteMany({ ticketId: { $in: ids } } as never, { session });
          // One that was opened again meanwhile stays.
          const { deletedCount } = await collection('tickets').deleteMany({ _id: { $in: ids }, ...query } as never, {
            session,
          });
          return deletedCount;
        });
      }
    },
  };
};
export type Retention = ReturnType<typeof createRetention>;
