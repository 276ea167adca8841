/** What nobody asked for: never to who said стоп, whenever they say it, and no call to write once they have written. */
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';

/** Notices of jobs, corrections, and templates that ask a resident to write; never an answer to what they asked. */
export const isUnasked = ({ template, correction, origin, answers }: OutboxDocument): boolean =>
  template !== undefined || correction !== undefined || (origin === 'job' && answers.length === 0);

/**
 * Whether a row that nobody asked for may leave now. `waits`: the resident wrote something that is not settled yet, and it may be стоп.
 * `never`: they said it, never wrote, or have written since they were to be asked to.
 */
export const mayLeave = async (
  store: Pick<Store, 'contacts' | 'conversations'>,
  { conversationId, template, createdAt }: OutboxDocument,
): Promise<'now' | 'waits' | 'never'> => {
  const [contact, conversation] = await Promise.all([
    store.contacts.find(conversationId),
    store.conversations.find(conversationId),
  ]);
  if (!conversation || conversation.inboundSeq === 0 || contact?.stopped) return 'never';
  if (template !== undefined && conversation.lastMessageAt > createdAt) return 'never';
  return conversation.inboundSeq > conversation.settledSeq ? 'waits' : 'now';
};
