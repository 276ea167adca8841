/** The door of the staff pages. */
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface SignInPageProps {
  readonly context: PageContext;
  readonly email: string;
  /** Path to go on to. */
  readonly next: string;
}

export const SignInPage = ({ context, email, next }: SignInPageProps) => {
  const { t, notice } = context;
  return (
    <StaffLayout context={context} title={t('signIn.title')}>
      <section class="panel narrow">
        <h1>{t('signIn.title')}</h1>
        <p class="muted">{t('signIn.lead')}</p>
        {notice ? (
          <p class="notice" role="alert">
            {notice}
          </p>
        ) : null}
        <form method="post" action="/staff/sign-in" class="stack">
          <input type="hidden" name="next" value={next} />
          <label>
            {t('signIn.email')}
            <input name="email" type="email" autocomplete="username" required maxLength={200} value={email} autofocus />
          </label>
          <label>
            {t('signIn.password')}
            <input name="password" type="password" autocomplete="current-password" required maxLength={200} />
          </label>
          <button type="submit" class="primary">
            {t('signIn.submit')}
          </button>
        </form>
        <p class="muted small">{t('signIn.lost')}</p>
      </section>
    </StaffLayout>
  );
};
