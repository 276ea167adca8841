/** What the bot answers from besides articles: checkpoints and programmes, to read; and what its messages cost. */
import type { CheckpointAnswer } from '../../dialogue/fact-requests.js';
import type { ProgrammeView } from '../../facts/eligibility/eligibility.js';
import type { Costs } from '../../store/costs.js';
import { formatDay, formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface OverviewPageProps {
  readonly context: PageContext;
  readonly checkpoints: readonly CheckpointAnswer[];
  readonly programmes: readonly ProgrammeView[];
  /** Of so many days. */
  readonly costs: Costs;
  readonly costDays: number;
}

export const OverviewPage = ({ context, checkpoints, programmes, costs, costDays }: OverviewPageProps) => {
  const { t, language } = context;
  return (
    <StaffLayout context={context} title={t('nav.overview')}>
      <h1>{t('nav.overview')}</h1>
      <section class="group" aria-labelledby="programmes-title">
        <h2 id="programmes-title">
          {t('overview.programmes')} <span class="count">{programmes.length}</span>
        </h2>
        <ul class="rows">
          {programmes.map((programme) => (
            <li key={programme.id} class="row">
              <span class="row-head">
                <strong>{programme.shortName[language]}</strong>
                <code>{programme.id}</code>
                {programme.sample ? <span class="mark mark-sample">{t('sample')}</span> : null}
              </span>
              <span class="row-head">
                {programme.list
                  ? t('overview.list', { count: programme.list.rows, asOf: formatDay(programme.list.asOf) })
                  : t('overview.noList')}
                {programme.list?.sample ? <span class="mark mark-sample">{t('overview.sampleList')}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section class="group" aria-labelledby="checkpoints-title">
        <h2 id="checkpoints-title">
          {t('overview.checkpoints')} <span class="count">{checkpoints.length}</span>
        </h2>
        <ul class="rows">
          {checkpoints.map((checkpoint) => (
            <li key={checkpoint.id} class="row">
              <span class="row-head">
                <strong>{checkpoint.name[language]}</strong>
                <span class={`mark mark-${checkpoint.status}`}>{t(`checkpoint.${checkpoint.status}`)}</span>
                <span class="mark">{checkpoint.hours}</span>
                {checkpoint.sample ? <span class="mark mark-sample">{t('sample')}</span> : null}
              </span>
              <span class="row-text">{checkpoint.road[language]}</span>
              <span class="row-text">{checkpoint.rules[language]}</span>
              <span class="row-foot">
                {t('overview.updated')} {formatMoment(checkpoint.updatedAt)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {costs.cost > 0 ? (
        <section class="group" aria-labelledby="costs-title">
          <h2 id="costs-title">{t('overview.costs', { count: costDays })}</h2>
          <p>
            {t('overview.spent', {
              cost: costs.cost.toFixed(2),
              messages: costs.messages,
              questions: costs.questions,
              each: (costs.cost / Math.max(1, costs.questions)).toFixed(2),
            })}
          </p>
        </section>
      ) : null}
    </StaffLayout>
  );
};
