/** One's own account: the sessions that stand, and the second factor. */
import { renderSVG } from 'uqr';
import type { StaffAccount } from '../identity/roles.js';
import type { NewSecondFactor } from '../identity/second-factor.js';
import type { StaffSession } from '../identity/staff-accounts.js';
import type { PageContext } from './page-context.js';
import { SessionRows } from './session-rows.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface AccountPageProps {
  readonly context: PageContext;
  readonly account: StaffAccount;
  readonly sessions: readonly StaffSession[];
  /** Just begun: shown this once, in force when a code of it was given. */
  readonly started?: NewSecondFactor | undefined;
}

export const AccountPage = ({ context, account, sessions, started }: AccountPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('people:account')} follows="settings">
      <h1>{t('people:account')}</h1>
      <p>
        {account.name} · {account.email} · {t(`role.${account.role}`)}
      </p>
      <Notice text={context.notice} />
      <section class="group" aria-labelledby="factor-title">
        <h2 id="factor-title">{t('people:secondFactor')}</h2>
        {started ? (
          <Setup started={started} t={t} />
        ) : (
          <form method="post" action="/staff/account/second-factor" class="panel stack">
            <p>{t(account.secondFactor ? 'people:factorOn' : 'people:factorOff')}</p>
            <label>
              {t('people:passwordAgain')}
              <input name="password" type="password" autocomplete="current-password" required maxLength={200} />
            </label>
            <p class="actions">
              {account.secondFactor ? (
                <button type="submit" name="verdict" value="stop">
                  {t('people:stopFactor')}
                </button>
              ) : (
                <button type="submit" class="primary" name="verdict" value="start">
                  {t('people:startFactor')}
                </button>
              )}
            </p>
          </form>
        )}
      </section>
      <section class="group" aria-labelledby="sessions-title">
        <h2 id="sessions-title">
          {t('people:sessions')} <span class="count">{sessions.length}</span>
        </h2>
        <SessionRows context={context} sessions={sessions} action="/staff/account/sessions" />
      </section>
    </StaffLayout>
  );
};

const Setup = ({ started, t }: { readonly started: NewSecondFactor; readonly t: PageContext['t'] }) => (
  <div class="panel stack">
    <p>{t('people:scan')}</p>
    <div
      class="qr"
      role="img"
      aria-label={t('people:qr')}
      // Drawn by the library from the address that the service itself made.
      dangerouslySetInnerHTML={{ __html: renderSVG(started.uri, { border: 2 }) }}
    />
    <p>
      {t('people:secret')} <code>{new URL(started.uri).searchParams.get('secret')}</code>
    </p>
    <p>{t('people:backupCodes')}</p>
    <ul class="inline">
      {started.backupCodes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <form method="post" action="/staff/account/second-factor" class="stack">
      <label>
        {t('people:firstCode')}
        <input name="code" inputMode="numeric" autocomplete="one-time-code" required pattern="\d{6}" maxLength={6} />
      </label>
      <button type="submit" class="primary" name="verdict" value="confirm">
        {t('people:confirmFactor')}
      </button>
    </form>
  </div>
);
