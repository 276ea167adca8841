/** What every action on a ticket stands on: the ticket itself, why an action was refused, and who holds the conversation. */
import type { Session } from '../../store/session.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { TicketError } from './ticket-error.js';

export const createTicketHold = (store: Store) => {
  /** @throws TicketError not-found */
  const found = async (ticketId: string): Promise<TicketDocument> => {
    const ticket = await store.tickets.find(ticketId);
    if (!ticket) throw new TicketError('not-found');
    return ticket;
  };
  return {
    found,
    /** Why a change matched nothing: read again, so that the sentence is about how things stand now. */
    async refusal(ticketId: string, staffId: string): Promise<TicketError> {
      const ticket = await found(ticketId);
      if (ticket.status === 'resolved') return new TicketError('resolved', ticket.resolvedBy);
      if (ticket.claimedBy && ticket.claimedBy !== staffId) return new TicketError('already-claimed', ticket.claimedBy);
      return new TicketError('not-yours', ticket.claimedBy);
    },
    /** Must come after the transaction's first write: then a hold that this read misses collides with ours, and the driver runs us again. */
    async hold(session: Session, ticket: TicketDocument, staffId: string, at: Date): Promise<void> {
      const holder = (await store.conversations.find(ticket.conversationId))?.heldBy;
      if (holder && holder.ticketId !== ticket._id && holder.staffId !== staffId) {
        throw new TicketError('conversation-held', holder.staffId);
      }
      await store.conversations.hold(session, ticket.conversationId, { ticketId: ticket._id, staffId, since: at });
    },
    /** Hands the conversation back to the bot, or on to another ticket that a specialist still works on. */
    async letGo(session: Session, ticket: TicketDocument, at: Date): Promise<void> {
      await store.conversations.unhold(session, ticket.conversationId, ticket._id);
      const others = await store.tickets.openOf(ticket.conversationId);
      const next = others.find((other) => other._id !== ticket._id && other.claimedBy !== undefined);
      if (!next?.claimedBy) return;
      const holder = (await store.conversations.find(ticket.conversationId))?.heldBy;
      if (holder && holder.ticketId !== ticket._id) return;
      await store.conversations.hold(session, ticket.conversationId, {
        ticketId: next._id,
        staffId: next.claimedBy,
        since: at,
      });
    },
  };
};
export type TicketHold = ReturnType<typeof createTicketHold>;
