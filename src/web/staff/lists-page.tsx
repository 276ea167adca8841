/** Lists of recipients: what is in force and how fresh, a new file, and the files that were read. */
import type { ProgrammeView } from '../../facts/eligibility/eligibility.js';
import type { CheckDayDocument, EnumerationAlarmDocument } from '../../store/check-days.js';
import type { ListBatchDocument } from '../../store/list-batches.js';
import { formatDay, formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ListsPageProps {
  readonly context: PageContext;
  readonly programmes: readonly ProgrammeView[];
  readonly batches: readonly ListBatchDocument[];
  readonly names: ReadonlyMap<string, string>;
  /** The latest first. */
  readonly days: readonly CheckDayDocument[];
  readonly alarms: readonly EnumerationAlarmDocument[];
  /** Rows in force that still stand under the key before. */
  readonly rowsUnderOldKey: number;
  /** YYYY-MM-DD. */
  readonly today: string;
}

export const ListsPage = (props: ListsPageProps) => {
  const { context, programmes, batches, names, today } = props;
  const { t, language } = context;
  const nameOf = (by: string): string =>
    names.get(by) ?? (by === 'command' ? t('audit:by.command') : t('article.somebody'));
  return (
    <StaffLayout context={context} title={t('lists:title')}>
      <h1>{t('lists:title')}</h1>
      {props.rowsUnderOldKey > 0 ? <p class="notice">{t('lists:oldKey', { rows: props.rowsUnderOldKey })}</p> : null}
      <section class="group" aria-labelledby="in-force">
        <h2 id="in-force">{t('lists:inForce')}</h2>
        <ul class="rows">
          {programmes.map(({ id, shortName, list }) => (
            <li key={id} class="row">
              <span class="row-head">
                <strong>{shortName[language]}</strong>
                <code>{id}</code>
                {list?.sample ? <span class="mark mark-sample">{t('overview.sampleList')}</span> : null}
                {list?.staleDays === undefined ? null : (
                  <span class="mark mark-urgent">{t('lists:stale', { count: list.staleDays })}</span>
                )}
              </span>
              <span class="row-text">
                {list ? t('overview.list', { count: list.rows, asOf: formatDay(list.asOf) }) : t('overview.noList')}
              </span>
              {list?.earlierAsOf === undefined ? null : (
                <details>
                  <summary>{t('lists:back.open')}</summary>
                  <form method="post" action="/staff/lists-back" class="stack">
                    <input type="hidden" name="programme" value={id} />
                    {list.together === undefined ? null : (
                      <>
                        <p>{t('lists:back.together')}</p>
                        <ul>
                          {list.together.map(({ shortName: other, earlierAsOf }) => (
                            <li key={other.kk}>
                              {other[language]}:{' '}
                              {earlierAsOf === undefined
                                ? t('lists:back.none')
                                : t('lists:asOf', { asOf: formatDay(earlierAsOf) })}
                            </li>
                          ))}
                        </ul>
                      </>
                    )}
                    <label class="checks">
                      <input type="checkbox" name="confirmed" value="yes" required />{' '}
                      {t('lists:back.confirm', { asOf: formatDay(list.earlierAsOf) })}
                    </label>
                    <div class="actions">
                      <button type="submit">{t('lists:back.do')}</button>
                    </div>
                  </form>
                </details>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section class="group" aria-labelledby="new-list">
        <h2 id="new-list">{t('lists:upload.title')}</h2>
        <form method="post" action="/staff/lists" enctype="multipart/form-data" class="panel stack">
          <p class="muted">{t('lists:upload.lead')}</p>
          <div class="field">
            <label for="programme">{t('lists:upload.programme')}</label>
            <select id="programme" name="programme">
              {programmes.map(({ id, shortName }) => (
                <option key={id} value={id}>
                  {shortName[language]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="as-of">{t('lists:upload.asOf')}</label>
            <input id="as-of" type="date" name="asOf" value={today} max={today} required />
          </div>
          <div class="field">
            <label for="file">{t('lists:upload.file')}</label>
            <input id="file" type="file" name="file" accept=".csv,.txt,.tsv,.xlsx" required />
          </div>
          <div class="actions">
            <button type="submit" class="primary">
              {t('lists:upload.check')}
            </button>
          </div>
        </form>
      </section>
      <section class="group" aria-labelledby="batches">
        <h2 id="batches">{t('lists:batches')}</h2>
        {batches.length === 0 ? <p class="empty">{t('lists:noBatches')}</p> : null}
        <ul class="rows">
          {batches.map((batch) => (
            <li key={batch._id}>
              <a class="row" href={`/staff/lists/${batch._id}`}>
                <span class="row-head">
                  <strong>{batch.fileName}</strong>
                  <span class="mark">{t(`lists:state.${batch.state}`)}</span>
                  <time dateTime={batch.startedAt.toISOString()}>{formatMoment(batch.startedAt)}</time>
                </span>
                <span class="row-foot">
                  {[
                    batch.programmeId,
                    nameOf(batch.by),
                    ...(batch.counts ? [t('lists:command.counts', { ...batch.counts })] : []),
                  ].join(' · ')}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Checks {...props} />
      <Alarms {...props} />
    </StaffLayout>
  );
};

const outcomes = ['approved', 'paid', 'in-review', 'refused', 'not-listed', 'no-list', 'throttled'] as const;

/** A check of several lists counts once in each. */
const Checks = ({ context: { t }, days }: ListsPageProps) => (
  <section class="group" aria-labelledby="checks">
    <h2 id="checks">{t('lists:checks')}</h2>
    {days.length === 0 ? <p class="empty">{t('lists:noChecks')}</p> : null}
    <ul class="rows">
      {days.map(({ _id: day, counts }) => (
        <li key={day} class="row">
          <strong>{formatDay(day)}</strong>
          <span class="row-foot">
            {outcomes
              .filter((outcome) => counts[outcome])
              .map((outcome) => `${t(`lists:outcome.${outcome}`)}: ${counts[outcome]}`)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

/** Somebody who tries many people, or many who try one birthday. */
const Alarms = ({ context: { t }, alarms }: ListsPageProps) => (
  <section class="group" aria-labelledby="alarms">
    <h2 id="alarms">
      {t('lists:alarms')} <span class="count">{alarms.length}</span>
    </h2>
    {alarms.length === 0 ? <p class="empty">{t('lists:noAlarms')}</p> : null}
    <ul class="rows">
      {alarms.map((alarm) => (
        <li key={alarm._id} class="row">
          <span class="row-head">
            <strong class="mark mark-urgent">{t(`lists:alarm.${alarm.kind}`)}</strong>
            <span>{t('lists:alarmTries', { count: alarm.tries })}</span>
            <time dateTime={alarm.lastAt.toISOString()}>{formatMoment(alarm.lastAt)}</time>
          </span>
        </li>
      ))}
    </ul>
  </section>
);
