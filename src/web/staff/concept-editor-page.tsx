/** The editor of one concept: its words side by side, what a change would do, and who changed it when. */
import type { ArticleView } from '../../facts/articles/articles.js';
import type { ConceptFields } from '../../facts/lexicon/concept-fields.js';
import { languages } from '../../language.js';
import type { ConceptChangeDocument } from '../../store/lexicon.js';
import type { Comparison } from '../../understand/compare.js';
import type { ControlFault } from './article-faults.js';
import { Field } from './article-fields.js';
import { FaultSummary } from './article-preview.js';
import { ComparisonPanel } from './comparison-panel.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

export interface ConceptEditorPageProps {
  readonly context: PageContext;
  /** Where the form goes: the concept's own address, or that of a new one. */
  readonly path: string;
  readonly fields: ConceptFields;
  /** As the editor started from; 0 for a new concept. */
  readonly version: number;
  readonly faults: readonly ControlFault[];
  readonly comparison?: Comparison | undefined;
  readonly articles: readonly ArticleView[];
  /** The latest first. */
  readonly history: readonly ConceptChangeDocument[];
  readonly names: ReadonlyMap<string, string>;
}
const suffix = { kk: 'Kk', ru: 'Ru' } as const;

export const ConceptEditorPage = (props: ConceptEditorPageProps) => {
  const { context, path, fields, version, faults, comparison, articles } = props;
  const { t, language } = context;
  const title = version === 0 ? t('synonyms.new') : fields.name[language];
  return (
    <StaffLayout context={context} title={title}>
      <p class="crumbs">
        <a href="/staff/synonyms">← {t('nav.synonyms')}</a>
      </p>
      <h1>{title}</h1>
      <FaultSummary notice={context.notice} faults={faults} />
      {comparison ? <ComparisonPanel context={context} articles={articles} comparison={comparison} /> : null}
      <form method="post" action={path} class="editor">
        <input type="hidden" name="version" value={version} />
        <div class="pair">
          {languages.map((one) => (
            <fieldset key={one} class="panel">
              <legend>{t(`language.${one}`)}</legend>
              <Field name={`name${suffix[one]}`} label={t('synonyms.name')} faults={faults}>
                {(ties) => <input {...ties} value={fields.name[one]} lang={one} required maxLength={80} />}
              </Field>
              <Field
                name={`words${suffix[one]}`}
                label={t('synonyms.words')}
                hint={t('synonyms.wordsHint')}
                faults={faults}
              >
                {(ties) => (
                  <textarea {...ties} rows={8} lang={one} autocapitalize="none" spellcheck={false}>
                    {fields.words[one].join('\n')}
                  </textarea>
                )}
              </Field>
            </fieldset>
          ))}
        </div>
        <p class="muted small">{t('synonyms.tryHint')}</p>
        <div class="actions sticky">
          <button type="submit" name="verdict" value="try">
            {t('synonyms.try')}
          </button>
          <button type="submit" class="primary" name="verdict" value="publish">
            {t('article.publish')}
          </button>
        </div>
      </form>
      {props.history.length > 0 ? <History {...props} /> : null}
    </StaffLayout>
  );
};

/** Words of a change by what became of them, compared with the change before it. */
const wordsOf = ({ words }: ConceptFields): readonly string[] => [...words.kk, ...words.ru];

const History = ({ context: { t }, history, names }: ConceptEditorPageProps) => (
  <section class="group" aria-labelledby="history-title">
    <h2 id="history-title">{t('synonyms.history')}</h2>
    <ol class="rows">
      {history.map(({ _id, at, by, action, fields }, place) => {
        const earlier = history[place + 1];
        const [now, then] = [wordsOf(fields), earlier ? wordsOf(earlier.fields) : []];
        const added = earlier ? now.filter((word) => !then.includes(word)) : [];
        const gone = then.filter((word) => !now.includes(word));
        return (
          <li key={_id} class="row">
            <span class="row-head">
              <strong>
                {action === 'imported' ? t('synonyms.imported') : (names.get(by) ?? t('article.somebody'))}
              </strong>
              <time dateTime={at.toISOString()}>{formatMoment(at)}</time>
            </span>
            {added.length > 0 ? <span class="row-foot">+ {added.join(', ')}</span> : null}
            {gone.length > 0 ? <span class="row-foot">− {gone.join(', ')}</span> : null}
          </li>
        );
      })}
    </ol>
  </section>
);
