/** Sessions of a person: since when, from where, and the way to end one. */
import type { StaffSession } from '../identity/staff-accounts.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';

interface SessionRowsProps {
  readonly context: PageContext;
  readonly sessions: readonly StaffSession[];
  /** Where a form ends one; null: they are only shown. */
  readonly action: string | null;
}

export const SessionRows = ({ context: { t }, sessions, action }: SessionRowsProps) =>
  sessions.length === 0 ? (
    <p class="empty">{t('people:noSessions')}</p>
  ) : (
    <ul class="rows">
      {sessions.map(({ id, createdAt, address, browser, current }) => (
        <li key={id} class="row">
          <span class="row-head">
            <span>{t('people:since', { when: formatMoment(createdAt) })}</span>
            {address ? <code>{address}</code> : null}
            {current ? <span class="mark mark-open">{t('people:thisSession')}</span> : null}
          </span>
          <span class="row-foot">{browser}</span>
          {action !== null && !current ? (
            <form method="post" action={action}>
              <button type="submit" name="session" value={id}>
                {t('people:endSession')}
              </button>
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  );
