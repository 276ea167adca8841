/** The editor of one payment programme: everything residents are told about it, side by side in both languages, with preview and history. */
import { fillTemplate } from '../../dialogue/fill-template.js';
import { type ProgrammeFields, statuses } from '../../facts/eligibility/programme-fields.js';
import { languages } from '../../language.js';
import type { ProgrammeChangeDocument } from '../../store/programmes.js';
import { formatText } from '../format-text.js';
import type { ControlFault } from './article-faults.js';
import { Field } from './article-fields.js';
import { FaultSummary } from './article-preview.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { reasonsText, results, suffix } from './programme-form.js';
import { StaffLayout } from './staff-layout.js';

export interface ProgrammePageProps {
  readonly context: PageContext;
  /** Empty for a new one, until it is given. */
  readonly id: string;
  readonly fields: ProgrammeFields;
  readonly sample: boolean;
  /** As the editor started from; 0 for a new one. */
  readonly version: number;
  readonly preview: boolean;
  readonly faults: readonly ControlFault[];
  readonly history: readonly ProgrammeChangeDocument[];
  readonly names: ReadonlyMap<string, string>;
}
const number = (value: number): string => (Number.isNaN(value) ? '' : String(value));

export const ProgrammePage = (props: ProgrammePageProps) => {
  const { context, id, fields, sample, version, preview, faults, history, names } = props;
  const { t, language } = context;
  const title = version === 0 ? t('programmes:new') : fields.shortName[language] || id;
  return (
    <StaffLayout context={context} title={title}>
      <p class="crumbs">
        <a href="/staff/programmes">← {t('nav.programmes')}</a>
      </p>
      <h1>{title}</h1>
      <FaultSummary notice={context.notice} faults={faults} />
      {preview ? <ProgrammePreview context={context} fields={fields} /> : null}
      <form method="post" action={version === 0 ? '/staff/new-programme' : `/staff/programmes/${id}`} class="editor">
        <input type="hidden" name="version" value={version} />
        <div class="panel grid">
          {version === 0 ? (
            <Field name="id" label={t('programmes:field.id')} hint={t('programmes:idHint')} faults={faults}>
              {(ties) => <input {...ties} value={id} required maxLength={60} />}
            </Field>
          ) : null}
          <Field name="amount" label={t('programmes:field.amount')} faults={faults}>
            {(ties) => <input {...ties} inputMode="numeric" value={number(fields.amount)} required />}
          </Field>
          <Field name="frequency" label={t('programmes:field.frequency')} faults={faults}>
            {(ties) => (
              <select {...ties}>
                {(['once', 'monthly'] as const).map((each) => (
                  <option key={each} value={each} selected={each === fields.frequency}>
                    {t(`programmes:frequency.${each}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="listRefreshDays" label={t('programmes:field.listRefreshDays')} faults={faults}>
            {(ties) => <input {...ties} type="number" min={1} value={number(fields.listRefreshDays)} required />}
          </Field>
          <Field name="openFrom" label={t('programmes:field.openFrom')} faults={faults}>
            {(ties) => <input {...ties} type="date" value={fields.openFrom ?? ''} />}
          </Field>
          <Field name="openUntil" label={t('programmes:field.openUntil')} faults={faults}>
            {(ties) => <input {...ties} type="date" value={fields.openUntil ?? ''} />}
          </Field>
          <Field
            name="keywords"
            label={t('programmes:field.keywords')}
            hint={t('programmes:keywordsHint')}
            faults={faults}
            wide
          >
            {(ties) => <input {...ties} value={(fields.keywords ?? []).join(', ')} />}
          </Field>
          <Field name="articles" label={t('programmes:field.articles')} faults={faults} wide>
            {(ties) => <input {...ties} value={fields.articles.join(', ')} />}
          </Field>
          <Field
            name="refusalReasons"
            label={t('programmes:field.refusalReasons')}
            hint={t('programmes:reasonsHint')}
            faults={faults}
            wide
          >
            {(ties) => (
              <textarea {...ties} rows={6}>
                {reasonsText(fields.refusalReasons)}
              </textarea>
            )}
          </Field>
          <fieldset class="wide checks">
            <legend>{t('programmes:field.statuses')}</legend>
            {statuses.map((status) => (
              <label key={status}>
                <input type="checkbox" name={`has-${status}`} value="yes" checked={fields.statuses.includes(status)} />{' '}
                {t(`programmes:result.${status}`)}{' '}
              </label>
            ))}
          </fieldset>
          <label class="wide checks">
            <input type="checkbox" name="sample" value="yes" checked={sample} /> {t('programmes:sample')}
          </label>
        </div>
        <div class="pair">
          {languages.map((one) => (
            <LanguageTexts key={one} {...{ context, fields, faults, one }} />
          ))}
        </div>
        <div class="actions sticky">
          <button type="submit" name="verdict" value="preview">
            {t('article.preview')}
          </button>
          <button type="submit" class="primary" name="verdict" value="save">
            {t('article.publish')}
          </button>
        </div>
      </form>
      {history.length > 0 ? (
        <section class="group" aria-labelledby="history-title">
          <h2 id="history-title">{t('synonyms.history')}</h2>
          <ol class="rows">
            {history.map((change, place) => (
              <li key={change._id} class="row">
                <span class="row-head">
                  <strong>
                    {change.by === 'pack' ? t('synonyms.imported') : (names.get(change.by) ?? t('article.somebody'))}
                  </strong>
                  <time dateTime={change.at.toISOString()}>{formatMoment(change.at)}</time>
                </span>
                <span class="row-foot">
                  {changedFields(change, history[place + 1])
                    .map((field) => t(`programmes:field.${field}`))
                    .join(', ')}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </StaffLayout>
  );
};

/** Names of the fields that differ from the change before. */
const changedFields = (
  now: ProgrammeChangeDocument,
  before: ProgrammeChangeDocument | undefined,
): readonly string[] => {
  if (!before) return [];
  const [one, other]: Record<string, unknown>[] = [{ ...now.fields }, { ...before.fields }];
  return Object.keys({ ...one, ...other }).filter(
    (field) => JSON.stringify(one?.[field]) !== JSON.stringify(other?.[field]),
  );
};

interface LanguageTextsProps extends Pick<ProgrammePageProps, 'context' | 'fields' | 'faults'> {
  readonly one: 'kk' | 'ru';
}
const LanguageTexts = ({ context: { t }, fields, faults, one }: LanguageTextsProps) => {
  const line = (name: string, label: string, value: string) => (
    <Field name={`${name}${suffix[one]}`} label={label} faults={faults}>
      {(ties) => <input {...ties} lang={one} value={value} required />}
    </Field>
  );
  const box = (name: string, label: string, value: string, rows = 3, needed = true) => (
    <Field name={`${name}${suffix[one]}`} label={label} faults={faults}>
      {(ties) => (
        <textarea {...ties} lang={one} rows={rows} required={needed}>
          {value}
        </textarea>
      )}
    </Field>
  );
  return (
    <fieldset class="panel">
      <legend>{t(`language.${one}`)}</legend>
      {line('name', t('programmes:field.name'), fields.name[one])}
      {line('shortName', t('programmes:field.shortName'), fields.shortName[one])}
      {line('organiser', t('programmes:field.organiser'), fields.organiser[one])}
      {box('questions', t('programmes:field.questions'), (fields.questions?.[one] ?? []).join('\n'), 4, false)}
      <p class="muted small">{t('programmes:placeholders')}</p>
      {box('found', t('programmes:result.found'), fields.resultTexts.found[one])}
      {results.map((result) => (
        <div key={result} class="stack">
          {result === 'notFound'
            ? null
            : line(
                `statusName-${result}`,
                t('programmes:statusName', { status: t(`programmes:result.${result}`) }),
                fields.statusNames[result]?.[one] ?? '',
              )}
          {box(
            `result-${result}`,
            t('programmes:told', { status: t(`programmes:result.${result}`) }),
            fields.resultTexts[result][one],
          )}
          {box(
            `next-${result}`,
            t('programmes:next', { status: t(`programmes:result.${result}`) }),
            fields.nextSteps[result][one],
          )}
        </div>
      ))}
    </fieldset>
  );
};

/** What residents will read, for every status, with a day and a sum that stand for theirs. */
const ProgrammePreview = ({ context: { t }, fields }: Pick<ProgrammePageProps, 'context' | 'fields'>) => (
  <section class="preview pair" aria-label={t('article.preview')}>
    {languages.map((one) => {
      const values = (status: string) => ({
        amount: `${new Intl.NumberFormat('ru-RU').format(Number.isNaN(fields.amount) ? 0 : fields.amount)} ₸`,
        status: fields.statusNames[status as (typeof statuses)[number]]?.[one] ?? '',
        date: '20.04.2020',
        listDate: '23.04.2020',
        reason: fields.refusalReasons.unknown?.[one] ?? '',
        shortName: fields.shortName[one],
      });
      return (
        <div key={one} class="entry out bot">
          {results.map((result) => (
            <div key={result}>
              <span class="from">{t(`programmes:result.${result}`)}</span>
              <p class="words" lang={one}>
                {formatText(
                  `${fillTemplate(fields.resultTexts[result][one], values(result))}\n\n${fillTemplate(fields.nextSteps[result][one], values(result))}`,
                )}
              </p>
            </div>
          ))}
        </div>
      );
    })}
  </section>
);
