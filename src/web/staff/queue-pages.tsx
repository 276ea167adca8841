/** Queues: who answers where and when, for those who answer to read and for leads to change. */

import type { QueueView } from '../../facts/queues/queues.js';
import { lastResort } from '../../facts/queues/starter-routes.js';
import { type Bilingual, languages } from '../../language.js';
import { weekInWords, writeWeek } from '../../office-hours.js';
import type { StaffMember } from '../identity/roles.js';
import { mayPass, ruleFor } from './access.js';
import { formatDay, formatMoment } from './format.js';
import { liveQueues, type PageContext, queueName } from './page-context.js';
import { writeDays } from './queue-form.js';
import { QueueTopics, type RoutedTopic } from './queue-topics.js';
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
      <Notice text={context.notice} />
      <ul class="rows">
        {queues.map((queue) => (
          <li key={queue.id} class="row">
            <span class="row-head">
              <strong>
                {mayPass(ruleFor('GET', `/queues/${queue.id}`), staff?.role) ? (
                  <a href={`/staff/queues/${queue.id}`}>{queueName(context, queue.id)}</a>
                ) : (
                  queueName(context, queue.id)
                )}
              </strong>
              {queue.hiddenFor === undefined ? (
                <span class={`mark ${queue.openNow ? 'mark-open' : 'mark-closed'}`}>
                  {queue.openNow ? t('queues:openNow') : t('queues:opensAt', { when: formatMoment(queue.opensAt) })}
                </span>
              ) : (
                <span class="mark">{t('queues:hiddenFor', { queue: queueName(context, queue.hiddenFor) })}</span>
              )}
            </span>
            <span>
              {queue.members.length > 0 ? (
                queue.members.map((id) => names.get(id) ?? t('conversation.specialist')).join(', ')
              ) : queue.hiddenFor === undefined ? (
                <strong class="mark mark-urgent">{t('queues:nobody')}</strong>
              ) : null}
            </span>
            <span class="row-foot">
              {weekInWords(queue.calendar.week, context.language)} ·{' '}
              {t('queues:firstReply', { count: queue.firstReplyMinutes })}
              {queue.calendar.days.length > 0
                ? ` · ${queue.calendar.days.map(({ day }) => formatDay(day)).join(', ')}`
                : ''}
            </span>
          </li>
        ))}
      </ul>
      {mayPass(ruleFor('POST', '/queues'), staff?.role) ? <NewQueue t={t} /> : null}
    </StaffLayout>
  );
};

const NewQueue = ({ t }: Pick<PageContext, 't'>) => (
  <details class="aside-form narrow-form">
    <summary>{t('queues:new')}</summary>
    <form method="post" action="/staff/queues" class="stack">
      <NameFields t={t} name={undefined} />
      <p class="muted small">{t('queues:newHint')}</p>
      <button type="submit" class="primary">
        {t('queues:make')}
      </button>
    </form>
  </details>
);

interface NameFieldsProps extends Pick<PageContext, 't'> {
  readonly name: Bilingual | undefined;
}
const NameFields = ({ t, name }: NameFieldsProps) => (
  <div class="grid">
    {languages.map((language) => (
      <label key={language}>
        {t('queues:name', { language: t(`language.${language}`) })}
        <input
          name={language === 'kk' ? 'nameKk' : 'nameRu'}
          required
          maxLength={60}
          lang={language}
          value={name?.[language] ?? ''}
        />
      </label>
    ))}
  </div>
);

export interface QueuePageProps {
  readonly context: PageContext;
  readonly queue: QueueView;
  /** What it is called in both languages. */
  readonly name: Bilingual;
  /** Every topic that can be sent somewhere, and where each goes now. */
  readonly topics: readonly RoutedTopic[];
  /** Who may answer: specialists and leads. */
  readonly people: readonly StaffMember[];
  /** What was typed, where the form was refused. */
  readonly typed?: {
    readonly nameKk: string;
    readonly nameRu: string;
    readonly members: readonly string[];
    readonly hours: string;
    readonly days: string;
    readonly firstReplyMinutes: string;
    readonly resolveMinutes: string;
  };
}

export const QueuePage = ({ context, queue, name, topics, people, typed }: QueuePageProps) => {
  const { t } = context;
  const members = typed?.members ?? queue.members;
  return (
    <StaffLayout context={context} title={queueName(context, queue.id)}>
      <p class="crumbs">
        <a href="/staff/queues">← {t('nav.queues')}</a>
      </p>
      <h1>{queueName(context, queue.id)}</h1>
      <Notice text={context.notice} />
      <form method="post" action={`/staff/queues/${queue.id}`} class="panel stack editor">
        <input type="hidden" name="version" value={queue.version} />
        <NameFields t={t} name={typed ? { kk: typed.nameKk, ru: typed.nameRu } : name} />
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
      {queue.hiddenFor === undefined ? <QueueTopics context={context} queue={queue} topics={topics} /> : null}
      <HideForm context={context} queue={queue} />
    </StaffLayout>
  );
};

/** Takes the queue out of use: its open tickets and its topics go to another one; or puts it back. */
const HideForm = ({ context, queue }: Pick<QueuePageProps, 'context' | 'queue'>) => {
  const { t } = context;
  if (queue.id === lastResort) return <p class="muted small">{t('queues:lastResort')}</p>;
  const isHidden = queue.hiddenFor !== undefined;
  return (
    <details class="aside-form narrow-form" open={isHidden}>
      <summary>{t(isHidden ? 'queues:isHidden' : 'queues:hide')}</summary>
      <form method="post" action={`/staff/queues/${queue.id}/hide`} class="stack">
        <input type="hidden" name="version" value={queue.version} />
        {isHidden ? (
          <>
            <p>{t('queues:hiddenFor', { queue: queueName(context, queue.hiddenFor ?? '') })}</p>
            <button type="submit" name="target" value="">
              {t('queues:show')}
            </button>
          </>
        ) : (
          <>
            <label>
              {t('queues:hideTo')}
              <select name="target" required>
                <option value="">{t('inbox:transfer.choose')}</option>
                {liveQueues(context)
                  .filter((id) => id !== queue.id)
                  .map((id) => (
                    <option key={id} value={id}>
                      {queueName(context, id)}
                    </option>
                  ))}
              </select>
            </label>
            <p class="muted small">{t('queues:hideHint')}</p>
            <button type="submit">{t('queues:hide')}</button>
          </>
        )}
      </form>
    </details>
  );
};
