/** How long a ticket waits or, once a specialist wrote, when: nobody waits for an answer that was given. */
import type { TicketDocument } from '../../store/ticket-document.js';
import { formatMoment, formatRecent, formatWait } from './format.js';
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

/** A window that closes within so many milliseconds is shown. */
const windowShownMs = 4 * 3_600_000;

/** Why this ticket should come before others: a broken promise, one about to break, a channel that will not let us write much longer. */
export const Pressing = ({ ticket, context: { t, now } }: TicketTimeProps) => {
  const { late, soon, status, windowEnds } = ticket;
  if (status === 'resolved') return null;
  const left = windowEnds ? windowEnds.getTime() - now.getTime() : 0;
  return (
    <>
      {late ? <strong class="mark mark-urgent">{t(`inbox:late.${late}`)}</strong> : null}
      {soon && !late ? <strong class="mark mark-soon">{t('inbox:soon')}</strong> : null}
      {windowEnds && status !== 'answered' && left > 0 && left < windowShownMs ? (
        <span class="mark mark-soon">{t('inbox:windowEnds', { when: formatRecent(windowEnds, now) })}</span>
      ) : null}
    </>
  );
};
