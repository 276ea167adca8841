/** Before a turn is planned: a message that quotes one of our answers carries the article that it answered with. */
import type { MessageDocument } from '../store/messages.js';
import type { Store } from '../store/store.js';

/** A message as it is planned: the article that the quoted reply answered with, or the ticket that a specialist answered with it. */
export type PendingMessage = MessageDocument & { readonly quotedArticle?: string; readonly quotedTicket?: string };

/** The messages in order, those that quote an answer of ours with what it was about. Reads nothing where none quotes. */
export const withQuotedArticles = async (
  { outbox }: Pick<Store, 'outbox'>,
  messages: readonly MessageDocument[],
): Promise<readonly PendingMessage[]> => {
  const quotes = messages.flatMap((message) => message.quotes ?? []);
  const [first] = messages;
  if (first === undefined || quotes.length === 0) return messages;
  const subjects = await outbox.subjectsOf(first.conversationId, quotes);
  return messages.map((message) => {
    const { article, ticketId, origin } = subjects.get(message.quotes ?? '') ?? {};
    return {
      ...message,
      ...(article === undefined ? {} : { quotedArticle: article }),
      ...(ticketId !== undefined && origin === 'specialist' ? { quotedTicket: ticketId } : {}),
    };
  });
};
