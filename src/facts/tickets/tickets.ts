/** Tickets between the bot and the specialists: claimed, answered through the outbox, passed on, handed back. */
import type { Clocks } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Texts } from '../../i18n.js';
import type { Store } from '../../store/store.js';
import type { OutgoingFiles } from '../files/outgoing-files.js';
import type { Deadlines } from '../queues/queues.js';
import { createAskRating } from './closing.js';
import { createGroupReplies } from './group-replies.js';
import { createPassingOn } from './passing-on.js';
import { createReplies } from './replies.js';
import { createTicketHold } from './ticket-hold.js';
import { createUndelivered } from './undelivered.js';
import { type ConversationView, createViewConversation, type Reader } from './view-conversation.js';

export interface TicketsOptions {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** Takes IINs out of a text before it is stored (`inbound/mask`). */
  readonly mask: (text: string) => string;
  readonly texts: Texts;
  /** What a queue promises from now on. */
  readonly deadlines: (queue: Queue) => Promise<Deadlines>;
  /** Without it no files go out. */
  readonly outgoingFiles?: OutgoingFiles;
}
/** What an address of the pages may name, and whose it is. */
export type Subject = 'ticket' | 'conversation' | 'outgoing' | 'file' | 'group-reply';

/** How long a presence is believed without another word, in milliseconds: a page speaks up every 20 seconds. */
const presenceMs = 45_000;

export const createTickets = (options: TicketsOptions) => {
  const { store, clocks } = options;
  const now = () => clocks.real.now();
  const ticketHold = createTicketHold(store);
  const { found, refusal, hold, letGo } = ticketHold;
  const askRating = createAskRating(options);
  const view = createViewConversation(store, now);
  const queuesOfConversation = async (conversationId: string): Promise<readonly Queue[]> =>
    (await store.tickets.ofConversation(conversationId, 1_000)).map((ticket) => ticket.queue);

  return {
    find: store.tickets.find,
    /** The conversation of a ticket; null where there is no such ticket. */
    async view(ticketId: string, reader: Reader): Promise<ConversationView | null> {
      const ticket = await store.tickets.find(ticketId);
      return ticket ? view(ticket.conversationId, reader, ticketId) : null;
    },
    viewConversation: (conversationId: string, reader: Reader): Promise<ConversationView | null> =>
      view(conversationId, reader),
    /** Queues that what this id names belongs to; null where nothing has the id. */
    async queuesOf(subject: Subject, id: string): Promise<readonly Queue[] | null> {
      if (subject === 'conversation') return (await store.conversations.find(id)) && queuesOfConversation(id);
      if (subject === 'outgoing') {
        const row = await store.outbox.find(id);
        return row && queuesOfConversation(row.conversationId);
      }
      if (subject === 'group-reply') {
        const reply = await store.groupReplies.find(id);
        return reply && (await store.tickets.findMany(reply.tickets)).map((ticket) => ticket.queue);
      }
      if (subject === 'file') {
        const file = await store.files.find(id);
        if (!file) return null;
        // A file has its message's id: it belongs where the message does.
        const all = await store.tickets.ofConversation(file.conversationId, 1_000);
        const its = all.filter((ticket) => ticket.messages.includes(id));
        return (its.length > 0 ? its : all).map((ticket) => ticket.queue);
      }
      const ticket = await store.tickets.find(id);
      return ticket && [ticket.queue];
    },
    /** This person has seen the ticket as it stands now. */
    seen: (ticketId: string, staffId: string): Promise<void> => store.reads.mark(staffId, ticketId, now()),
    /** This person looks at the ticket, or writes a reply; `away`: not any more. */
    async present(ticketId: string, staffId: string, state: 'looking' | 'typing' | 'away'): Promise<void> {
      if (state === 'away') return store.presence.leave(staffId, ticketId);
      const { conversationId } = await found(ticketId);
      const until = new Date(now().getTime() + presenceMs);
      await store.presence.note({ staffId, ticketId, conversationId, typing: state === 'typing', until });
    },

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
    /** Gives the ticket back to the others and the conversation to the bot; a lead may release a colleague's. */
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
     * Closes the ticket and hands the conversation back; the resident's next question is the bot's again. `spam`: it was no question.
     * Resolving twice is no error; a colleague's ticket is resolved by that colleague or a lead.
     */
    async resolve(
      ticketId: string,
      staffId: string,
      { anyones = false, spam = false }: { readonly anyones?: boolean; readonly spam?: boolean } = {},
    ): Promise<void> {
      const ticket = await found(ticketId);
      if (ticket.status === 'resolved') return;
      const at = now();
      const asks = spam ? null : await askRating(ticket, at);
      const change = {
        status: 'resolved' as const,
        ...{ resolvedAt: at, resolvedBy: staffId },
        ...(spam ? { spam } : {}),
        ...(asks ? { ratingAskedAt: at } : {}),
      };
      await store.transaction(async (session) => {
        const resolved =
          (await store.tickets.change(
            session,
            ticketId,
            { status: ['claimed', 'answered'], ...(anyones ? {} : { claimedBy: staffId }) },
            change,
          )) || (await store.tickets.change(session, ticketId, { status: ['waiting'] }, change));
        if (!resolved) throw await refusal(ticketId, staffId);
        if (asks) await store.outbox.insert(session, [asks]);
        await letGo(session, ticket, at);
      });
    },
    /** Sets or takes away the mark of urgency by hand. @throws TicketError not-found, resolved */
    async setUrgent(ticketId: string, urgent: boolean, staffId: string): Promise<void> {
      await store.transaction(async (session) => {
        const open = { status: ['waiting', 'claimed', 'answered'] } as const;
        if (!(await store.tickets.change(session, ticketId, open, { urgent }))) throw await refusal(ticketId, staffId);
      });
    },
    undelivered: createUndelivered(store),
    ...createPassingOn({ ...options, ticketHold }),
    ...createReplies({ ...options, ticketHold }),
    ...createGroupReplies({ ...options, ticketHold, askRating }),
  };
};
export type Tickets = ReturnType<typeof createTickets>;
