/** At the end of a ticket the resident says with one tap whether it helped: what is asked, and how the answer is told from anything else. */

import { ratingChoice } from '../../dialogue/rating.js';
import type { Texts } from '../../i18n.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';

/** Who wrote last so long ago is not asked: the shortest window in which a channel lets us write is 24 hours. */
const askedWithinMs = 23 * 3_600_000;

interface RatingParts {
  readonly store: Pick<Store, 'contacts' | 'conversations'>;
  readonly newId: () => string;
  readonly texts: Texts;
}
/** Gives the message that asks, or null where nobody is asked: not answered, asked before, silent for long, or left alone by their own wish. */
export const createAskRating =
  ({ store, newId, texts }: RatingParts) =>
  async (
    ticket: TicketDocument,
    at: Date,
    isAnswered = ticket.firstReplyAt !== undefined,
  ): Promise<OutboxDocument | null> => {
    const { _id: ticketId, language, lastMessageAt, ratingAskedAt, conversationId } = ticket;
    const wroteAt = lastMessageAt ?? ticket.createdAt;
    if (!isAnswered || ratingAskedAt || at.getTime() - wroteAt.getTime() > askedWithinMs) return null;
    const [contact, conversation] = await Promise.all([
      store.contacts.find(conversationId),
      store.conversations.find(conversationId),
    ]);
    if (!conversation || contact?.stopped) return null;
    return {
      ...{
        _id: newId(),
        conversationId,
        address: conversation.address,
        text: texts(language, 'inbox:rating.ask', { ticket: ticket.receipt }),
      },
      choices: [
        { id: ratingChoice(ticketId, 'good'), title: texts(language, 'inbox:rating.good') },
        { id: ratingChoice(ticketId, 'bad'), title: texts(language, 'inbox:rating.bad') },
      ],
      ...{ asksLocation: false, language, answers: [], origin: 'job', ticketId, requestId: `rating:${ticketId}` },
      // After the specialist's last word, also where both are written in the same moment.
      ...{ status: 'queued', position: at.getTime() + 0.5, attempts: 0, nextAttemptAt: at, createdAt: at },
    };
  };
export type AskRating = ReturnType<typeof createAskRating>;
