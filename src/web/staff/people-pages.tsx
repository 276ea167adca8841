/** People who work here: who they are, what they may, where they answer, and the way in for new ones. */
import type { QueueView } from '../../facts/queues/queues.js';
import type { InvitationDocument } from '../../store/invitations.js';
import { invitationDays } from '../identity/invitations.js';
import { roles, type StaffAccount } from '../identity/roles.js';
import type { StaffSession } from '../identity/staff-accounts.js';
import { formatMoment } from './format.js';
import { liveQueues, type PageContext, queueName } from './page-context.js';
import { SessionRows } from './session-rows.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface PeoplePageProps {
  readonly context: PageContext;
  readonly people: readonly StaffAccount[];
  readonly queueViews: readonly QueueView[];
  readonly pending: readonly InvitationDocument[];
  /** A link that was just made: shown this once. */
  readonly link?: string | undefined;
  readonly typed?: { readonly email: string; readonly name: string } | undefined;
}

export const PeoplePage = ({ context, people, queueViews, pending, link, typed }: PeoplePageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.people')} follows="settings">
      <h1>{t('nav.people')}</h1>
      <Notice text={context.notice} />
      {link ? <OneTimeLink link={link} t={t} /> : null}
      <section class="group" aria-labelledby="people-title">
        <h2 id="people-title">
          {t('people:members')} <span class="count">{people.length}</span>
        </h2>
        <ul class="rows">
          {people.map((member) => (
            <li key={member.id} class="row">
              <span class="row-head">
                <strong>
                  <a href={`/staff/people/${member.id}`}>{member.name}</a>
                </strong>
                <span class="mark">{t(`role.${member.role}`)}</span>
                {member.disabled ? <span class="mark mark-closed">{t('people:disabled')}</span> : null}
                {member.secondFactor ? <span class="mark mark-open">{t('people:secondFactor')}</span> : null}
              </span>
              <span class="row-foot">
                {member.email}
                {queueViews
                  .filter(({ members }) => members.includes(member.id))
                  .map(({ id }) => ` · ${queueName(context, id)}`)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {pending.length > 0 ? (
        <section class="group" aria-labelledby="pending-title">
          <h2 id="pending-title">
            {t('people:pending')} <span class="count">{pending.length}</span>
          </h2>
          <ul class="rows">
            {pending.map(({ _id, name, email, expiresAt, staffId }) => (
              <li key={_id} class="row">
                <span>
                  {name} <span class="muted">{email}</span>
                </span>
                <span class="row-foot">
                  {staffId === undefined ? t('people:invited') : t('people:renewed')} ·{' '}
                  {t('people:goodUntil', { when: formatMoment(expiresAt) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section class="group" aria-labelledby="invite-title">
        <h2 id="invite-title">{t('people:invite')}</h2>
        <form method="post" action="/staff/people" class="panel stack">
          <p class="muted small">{t('people:inviteLead', { count: invitationDays })}</p>
          <div class="grid">
            <label>
              {t('people:name')}
              <input name="name" required maxLength={100} value={typed?.name ?? ''} />
            </label>
            <label>
              {t('signIn.email')}
              <input name="email" type="email" required maxLength={200} value={typed?.email ?? ''} />
            </label>
            <RoleChoice t={t} chosen="specialist" />
          </div>
          <QueueTicks context={context} chosen={[]} />
          <p class="actions">
            <button type="submit" class="primary">
              {t('people:makeLink')}
            </button>
          </p>
        </form>
      </section>
    </StaffLayout>
  );
};

const RoleChoice = ({ t, chosen }: { readonly t: PageContext['t']; readonly chosen: string }) => (
  <label class="field">
    {t('people:role')}
    <select name="role">
      {roles.map((role) => (
        <option key={role} value={role} selected={role === chosen}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  </label>
);

const QueueTicks = ({ context, chosen }: { readonly context: PageContext; readonly chosen: readonly string[] }) => (
  <fieldset class="ticks-list">
    <legend>{context.t('people:queues')}</legend>
    {liveQueues(context).map((queue) => (
      <label key={queue} class="tick">
        <input type="checkbox" name="queues" value={queue} checked={chosen.includes(queue)} />
        <span>{queueName(context, queue)}</span>
      </label>
    ))}
  </fieldset>
);

const OneTimeLink = ({ link, t }: { readonly link: string; readonly t: PageContext['t'] }) => (
  <section class="panel stack once" aria-labelledby="link-title">
    <h2 id="link-title">{t('people:link')}</h2>
    <p>{t('people:linkLead', { count: invitationDays })}</p>
    <input readOnly value={link} aria-label={t('people:link')} />
  </section>
);

interface PersonPageProps {
  readonly context: PageContext;
  readonly member: StaffAccount;
  readonly queueViews: readonly QueueView[];
  readonly sessions: readonly StaffSession[];
  readonly link?: string | undefined;
}

export const PersonPage = ({ context, member, queueViews, sessions, link }: PersonPageProps) => {
  const { t, staff } = context;
  const path = `/staff/people/${member.id}`;
  const isSelf = member.id === staff?.id;
  return (
    <StaffLayout context={context} title={member.name} follows="settings">
      <p class="crumbs">
        <a href="/staff/people">← {t('nav.people')}</a>
      </p>
      <h1>{member.name}</h1>
      <p class="muted">{member.email}</p>
      <Notice text={context.notice} />
      {link ? <OneTimeLink link={link} t={t} /> : null}
      <form method="post" action={path} class="panel stack">
        {isSelf ? (
          <p class="muted">{t('people:ownRole', { role: t(`role.${member.role}`) })}</p>
        ) : (
          <RoleChoice t={t} chosen={member.role} />
        )}
        <QueueTicks
          context={context}
          chosen={queueViews.filter(({ members }) => members.includes(member.id)).map(({ id }) => id)}
        />
        <p class="actions">
          <button type="submit" class="primary" name="verdict" value="save">
            {t('people:save')}
          </button>
        </p>
      </form>
      <section class="group" aria-labelledby="sessions-title">
        <h2 id="sessions-title">{t('people:sessions')}</h2>
        <SessionRows context={context} sessions={sessions} action={null} />
      </section>
      <form method="post" action={path} class="actions">
        <button type="submit" name="verdict" value="end-sessions">
          {t('people:endSessions')}
        </button>
        <button type="submit" name="verdict" value="renew">
          {t('people:renew')}
        </button>
        {isSelf ? null : (
          <button type="submit" name="verdict" value={member.disabled ? 'enable' : 'disable'}>
            {t(member.disabled ? 'people:enable' : 'people:disable')}
          </button>
        )}
      </form>
      <p class="muted small">{t('people:renewLead')}</p>
    </StaffLayout>
  );
};
