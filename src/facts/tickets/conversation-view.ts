/** A conversation as a specialist reads it: what came in and what went out, merged in the order it happened. Pure. */
import type { MessageDocument } from '../../store/messages.js';
import type { OutboxDocument } from '../../store/outbox.js';

export type ConversationEntry =
  | { readonly kind: 'incoming'; readonly at: Date; readonly message: MessageDocument }
  | { readonly kind: 'outgoing'; readonly at: Date; readonly row: OutboxDocument };

/** Drafts and withdrawn rows never reached the resident and are left out; what happened at the same moment keeps question before answer. */
export const mergeConversation = (
  messages: readonly MessageDocument[],
  rows: readonly OutboxDocument[],
): readonly ConversationEntry[] => {
  const entries: ConversationEntry[] = [
    ...messages.map((message) => ({ kind: 'incoming' as const, at: message.receivedAt, message })),
    ...rows
      .filter((row) => row.status !== 'draft' && row.status !== 'withdrawn')
      .map((row) => ({ kind: 'outgoing' as const, at: row.createdAt, row })),
  ];
  const rank = { incoming: 0, outgoing: 1 };
  // The sort is stable: messages of one moment keep their number's order, rows their position's.
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime() || rank[a.kind] - rank[b.kind]);
};
