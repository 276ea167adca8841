/** The window in which a channel lets us answer: what comes later is held, and goes out with the resident's next message. */
import type { Clocks } from '../clock.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import type { Transport } from '../transport/contract.js';

export interface ReplyWindowParts {
  readonly store: Store;
  readonly transport: Pick<Transport, 'channel' | 'capabilities' | 'reopening'>;
  readonly clocks: Clocks;
  readonly newId: () => string;
}

export const createReplyWindow = ({ store, transport, clocks, newId }: ReplyWindowParts) => {
  const { channel, capabilities } = transport;

  /** The template that asks the resident to write, once for each time that the window closes; null where none may go. */
  const reopeningRow = async (held: OutboxDocument, seq: number): Promise<OutboxDocument | null> => {
    const reopening = transport.reopening?.(held.language);
    if (!reopening || held.template !== undefined) return null;
    const requestId = `reopening:${held.conversationId}:${seq}`;
    const [contact, told] = await Promise.all([
      store.contacts.find(held.conversationId),
      store.outbox.findByRequest(requestId),
    ]);
    // Nobody is written to first who never wrote, or who said стоп.
    if (told || seq === 0 || contact?.stopped) return null;
    const now = clocks.real.now();
    const { conversationId, address, language, answers, ticketId } = held;
    return {
      ...{ _id: newId(), conversationId, address, language, answers, requestId },
      ...(ticketId === undefined ? {} : { ticketId }),
      ...{ text: reopening.text, template: reopening.template, choices: [], asksLocation: false, origin: 'bot' },
      ...{ status: 'queued', position: now.getTime(), attempts: 0, nextAttemptAt: now, createdAt: now },
    };
  };

  const isOpen = async ({ conversationId, template }: OutboxDocument): Promise<boolean> => {
    if (capabilities.replyWindowMs === undefined || template !== undefined) return true;
    const wrote = await store.messages.lastSentAt(conversationId, channel);
    return wrote !== null && clocks.real.now().getTime() - wrote.getTime() < capabilities.replyWindowMs;
  };

  return {
    /** Whether the channel lets this row out now. Costs nothing where the channel has no window. */
    isOpen,
    /**
     * Holds the row that stands in `from`, and lets the template ask the resident to write where there is one. False where it moved on,
     * or where the resident wrote since it was judged or handed over: then it may be tried again.
     */
    async hold(row: OutboxDocument, from: HoldFrom, error: string): Promise<boolean> {
      // Read before the judgement, so that a message that comes after it is met below.
      const conversation = await store.conversations.find(row.conversationId);
      if (!conversation) return false;
      const wroteMeanwhile =
        from.status === 'queued' ? await isOpen(row) : conversation.lastMessageAt > (row.sendingSince ?? row.createdAt);
      if (wroteMeanwhile) return false;
      const reopening = await reopeningRow(row, conversation.inboundSeq);
      const change = { status: 'held', heldSince: clocks.real.now(), failure: 'window-closed', error } as const;
      return store.transaction(async (session) => {
        if (!(await store.conversations.awaitResident(session, conversation._id, conversation.inboundSeq)))
          return false;
        const moved =
          from.status === 'sent'
            ? await store.outbox.moveFailed(row._id, from.externalId, change, session)
            : await store.outbox.move(row._id, from, change, session);
        if (moved && reopening) await store.outbox.insert(session, [reopening]);
        return moved;
      });
    },
  };
};
export type ReplyWindow = ReturnType<typeof createReplyWindow>;

/** Where a row stands that is to be held: not yet sent, being sent by this sender, or taken by the channel and then failed. */
export type HoldFrom =
  | { readonly status: 'queued' }
  | { readonly status: 'sending'; readonly senderToken: number }
  | { readonly status: 'sent'; readonly externalId: string };
