/** The audit log as admins and officers read it: who did what and when, the latest first. */
import { type AuditAction, auditActions } from '../../facts/audit/audit.js';
import type { AuditDocument } from '../../store/audit.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface AuditPageProps {
  readonly context: PageContext;
  readonly entries: readonly AuditDocument[];
  readonly asked: { readonly action?: AuditAction; readonly subject?: string };
  /** Address of the entries before these. */
  readonly older: string | undefined;
  readonly names: ReadonlyMap<string, string>;
}

export const AuditPage = ({ context, entries, asked, older, names }: AuditPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.audit')}>
      <h1>{t('nav.audit')}</h1>
      <p class="muted">{t('audit:lead')}</p>
      <search>
        <form method="get" action="/staff/audit" class="searching">
          <label for="action" class="visually-hidden">
            {t('audit:which')}
          </label>
          <select id="action" name="action">
            <option value="">{t('audit:all')}</option>
            {auditActions.map((action) => (
              <option key={action} value={action} selected={action === asked.action}>
                {t(`audit:action.${action}`)}
              </option>
            ))}
          </select>
          {asked.subject === undefined ? null : <input type="hidden" name="subject" value={asked.subject} />}
          <button type="submit">{t('audit:show')}</button>
        </form>
      </search>
      {entries.length === 0 ? <p class="empty">{t('audit:none')}</p> : null}
      <ol class="rows">
        {entries.map((entry) => (
          <li key={entry._id} class="row">
            <AuditLine context={context} entry={entry} names={names} />
          </li>
        ))}
      </ol>
      {older === undefined ? null : (
        <p>
          <a class="button" href={older}>
            {t('audit:older')}
          </a>
        </p>
      )}
    </StaffLayout>
  );
};

interface AuditLineProps {
  readonly context: Pick<PageContext, 't'>;
  readonly entry: AuditDocument;
  readonly names: ReadonlyMap<string, string>;
}
const isKnown = (action: string): action is AuditAction => auditActions.some((each) => each === action);

const AuditLine = ({ context: { t }, entry, names }: AuditLineProps) => {
  const { at, by, action, subject, reason, details = {} } = entry;
  const who = by === 'command' || by === 'system' ? t(`audit:by.${by}`) : (names.get(by) ?? t('article.somebody'));
  const told = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <span class="row-head">
        <strong>{isKnown(action) ? t(`audit:action.${action}`) : action}</strong>
        <span>{who}</span>
        <time dateTime={at.toISOString()}>{formatMoment(at)}</time>
      </span>
      {reason === undefined ? null : (
        <span class="row-text">
          {t('audit:reason')}: {reason}
        </span>
      )}
      {subject === undefined && told.length === 0 ? null : (
        <span class="row-foot">{[...(subject === undefined ? [] : [subject]), ...told].join(' · ')}</span>
      )}
    </>
  );
};
