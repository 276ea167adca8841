/** What went wrong on the way: replies of which nobody knows whether they arrived, and messages the bot could not work on. */
import type { Undelivered } from '../../facts/tickets/undelivered.js';
import { formatText } from '../format-text.js';
import { formatMoment } from './format.js';
import { messageWords } from './message-words.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface UndeliveredPageProps extends Undelivered {
  readonly context: PageContext;
}

export const UndeliveredPage = ({ context, rows, counts, parked, countParked }: UndeliveredPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.undelivered')}>
      <h1>{t('nav.undelivered')}</h1>
      <div id="undelivered" data-live-region>
        <section class="group" aria-labelledby="rows-title">
          <h2 id="rows-title">
            {t('undelivered.replies')} <span class="count">{counts.uncertain + counts.failed}</span>
          </h2>
          <p class="muted">{t('undelivered.counts', { uncertain: counts.uncertain, failed: counts.failed })}</p>
          {rows.length === 0 ? <p class="empty">{t('undelivered.none')}</p> : null}
          <ul class="rows">
            {rows.map((row) => (
              <li key={row._id} class="row">
                <span class="row-head">
                  <strong class="mark mark-urgent">
                    {t(`delivery.${row.status === 'failed' ? 'failed' : 'uncertain'}`)}
                  </strong>
                  <time dateTime={row.createdAt.toISOString()}>{formatMoment(row.createdAt)}</time>
                  <a href={`/staff/conversations/${row.conversationId}`}>{t('undelivered.open')}</a>
                </span>
                <span class="row-text words" lang={row.language}>
                  {formatText(row.text)}
                </span>
                {row.failure ? <span>{t(`failure.${row.failure}`)}</span> : null}
                {row.error ? <code class="error">{row.error}</code> : null}
                <form method="post" action={`/staff/undelivered/${row._id}`} class="actions">
                  <button type="submit" name="verdict" value="arrived">
                    {t('undelivered.arrived')}
                  </button>
                  <button type="submit" class="primary" name="verdict" value="again">
                    {t('undelivered.again')}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
        <section class="group" aria-labelledby="parked-title">
          <h2 id="parked-title">
            {t('undelivered.parked')} <span class="count">{countParked}</span>
          </h2>
          <p class="muted">{t('undelivered.parkedLead')}</p>
          {parked.length === 0 ? <p class="empty">{t('undelivered.noneParked')}</p> : null}
          <ul class="rows">
            {parked.map((message) => (
              <li key={message._id} class="row">
                <span class="row-head">
                  <time dateTime={message.receivedAt.toISOString()}>{formatMoment(message.receivedAt)}</time>
                  <a href={`/staff/conversations/${message.conversationId}`}>{t('undelivered.open')}</a>
                </span>
                <span class="row-text words">{formatText(messageWords(message, t))}</span>
                <code class="error">{message.parked?.error}</code>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </StaffLayout>
  );
};
