/** Queues: who answers where and when, for those who answer to read and for leads to change. */
import type { QueueView } from '../../facts/queues/queues.js';
import type { StaffMember } from '../identity/roles.js';
import { mayPass, ruleFor } from './access.js';
import { formatDay, formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { writeDays, writeWeek } from './queue-form.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface QueuesPageProps {
  readonly context: PageContext;
  readonly queues: readonly QueueView[];
  readonly names: ReadonlyMap<string, string>;
}

export const QueuesPage = ({ context, queues, names }: QueuesPageProps) => {
  const { t, staff } = context;
  return (
    <StaffLayout context={context} title={t('nav.queues')}>
      <h1>{t('nav.queues')}</h1>
      <p class="muted">{t('queues:lead')}</p>
      <ul class="rows">
        {queues.map((queue) => (
          <li key={queue.id} class="row">
            <span class="row-head">
              <strong>
                {mayPass(ruleFor('GET', `/queues/${queue.id}`), staff?.role) ? (
                  <a href={`/staff/queues/${queue.id}`}>{t(`queue.${queue.id}`)}</a>
                ) : (
                  t(`queue.${queue.id}`)
                )}
              </strong>
              <span class={`mark ${queue.openNow ? 'mark-open' : 'mark-closed'}`}>
                {queue.openNow ? t('queues:openNow') : t('queues:opensAt', { when: formatMoment(queue.opensAt) })}
              </span>
            </span>
            <span>
              {queue.members.length > 0 ? (
                queue.members.map((id) => names.get(id) ?? t('conversation.specialist')).join(', ')
              ) : (
                <strong class="mark mark-urgent">{t('queues:nobody')}</strong>
              )}
            </span>
            <span class="row-foot">
              {writeWeek(queue.calendar.week)} · {t('queues:firstReply', { count: queue.firstReplyMinutes })}
              {queue.calendar.days.length > 0
                ? ` · ${queue.calendar.days.map(({ day }) => formatDay(day)).join(', ')}`
                : ''}
            </span>
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
};

export interface QueuePageProps {
  readonly context: PageContext;
  readonly queue: QueueView;
  /** Who may answer: specialists and leads. */
  readonly people: readonly StaffMember[];
  /** What was typed, where the form was refused. */
  readonly typed?: {
    readonly members: readonly string[];
    readonly hours: string;
    readonly days: string;
    readonly firstReplyMinutes: string;
    readonly resolveMinutes: string;
  };
}

export const QueuePage = ({ context, queue, people, typed }: QueuePageProps) => {
  const { t } = context;
  const members = typed?.members ?? queue.members;
  return (
    <StaffLayout context={context} title={t(`queue.${queue.id}`)}>
      <p class="crumbs">
        <a href="/staff/queues">← {t('nav.queues')}</a>
      </p>
      <h1>{t(`queue.${queue.id}`)}</h1>
      <Notice text={context.notice} />
      <form method="post" action={`/staff/queues/${queue.id}`} class="panel stack editor">
        <input type="hidden" name="version" value={queue.version} />
        <fieldset class="ticks-list">
          <legend>{t('queues:members')}</legend>
          {people.length === 0 ? <p class="muted">{t('queues:noPeople')}</p> : null}
          {people.map(({ id, name, email }) => (
            <label key={id} class="tick">
              <input type="checkbox" name="members" value={id} checked={members.includes(id)} />
              <span>
                {name} <span class="muted">{email}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label>
          {t('queues:hours')}
          <input
            name="hours"
            maxLength={300}
            value={typed?.hours ?? (queue.ownHours ? writeWeek(queue.calendar.week) : '')}
            placeholder={writeWeek(queue.calendar.week)}
          />
          <span class="hint">{t('queues:hoursHint')}</span>
        </label>
        <label>
          {t('queues:days')}
          <textarea name="days" rows={4} maxLength={6_000}>
            {typed?.days ?? writeDays(queue.calendar.days)}
          </textarea>
          <span class="hint">{t('queues:daysHint')}</span>
        </label>
        <div class="grid">
          <label>
            {t('queues:firstReplyMinutes')}
            <input
              name="firstReplyMinutes"
              type="number"
              min={5}
              max={10_080}
              required
              value={typed?.firstReplyMinutes ?? queue.firstReplyMinutes}
            />
          </label>
          <label>
            {t('queues:resolveMinutes')}
            <input
              name="resolveMinutes"
              type="number"
              min={5}
              max={43_200}
              required
              value={typed?.resolveMinutes ?? queue.resolveMinutes}
            />
          </label>
        </div>
        <p class="muted small">{t('queues:targetsHint')}</p>
        <p class="actions">
          <button type="submit" class="primary">
            {t('queues:save')}
          </button>
        </p>
      </form>
    </StaffLayout>
  );
};
