/** How long a ticket waits or, once a specialist wrote, when: nobody waits for an answer that was given. */
import type { TicketDocument } from '../../store/ticket-document.js';
import { formatMoment, formatWait } from './format.js';
import type { PageContext } from './page-context.js';

interface TicketTimeProps {
  readonly ticket: TicketDocument;
  readonly context: PageContext;
}

export const TicketTime = ({ ticket, context: { t, now } }: TicketTimeProps) => {
  const { status, waitingSince, firstReplyAt, answeredAt = firstReplyAt, resolvedAt } = ticket;
  const done = status === 'resolved' ? resolvedAt : status === 'answered' ? answeredAt : undefined;
  const at = done ?? waitingSince;
  const when = formatMoment(at);
  const words = !done
    ? formatWait(waitingSince, now, t)
    : t(status === 'resolved' ? 'ticket.resolvedAt' : 'ticket.answeredAt', { when });
  return (
    <time dateTime={at.toISOString()} title={when}>
      {words}
    </time>
  );
};
