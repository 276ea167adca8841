/** One file of recipients: how far it is read, what it would change, what is wrong in it, and the decision. */
import type { ProgrammeView } from '../../facts/eligibility/eligibility.js';
import type { Finding } from '../../facts/lists/findings.js';
import { shrinkShare } from '../../facts/lists/lists.js';
import type { BatchShare, ListBatchDocument } from '../../store/list-batches.js';
import { formatDay, formatMoment, formatPercent } from './format.js';
import { findingWords } from './list-words.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ListBatchPageProps {
  readonly context: PageContext;
  readonly batch: ListBatchDocument;
  readonly programmes: readonly ProgrammeView[];
  readonly names: ReadonlyMap<string, string>;
  /** The first of them. */
  readonly findings: readonly Finding[];
}
const shrinks = ({ gone, changed, unchanged, basedOnSample }: BatchShare): boolean =>
  !basedOnSample && gone > shrinkShare * (gone + changed + unchanged);

export const ListBatchPage = (props: ListBatchPageProps) => {
  const { context, batch, names } = props;
  const { t } = context;
  return (
    <StaffLayout context={context} title={batch.fileName}>
      <p class="crumbs">
        <a href="/staff/lists">← {t('lists:title')}</a>
      </p>
      <h1>{batch.fileName}</h1>
      <section class="group panel stack">
        <p class="row-head">
          <span class="mark">{t(`lists:state.${batch.state}`)}</span>
          <span>{t('lists:asOf', { asOf: formatDay(batch.asOf) })}</span>
          <span class="muted">
            {formatMoment(batch.startedAt)} · {names.get(batch.by) ?? t('audit:by.command')}
          </span>
        </p>
        {batch.state === 'reading' ? (
          <p role="status">
            <label for="share">{t('lists:reading', { rows: batch.rows.toLocaleString('ru-RU') })}</label>{' '}
            <progress id="share" value={batch.share} max={1}>
              {formatPercent(batch.share)}
            </progress>
          </p>
        ) : null}
        {batch.failure ? (
          <p class="notice" role="alert">
            {t(`lists:file.${batch.failure.code}`, { names: batch.failure.names.join(', ') })}
          </p>
        ) : null}
      </section>
      {batch.counts ? <Counts {...props} /> : null}
      {batch.state === 'checked' && batch.counts ? <Decision {...props} /> : null}
      {batch.counts ? <Findings {...props} /> : null}
    </StaffLayout>
  );
};

const Counts = ({ context: { t, language }, batch, programmes }: ListBatchPageProps) => (
  <section class="group stack" aria-labelledby="counts">
    <h2 id="counts">{t('lists:would')}</h2>
    <p>{t('lists:command.counts', { ...(batch.counts ?? { loaded: 0, duplicates: 0, conflicts: 0, rejected: 0 }) })}</p>
    <ul class="rows">
      {(batch.shares ?? []).map((share) => (
        <li key={share.programmeId} class="row">
          <strong>
            {programmes.find(({ id }) => id === share.programmeId)?.shortName[language] ?? share.programmeId}
          </strong>
          <span class="row-text">
            {(['added', 'changed', 'unchanged', 'gone'] as const)
              .map((kind) => `${t(`lists:kind.${kind}`)}: ${share[kind]}`)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

const Decision = ({ context: { t }, batch }: ListBatchPageProps) => {
  const asks = (batch.shares ?? []).some(shrinks);
  const hasRows = (batch.counts?.loaded ?? 0) > 0;
  return (
    <form method="post" action={`/staff/lists/${batch._id}`} class="group panel stack">
      <p>{hasRows ? t('lists:decide') : t('lists:refusal.nothing-to-load')}</p>
      {asks ? (
        <label class="checks">
          <input type="checkbox" name="confirmed" value="yes" /> {t('lists:confirmShrink')}
        </label>
      ) : null}
      <div class="actions">
        {hasRows ? (
          <button type="submit" class="primary" name="verdict" value="apply">
            {t('lists:apply')}
          </button>
        ) : null}
        <button type="submit" name="verdict" value="discard">
          {t('lists:discard')}
        </button>
      </div>
    </form>
  );
};

const Findings = ({ context: { t }, batch, findings }: ListBatchPageProps) => {
  const words = findingWords(t);
  const { duplicates = 0, conflicts = 0, rejected = 0 } = batch.counts ?? {};
  const all = duplicates + conflicts + rejected;
  return (
    <section class="group stack" aria-labelledby="findings">
      <h2 id="findings">
        {t('lists:findings')} <span class="count">{all}</span>
      </h2>
      {all === 0 ? <p class="empty">{t('lists:noFindings')}</p> : null}
      {all > 0 ? (
        <p>
          <a class="button" href={`/staff/lists/${batch._id}/faults`}>
            {t('lists:download')}
          </a>
        </p>
      ) : null}
      <ol class="rows">
        {findings.map((finding) => (
          <li key={`${finding.line} ${finding.kind}`} class="row">
            {finding.kind === 'rejected' ? (
              [finding, ...(finding.more ?? [])].map((fault) => (
                <span key={`${fault.column} ${fault.code}`} class="row-head">
                  <strong>
                    {t('lists:finding.at', { line: finding.line, column: fault.column ?? words.wholeRow })}
                  </strong>
                  <span>{words.fault(fault)}</span>
                </span>
              ))
            ) : (
              <span class="row-head">
                <strong>{t('lists:finding.at', { line: finding.line, column: finding.column })}</strong>
                <span>{words.other(finding.kind, finding.other)}</span>
              </span>
            )}
          </li>
        ))}
      </ol>
      {all > findings.length ? <p class="muted">{t('lists:more', { shown: findings.length })}</p> : null}
    </section>
  );
};
