/** A conversation for one reader: what was said, the ticket to act on, notes, drafts; what belongs to queues they may not read stays out. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { ConversationDocument } from '../../store/conversations.js';
import type { MessageDocument } from '../../store/messages.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { PresenceDocument } from '../../store/presence.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { type ConversationEntry, isWindowClosed, mergeConversation } from './conversation-view.js';

export interface ConversationView {
  readonly conversation: ConversationDocument;
  /** Tickets of the conversation that the reader may open, the latest first. */
  readonly tickets: readonly TicketDocument[];
  /** The ticket to act on: the one asked for, else the latest open one. */
  readonly ticket: TicketDocument | null;
  readonly entries: readonly ConversationEntry[];
  readonly drafts: readonly OutboxDocument[];
  /** The channel lets nothing through until the resident writes again. */
  readonly windowClosed: boolean;
  /** Colleagues who look at the ticket now. */
  readonly present: readonly PresenceDocument[];
  /** What the bot made of the newest message that it understood. */
  readonly understood: MessageDocument['understood'] | null;
  /** Messages at which lists were looked into, the latest first. */
  readonly checks: readonly MessageDocument[];
  /** Messages and replies that were left out: they belong to tickets of other queues. */
  readonly withheld: number;
}

/** Entries a page shows of each side; older ones stay in the database. */
const shownMessages = 200;
const shownTickets = 50;
const shownChecks = 5;

export interface Reader {
  readonly staffId: string;
  /** Queues whose tickets this person may read. */
  readonly reach: readonly Queue[];
}

/** Tells of a message and of an outgoing row whether they belong to foreign tickets alone. */
const foreignOf = (tickets: readonly TicketDocument[], reach: readonly Queue[]) => {
  const own = tickets.filter((ticket) => reach.includes(ticket.queue));
  const foreign = tickets.filter((ticket) => !reach.includes(ticket.queue));
  const ownMessages = new Set(own.flatMap((ticket) => ticket.messages));
  const messages = new Set(foreign.flatMap((ticket) => ticket.messages).filter((id) => !ownMessages.has(id)));
  const foreignIds = new Set(foreign.map((ticket) => ticket._id));
  const isForeignRow = ({ ticketId, answers }: OutboxDocument): boolean =>
    ticketId !== undefined
      ? foreignIds.has(ticketId)
      : answers.length > 0 && answers.every((message) => messages.has(message));
  return { isForeign: (message: MessageDocument) => messages.has(message._id), isForeignRow, foreignIds };
};

/** Gives a function that reads a conversation; null where there is none. */
export const createViewConversation =
  (store: Store, now: () => Date) =>
  async (conversationId: string, { reach, staffId }: Reader, ticketId?: string): Promise<ConversationView | null> => {
    const [conversation, all, messages, rows, drafts, notes] = await Promise.all([
      store.conversations.find(conversationId),
      store.tickets.ofConversation(conversationId, shownTickets),
      store.messages.latest(conversationId, shownMessages),
      store.outbox.latest(conversationId, shownMessages),
      store.outbox.drafts(conversationId),
      store.notes.ofConversation(conversationId, shownMessages),
    ]);
    if (!conversation) return null;
    const { isForeign, isForeignRow, foreignIds } = foreignOf(all, reach);
    const tickets = all.filter((ticket) => !foreignIds.has(ticket._id));
    const open = tickets.filter((ticket) => ticket.status !== 'resolved').at(-1);
    const ticket = tickets.find((one) => one._id === ticketId) ?? open ?? null;
    const shown = messages.filter((message) => !isForeign(message));
    const onChannel = messages.filter(({ channel }) => channel === conversation.address.channel);
    const shownRows = rows.filter((row) => !isForeignRow(row));
    const present = ticket ? await store.presence.at([ticket._id], now()) : [];
    return {
      conversation,
      tickets,
      ticket,
      entries: mergeConversation(
        shown,
        shownRows,
        notes.filter((note) => !foreignIds.has(note.ticketId)),
      ),
      drafts: drafts.filter((draft) => !isForeignRow(draft)),
      windowClosed: ticket ? isWindowClosed(ticket, onChannel, now()) : false,
      present: present.filter((one) => one.staffId !== staffId),
      understood: shown.findLast((message) => message.understood !== undefined)?.understood ?? null,
      checks: shown
        .filter(({ understood }) => understood?.checks !== undefined)
        .slice(-shownChecks)
        .reverse(),
      withheld: messages.length - shown.length + rows.length - shownRows.length,
    };
  };
