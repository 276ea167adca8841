/** Fetches what the dialogue asks for, so that `decide` itself stays free of I/O. */
import type { Clocks } from '../clock.js';
import type { FactAnswers, FactRequest, Queue, TicketReference } from '../dialogue/fact-requests.js';
import type { ArticleFacts, CheckpointFacts, EligibilityFacts } from '../facts/contract.js';
import type { Store } from '../store/store.js';
import type { TicketDocument } from '../store/ticket-document.js';
import type { Label } from '../understand/contract.js';

export interface FactRooms {
  readonly articles: ArticleFacts;
  readonly eligibility: EligibilityFacts;
  readonly checkpoints: CheckpointFacts;
  readonly queueOf: (label: Label | undefined) => Promise<Queue>;
  readonly officeHours: (queue: Queue, now: Date) => Promise<FactAnswers['office-hours']>;
  readonly newReceipt: () => Promise<string>;
  readonly store: Pick<Store, 'tickets'>;
  readonly clocks: Clocks;
}

/** A resident who writes about a resolved ticket within so many hours reopens it; later it is a new question. */
const reopenHours = 72;
const reopensSince = ({ real }: Clocks): Date => new Date(real.now().getTime() - reopenHours * 3_600_000);
const referenceTo = (ticket: TicketDocument | null): TicketReference | null =>
  ticket && { id: ticket._id, receipt: ticket.receipt, queue: ticket.queue, resolved: ticket.status === 'resolved' };

/** Gives a function that answers one request for one resident; it throws what the rooms throw. */
export const createFetchFact =
  (rooms: FactRooms) =>
  async (request: FactRequest, contactId: string): Promise<FactAnswers[FactRequest['fact']]> => {
    switch (request.fact) {
      case 'article': {
        const article = await rooms.articles.published(request.id);
        const programme = article ? await rooms.eligibility.programmeOfArticle(article.id) : undefined;
        return article && programme !== undefined ? { ...article, programme } : article;
      }
      case 'topic-articles':
        return rooms.articles.publishedByTopic(request.topic);
      case 'eligibility':
        return rooms.eligibility.check({ iin: request.iin, programme: request.programme, contactId });
      case 'programmes':
        return rooms.eligibility.programmes();
      case 'checkpoint':
        return rooms.checkpoints.find(request.id);
      case 'checkpoints':
        return rooms.checkpoints.all();
      case 'checkpoints-near':
        return rooms.checkpoints.near(request.latitude, request.longitude);
      case 'ticket': {
        const ticket = await rooms.store.tickets.byReceipt(request.receipt);
        return ticket?.conversationId === contactId
          ? { receipt: ticket.receipt, status: ticket.status, createdAt: ticket.createdAt }
          : null;
      }
      case 'rated-ticket':
        return referenceTo(await rooms.store.tickets.askedToRate(contactId, request.ticketId));
      case 'resolved-lately':
        return referenceTo(await rooms.store.tickets.resolvedLately(contactId, reopensSince(rooms.clocks)));
      case 'quoted-ticket': {
        const ticket = await rooms.store.tickets.find(request.ticketId);
        const isTheirs = ticket?.conversationId === contactId && !ticket.spam;
        const isLate = ticket?.resolvedAt !== undefined && ticket.resolvedAt < reopensSince(rooms.clocks);
        return isTheirs && !isLate ? referenceTo(ticket) : null;
      }
      case 'queue':
        return rooms.queueOf(request.label);
      case 'office-hours':
        return rooms.officeHours(request.queue, rooms.clocks.business.now());
      case 'new-receipt':
        return rooms.newReceipt();
    }
  };
export type FetchFact = ReturnType<typeof createFetchFact>;
