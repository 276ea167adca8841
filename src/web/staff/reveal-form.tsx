/** Beside the ticket: the sealed IIN that the resident agreed to, opened with a reason; and the page on which it stands, once. */
import type { RevealRefusal, SealedIin } from '../../facts/appeals/sealed-iins.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';
import type { Translate } from './staff-texts.js';

interface RevealFormProps {
  readonly ticketId: string;
  readonly t: Translate;
  readonly sealed: readonly SealedIin[];
  /** Only who has the ticket may open it. */
  readonly mine: boolean;
}

export const RevealForm = ({ ticketId, t, sealed, mine }: RevealFormProps) => (
  <section class="panel" aria-labelledby="sealed-iin">
    <h2 id="sealed-iin">{t('appeals:title')}</h2>
    {mine ? null : <p class="muted">{t('appeals:claimFirst')}</p>}
    {sealed.map(({ messageId, expiresAt }) => (
      <form key={messageId} method="post" action={`/staff/tickets/${ticketId}/iin`} class="stack">
        <input type="hidden" name="message" value={messageId} />
        <p class="muted">{t('appeals:until', { until: formatMoment(expiresAt) })}</p>
        <label>
          {t('appeals:reason')}
          <input type="text" name="reason" required minLength={5} maxLength={300} disabled={!mine} autocomplete="off" />
        </label>
        <button type="submit" disabled={!mine}>
          {t('appeals:open')}
        </button>
      </form>
    ))}
  </section>
);

interface RevealedPageProps {
  readonly context: PageContext;
  readonly ticketId: string;
  readonly outcome: { readonly iin: string } | { readonly refused: RevealRefusal };
}

export const RevealedPage = ({ context, ticketId, outcome }: RevealedPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('appeals:title')}>
      <section class="panel narrow">
        <h1>{t('appeals:title')}</h1>
        {'iin' in outcome ? (
          <>
            <p>
              <strong class="revealed">{outcome.iin}</strong>
            </p>
            <p class="muted">{t('appeals:written')}</p>
          </>
        ) : (
          <p role="alert">{t(`appeals:refused.${outcome.refused}`)}</p>
        )}
        <p>
          <a class="button" href={`/staff/tickets/${ticketId}`}>
            {t('appeals:back')}
          </a>
        </p>
      </section>
    </StaffLayout>
  );
};
