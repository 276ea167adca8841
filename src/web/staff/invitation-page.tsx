/** The door for whoever got a one-time link: they choose a password, and the link is used up. */
import type { InvitationDocument } from '../../store/invitations.js';
import { shortestPassword } from '../identity/create-auth.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface InvitationPageProps {
  readonly context: PageContext;
  readonly invitation: InvitationDocument;
  readonly token: string;
}

export const InvitationPage = ({ context, invitation, token }: InvitationPageProps) => {
  const { t, notice } = context;
  const title = t(invitation.staffId === undefined ? 'people:welcome' : 'people:newPassword');
  return (
    <StaffLayout context={context} title={title}>
      <section class="panel narrow">
        <h1>{title}</h1>
        <p>
          {invitation.name} · {invitation.email}
        </p>
        {notice ? (
          <p class="notice" role="alert">
            {notice}
          </p>
        ) : null}
        <form method="post" action={`/staff/invitations/${token}`} class="stack">
          {/* Password managers file the password under this name. */}
          <input type="hidden" name="email" autocomplete="username" value={invitation.email} />
          <label>
            {t('people:choosePassword', { count: shortestPassword })}
            <input
              name="password"
              type="password"
              autocomplete="new-password"
              required
              minLength={shortestPassword}
              maxLength={200}
            />
          </label>
          <button type="submit" class="primary">
            {t('people:accept')}
          </button>
        </form>
      </section>
    </StaffLayout>
  );
};
