/** What every answer of a specialist does to its ticket, whether it goes to one resident or to many. */
import type { Session } from '../../store/session.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { openPlaceholders } from '../canned/placeholders.js';
import { TicketError } from './ticket-error.js';
import type { TicketHold } from './ticket-hold.js';
import type { TicketsOptions } from './tickets.js';

/** What one message of any channel may hold, in characters. */
export const longestMessage = 4096;
/** What a specialist may write at once; what is longer than a message is split. */
export const longestReply = 3 * longestMessage;

interface AnsweringOptions extends Pick<TicketsOptions, 'store' | 'mask'> {
  readonly ticketHold: TicketHold;
}

export const createAnswering = ({ store, mask, ticketHold: { refusal, hold } }: AnsweringOptions) => ({
  /** The text as it may be stored. @throws TicketError empty-text, too-long, unfilled (a place of a canned response is still open) */
  checked(text: string, longest: number): string {
    const clean = mask(text.replaceAll('\r\n', '\n').trim());
    if (clean === '') throw new TicketError('empty-text');
    if (clean.length > longest) throw new TicketError('too-long');
    const open = openPlaceholders(clean);
    if (open.length > 0) throw new TicketError('unfilled', undefined, open);
    return clean;
  },
  /** The ticket becomes answered by this specialist, who claims it by answering if nobody had it. First write of the transaction. */
  async markAnswered(session: Session, ticket: TicketDocument, staffId: string, at: Date): Promise<void> {
    const change = { status: 'answered', firstReplyAt: ticket.firstReplyAt ?? at, answeredAt: at } as const;
    const mine = { status: ['claimed', 'answered'], claimedBy: staffId } as const;
    const claimed = { ...change, claimedBy: staffId, claimedAt: at };
    const done =
      (await store.tickets.change(session, ticket._id, mine, change)) ||
      (await store.tickets.change(session, ticket._id, { status: ['waiting'] }, claimed));
    if (!done) throw await refusal(ticket._id, staffId);
    await hold(session, ticket, staffId, at);
  },
  /** Messages of the ticket that no specialist's reply answers yet. */
  async unanswered(ticket: TicketDocument): Promise<string[]> {
    const rows = await Promise.all(ticket.messages.map((id) => store.outbox.answersTo(id)));
    return ticket.messages.filter(
      (_, index) => !rows[index]?.some((row) => row.origin === 'specialist' && row.status !== 'withdrawn'),
    );
  },
});
