/** Before a turn is planned: a message that quotes one of our answers carries the article that it answered with. */
import type { MessageDocument } from '../store/messages.js';
import type { Store } from '../store/store.js';

/** A message as it is planned; `quotedArticle` is the id of the article that the quoted reply answered with. */
export type PendingMessage = MessageDocument & { readonly quotedArticle?: string };

/** The messages in order, those that quote an answer of ours with its article. Reads nothing where none quotes. */
export const withQuotedArticles = async (
  { outbox }: Pick<Store, 'outbox'>,
  messages: readonly MessageDocument[],
): Promise<readonly PendingMessage[]> => {
  const quotes = messages.flatMap((message) => message.quotes ?? []);
  const [first] = messages;
  if (first === undefined || quotes.length === 0) return messages;
  const articles = await outbox.articlesOf(first.conversationId, quotes);
  return messages.map((message) => {
    const quotedArticle = articles.get(message.quotes ?? '');
    return quotedArticle === undefined ? message : { ...message, quotedArticle };
  });
};
