/** The second step of a sign-in: the code of the authenticator app, or a backup code. */
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

export const CodePage = ({ context, next }: { readonly context: PageContext; readonly next: string }) => {
  const { t, notice } = context;
  return (
    <StaffLayout context={context} title={t('people:codeTitle')}>
      <section class="panel narrow">
        <h1>{t('people:codeTitle')}</h1>
        <p class="muted">{t('people:codeLead')}</p>
        {notice ? (
          <p class="notice" role="alert">
            {notice}
          </p>
        ) : null}
        <form method="post" action="/staff/sign-in/code" class="stack">
          <input type="hidden" name="next" value={next} />
          <label>
            {t('people:code')}
            <input name="code" autocomplete="one-time-code" required maxLength={40} autofocus />
          </label>
          <button type="submit" class="primary">
            {t('signIn.submit')}
          </button>
        </form>
        <p class="muted small">
          <a href="/staff/sign-in">{t('people:codeBack')}</a>
        </p>
      </section>
    </StaffLayout>
  );
};
