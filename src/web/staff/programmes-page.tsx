/** Payment programmes as staff see them: in the order of residents' answers. */
import type { ProgrammeView } from '../../facts/eligibility/eligibility.js';
import { formatDay } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ProgrammesPageProps {
  readonly context: PageContext;
  readonly programmes: readonly ProgrammeView[];
}

export const ProgrammesPage = ({ context, programmes }: ProgrammesPageProps) => {
  const { t, language } = context;
  return (
    <StaffLayout context={context} title={t('nav.programmes')}>
      <div class="head">
        <h1>{t('nav.programmes')}</h1>
        <a class="button primary" href="/staff/new-programme">
          {t('programmes:new')}
        </a>
      </div>
      <ul class="rows">
        {programmes.map(({ id, shortName, sample, list }) => (
          <li key={id}>
            <a class="row" href={`/staff/programmes/${id}`}>
              <span class="row-head">
                <strong>{shortName[language]}</strong>
                <code>{id}</code>
                {sample ? <span class="mark mark-sample">{t('sample')}</span> : null}
              </span>
              <span class="row-foot">
                {list ? t('overview.list', { count: list.rows, asOf: formatDay(list.asOf) }) : t('overview.noList')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
};
