/** Tickets between the bot and the specialists: listed, claimed, answered through the outbox, handed back. */
import type { Clocks } from '../../clock.js';
import type { ConversationDocument } from '../../store/conversations.js';
import type { MessageDocument } from '../../store/messages.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Session } from '../../store/session.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/tickets.js';
import { type ConversationEntry, mergeConversation } from './conversation-view.js';
import { createReplies } from './replies.js';
import { TicketError } from './ticket-error.js';

export interface TicketsOptions {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** Takes IINs out of a text before it is stored (`inbound/mask`). */
  readonly mask: (text: string) => string;
}
export interface Inbox {
  readonly waiting: readonly TicketDocument[];
  readonly mine: readonly TicketDocument[];
  /** Claimed by colleagues. */
  readonly others: readonly TicketDocument[];
  readonly answered: readonly TicketDocument[];
  /** The last message of each listed ticket, by the message's id. */
  readonly lastWords: ReadonlyMap<string, MessageDocument>;
}
export interface ConversationView {
  readonly conversation: ConversationDocument;
  readonly tickets: readonly TicketDocument[];
  /** The ticket to act on: the one asked for, else the oldest open one. */
  readonly ticket: TicketDocument | null;
  readonly entries: readonly ConversationEntry[];
  readonly drafts: readonly OutboxDocument[];
  /** What the bot made of the newest message that it understood. */
  readonly understood: MessageDocument['understood'] | null;
}

/** Entries a page shows of each side; older ones stay in the database. */
const shownMessages = 200;
const listed = 200;

export const createTickets = (options: TicketsOptions) => {
  const { store, clocks } = options;
  const now = () => clocks.real.now();

  const found = async (ticketId: string): Promise<TicketDocument> => {
    const ticket = await store.tickets.find(ticketId);
    if (!ticket) throw new TicketError('not-found');
    return ticket;
  };
  /** Why a change matched nothing: read again, so that the sentence is about how things stand now. */
  const refusal = async (ticketId: string, staffId: string): Promise<TicketError> => {
    const ticket = await found(ticketId);
    if (ticket.status === 'resolved') return new TicketError('resolved', ticket.resolvedBy);
    if (ticket.claimedBy && ticket.claimedBy !== staffId) return new TicketError('already-claimed', ticket.claimedBy);
    return new TicketError('not-yours', ticket.claimedBy);
  };
  /** Must come after the transaction's first write: then a hold that this read misses collides with ours, and the driver runs us again. */
  const hold = async (session: Session, ticket: TicketDocument, staffId: string, at: Date): Promise<void> => {
    const holder = (await store.conversations.find(ticket.conversationId))?.heldBy;
    if (holder && holder.ticketId !== ticket._id && holder.staffId !== staffId) {
      throw new TicketError('conversation-held', holder.staffId);
    }
    await store.conversations.hold(session, ticket.conversationId, { ticketId: ticket._id, staffId, since: at });
  };
  /** Hands the conversation back to the bot, or on to another ticket that a specialist still works on. */
  const letGo = async (session: Session, ticket: TicketDocument, at: Date): Promise<void> => {
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
  };
  const view = async (conversationId: string, ticketId?: string): Promise<ConversationView | null> => {
    const [conversation, tickets, messages, rows, drafts] = await Promise.all([
      store.conversations.find(conversationId),
      store.tickets.ofConversation(conversationId, 20),
      store.messages.latest(conversationId, shownMessages),
      store.outbox.latest(conversationId, shownMessages),
      store.outbox.drafts(conversationId),
    ]);
    if (!conversation) return null;
    const open = tickets.filter((ticket) => ticket.status !== 'resolved').at(-1);
    return {
      conversation,
      tickets,
      ticket: tickets.find((ticket) => ticket._id === ticketId) ?? open ?? null,
      entries: mergeConversation(messages, rows),
      drafts,
      understood: messages.findLast((message) => message.understood !== undefined)?.understood ?? null,
    };
  };

  return {
    /** What the inbox shows to this member of staff; urgent first, then who waits longest. */
    async list(staffId: string): Promise<Inbox> {
      const [waiting, claimed, answered] = await Promise.all([
        store.tickets.list(['waiting'], listed),
        store.tickets.list(['claimed'], listed),
        store.tickets.list(['answered'], listed),
      ]);
      const last = await store.messages.findMany(
        [...waiting, ...claimed, ...answered].flatMap((ticket) => ticket.messages.slice(-1)),
      );
      return {
        waiting,
        mine: claimed.filter((ticket) => ticket.claimedBy === staffId),
        others: claimed.filter((ticket) => ticket.claimedBy !== staffId),
        answered,
        lastWords: new Map(last.map((message) => [message._id, message])),
      };
    },
    /** The conversation of a ticket; null where there is no such ticket. */
    async view(ticketId: string): Promise<ConversationView | null> {
      const ticket = await store.tickets.find(ticketId);
      return ticket ? view(ticket.conversationId, ticketId) : null;
    },
    viewConversation: (conversationId: string): Promise<ConversationView | null> => view(conversationId),

    /**
     * Takes the ticket and holds its conversation: the bot is silent there until it is resolved or released. Claiming one's own again is no error.
     * @throws TicketError already-claimed (by whom), conversation-held (by whom), resolved, not-found
     */
    async claim(ticketId: string, staffId: string): Promise<void> {
      const ticket = await found(ticketId);
      const at = now();
      await store.transaction(async (session) => {
        const taken =
          (await store.tickets.change(
            session,
            ticketId,
            { status: ['waiting'] },
            { status: 'claimed', claimedBy: staffId, claimedAt: at },
          )) ||
          (await store.tickets.change(session, ticketId, { status: ['claimed', 'answered'], claimedBy: staffId }, {}));
        if (!taken) throw await refusal(ticketId, staffId);
        await hold(session, ticket, staffId, at);
      });
    },
    /** Gives the ticket back to the others and the conversation to the bot; an admin may release a colleague's. */
    async release(ticketId: string, staffId: string, anyones = false): Promise<void> {
      const ticket = await found(ticketId);
      const at = now();
      await store.transaction(async (session) => {
        const claimedBy = anyones ? ticket.claimedBy : staffId;
        const released = claimedBy !== undefined && (await store.tickets.unclaim(session, ticketId, claimedBy, at));
        if (!released) throw await refusal(ticketId, staffId);
        await letGo(session, ticket, at);
      });
    },
    /**
     * Closes the ticket for good and hands the conversation back; the resident's next question is the bot's again.
     * Resolving twice is no error; a colleague's ticket is resolved by that colleague or an admin.
     */
    async resolve(ticketId: string, staffId: string, anyones = false): Promise<void> {
      const ticket = await found(ticketId);
      if (ticket.status === 'resolved') return;
      const at = now();
      const change = { status: 'resolved', resolvedAt: at, resolvedBy: staffId } as const;
      await store.transaction(async (session) => {
        const resolved =
          (await store.tickets.change(
            session,
            ticketId,
            { status: ['claimed', 'answered'], ...(anyones ? {} : { claimedBy: staffId }) },
            change,
          )) || (await store.tickets.change(session, ticketId, { status: ['waiting'] }, change));
        if (!resolved) throw await refusal(ticketId, staffId);
        await letGo(session, ticket, at);
      });
    },
    ...createReplies({ ...options, found, refusal, hold }),
  };
};
export type Tickets = ReturnType<typeof createTickets>;
