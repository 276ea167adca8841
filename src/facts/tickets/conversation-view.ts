/** A conversation as a specialist reads it: what came in, what went out and what staff noted, merged in the order it happened. Pure. */
import type { MessageDocument } from '../../store/messages.js';
import type { NoteDocument } from '../../store/notes.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { TicketDocument } from '../../store/ticket-document.js';

export type ConversationEntry =
  | { readonly kind: 'incoming'; readonly at: Date; readonly message: MessageDocument }
  | { readonly kind: 'outgoing'; readonly at: Date; readonly row: OutboxDocument }
  | { readonly kind: 'note'; readonly at: Date; readonly note: NoteDocument };

export const entryId = (entry: ConversationEntry): string =>
  entry.kind === 'incoming' ? entry.message._id : entry.kind === 'outgoing' ? entry.row._id : entry.note._id;

/**
 * Whether the channel lets nothing of ours through now. The ticket tells when the window that its last message opened ends; it ends by so much
 * later as the resident wrote later than that, to the ticket or not.
 * @param messages the resident's on the conversation's channel
 */
export const isWindowClosed = (
  { windowEnds, messages: ids }: Pick<TicketDocument, 'windowEnds' | 'messages'>,
  messages: readonly Pick<MessageDocument, '_id' | 'sentAt'>[],
  now: Date,
): boolean => {
  if (windowEnds === undefined) return false;
  const wroteLast = (some: typeof messages): number => Math.max(...some.map(({ sentAt }) => sentAt.getTime()));
  const ofTicket = messages.filter(({ _id }) => ids.includes(_id));
  const laterMs = ofTicket.length === 0 ? 0 : wroteLast(messages) - wroteLast(ofTicket);
  return windowEnds.getTime() + laterMs < now.getTime();
};

/** Drafts and withdrawn rows never reached the resident and are left out; what happened at the same moment keeps question before answer. */
export const mergeConversation = (
  messages: readonly MessageDocument[],
  rows: readonly OutboxDocument[],
  notes: readonly NoteDocument[],
): readonly ConversationEntry[] => {
  const entries: ConversationEntry[] = [
    ...messages.map((message) => ({ kind: 'incoming' as const, at: message.receivedAt, message })),
    ...rows
      .filter((row) => row.status !== 'draft' && row.status !== 'withdrawn')
      .map((row) => ({ kind: 'outgoing' as const, at: row.createdAt, row })),
    ...notes.map((note) => ({ kind: 'note' as const, at: note.at, note })),
  ];
  const rank = { incoming: 0, outgoing: 1, note: 2 };
  // The sort is stable: messages of one moment keep their number's order, rows their position's.
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime() || rank[a.kind] - rank[b.kind]);
};
