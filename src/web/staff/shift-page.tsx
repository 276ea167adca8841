/** The end of a shift: what this person has goes back to the queues or to a colleague, in one step. */
import type { TicketDocument } from '../../store/ticket-document.js';
import { type PageContext, queueName } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';
import { TicketTime } from './ticket-time.js';

interface ShiftPageProps {
  readonly context: PageContext;
  readonly mine: readonly TicketDocument[];
  /** On the way out: what is chosen here is followed by signing out. */
  readonly leaving: boolean;
  /** Members of the queues that the tickets are in. */
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
}

export const ShiftPage = ({ context, mine, colleagues, leaving }: ShiftPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('inbox:shift.title')} follows="tickets settings">
      <p class="crumbs">
        <a href="/staff/inbox">← {t('nav.inbox')}</a>
      </p>
      <h1>{t('inbox:shift.title')}</h1>
      <Notice text={context.notice} />
      <p>{t(leaving && mine.length > 0 ? 'inbox:shift.leaving' : 'inbox:shift.lead')}</p>
      {mine.length === 0 ? (
        <p class="empty">{t('inbox:shift.none')}</p>
      ) : (
        <>
          <ul class="rows">
            {mine.map((ticket) => (
              <li key={ticket._id} class="row">
                <span class="row-head">
                  <a href={`/staff/tickets/${ticket._id}`}>{ticket.receipt}</a>
                  <span class="mark">{queueName(context, ticket.queue)}</span>
                  <TicketTime ticket={ticket} context={context} />
                </span>
              </li>
            ))}
          </ul>
          <form method="post" action="/staff/shift" class="stack narrow-form">
            <label>
              {t('inbox:shift.to')}
              <select name="to">
                <option value="">{t('inbox:shift.back')}</option>
                {colleagues.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" class="primary" name="confirmed" value={leaving ? 'leave' : 'yes'}>
              {t(leaving ? 'inbox:shift.submitAndLeave' : 'inbox:shift.submit', { count: mine.length })}
            </button>
          </form>
        </>
      )}
      {leaving ? (
        <form method="post" action="/staff/sign-out" class="narrow-form">
          <button type="submit" class="quiet" name="anyway" value="yes">
            {t('inbox:shift.leaveAnyway')}
          </button>
        </form>
      ) : null}
    </StaffLayout>
  );
};
