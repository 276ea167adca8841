/** Who writes: what the dialogue has to know of a resident beside the conversation's own state. */
import type { Resident } from '../dialogue/contract.js';
import type { ConversationDocument } from '../store/conversations.js';
import type { Store } from '../store/store.js';

/** Gives a function that reads the resident of a conversation: the language kept, the wish to be left alone, the open tickets. */
export const createResidentOf =
  (store: Pick<Store, 'contacts' | 'tickets'>) =>
  async (conversation: ConversationDocument): Promise<Resident> => {
    const [contact, open] = await Promise.all([
      store.contacts.find(conversation._id),
      store.tickets.openOf(conversation._id),
    ]);
    return {
      ...(contact?.language ? { language: contact.language } : {}),
      stopped: contact?.stopped ?? false,
      openTickets: open.flatMap(({ _id, receipt, queue, status, createdAt }) =>
        status === 'resolved' ? [] : [{ id: _id, receipt, queue, status, createdAt }],
      ),
      heldBySpecialist: conversation.heldBy !== undefined,
    };
  };
