/** Half-written answers for a specialist: the closest published articles and what colleagues answered to the same before. */
import type { ArticleAnswer, Queue } from '../../dialogue/fact-requests.js';
import type { Language } from '../../language.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Understand } from '../../understand/contract.js';
import type { ArticleFacts } from '../contract.js';

export interface Suggestion {
  readonly kind: 'article' | 'reply';
  /** The article's question, or the receipt under which a colleague answered. */
  readonly title: string;
  readonly text: string;
  /** Article's id or ticket's id. */
  readonly id: string;
}
export interface SuggestionsParts {
  readonly store: Pick<Store, 'messages' | 'tickets' | 'outbox'>;
  readonly articles: Pick<ArticleFacts, 'published'>;
  readonly understand: Understand;
}
const mostArticles = 3;
const mostReplies = 2;
/** Resolved tickets that are looked through for replies. */
const lookedThrough = 20;
/** What an understanding gives less than this is no help. */
const leastProbability = 0.03;

const articleOf = (label: string): string | undefined => (label.startsWith('faq:') ? label.slice(4) : undefined);

export const createSuggestions = ({ store, articles, understand }: SuggestionsParts) => {
  const wordsOf = async (ticket: TicketDocument): Promise<string> =>
    (await store.messages.findMany(ticket.messages.slice(-10))).map(({ text }) => text).join('\n');
  /** Published articles that the ticket may be about, the likeliest first. */
  const closest = async (text: string, ticket: TicketDocument): Promise<readonly ArticleAnswer[]> => {
    const { candidates } = understand(text, { language: ticket.language });
    const likely = candidates.filter(({ probability }) => probability >= leastProbability).map(({ label }) => label);
    const labels = [...new Set([...(ticket.label === undefined ? [] : [ticket.label]), ...likely])];
    const ids = labels.flatMap((label) => articleOf(label) ?? []).slice(0, mostArticles);
    return (await Promise.all(ids.map((id) => articles.published(id)))).filter((article) => article !== null);
  };
  const earlierReplies = async (
    ticket: TicketDocument,
    language: Language,
    queues: readonly Queue[],
  ): Promise<readonly Suggestion[]> => {
    const { label } = ticket;
    if (label === undefined) return [];
    const resolved = await store.tickets.resolvedAlike({ label, language, queues }, lookedThrough);
    const rows = await store.outbox.repliesTo(resolved.map(({ _id }) => _id));
    const replies = resolved.flatMap(({ _id, receipt }) => {
      const text = rows.find((row) => row.ticketId === _id)?.text;
      return text === undefined ? [] : [{ kind: 'reply' as const, title: receipt, text, id: _id }];
    });
    const firstOf = new Map(replies.toReversed().map((reply) => [reply.text, reply]));
    return replies.filter((reply) => firstOf.get(reply.text) === reply).slice(0, mostReplies);
  };
  return {
    /** In the resident's language; replies of queues that the reader may not read stay out. */
    async for(ticket: TicketDocument, reach: readonly Queue[]): Promise<readonly Suggestion[]> {
      const text = await wordsOf(ticket);
      const [found, replies] = await Promise.all([
        closest(text, ticket),
        earlierReplies(ticket, ticket.language, reach),
      ]);
      const { language } = ticket;
      return [
        ...found.map(({ id, question, answer }) => ({
          kind: 'article' as const,
          title: question[language],
          text: answer[language],
          id,
        })),
        ...replies,
      ];
    },
  };
};
export type Suggestions = ReturnType<typeof createSuggestions>;
