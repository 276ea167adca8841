/** Open tickets of hidden queues go to the queue that each was hidden for: nobody is forgotten there. Safe to run twice, and at any time. */
import type { Clocks } from '../../clock.js';
import type { Store } from '../../store/store.js';
import { createTicketHold } from '../tickets/ticket-hold.js';
import type { Queues } from './queues.js';

export interface EmptyHiddenParts {
  readonly store: Store;
  readonly queues: Pick<Queues, 'hidden' | 'find'>;
  readonly clocks: Clocks;
  readonly newId: () => string;
}
/** Tickets of one look at one queue; the next one goes on. */
const atOnce = 200;

/**
 * Gives the function that moves them, as often as one was left behind by a turn that was decided before. Who has a ticket keeps it where
 * they answer in the other queue too; else it waits there. What residents were promised stays.
 */
export const createEmptyHidden = ({ store, queues, clocks, newId }: EmptyHiddenParts) => {
  const { letGo } = createTicketHold(store);
  return async (): Promise<void> => {
    for (const { id, target, by } of await queues.hidden()) {
      const tickets = await store.tickets.openIn(id, atOnce);
      if (tickets.length === 0) continue;
      const { members } = await queues.find(target);
      for (const ticket of tickets) {
        const at = clocks.real.now();
        const { _id: ticketId, conversationId, claimedBy } = ticket;
        const note = { _id: newId(), ticketId, conversationId, staffId: by, kind: 'transfer' as const };
        await store.transaction(async (session) => {
          if (!(await store.tickets.move(session, ticketId, id, target))) return;
          if (claimedBy !== undefined && !members.includes(claimedBy)) {
            await store.tickets.unclaim(session, ticketId, claimedBy, at);
            await letGo(session, ticket, at);
          }
          await store.notes.addWithin(session, { ...note, text: '', to: target, at });
        });
      }
    }
  };
};
export type EmptyHidden = ReturnType<typeof createEmptyHidden>;
