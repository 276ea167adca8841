/** The editor of one article: Kazakh and Russian side by side, saved as a draft, previewed, published. */
import type { ArticleFields } from '../../facts/articles/article-fields.js';
import { longestAnswer, topics } from '../../facts/articles/article-fields.js';
import type { ArticleView } from '../../facts/articles/articles.js';
import { type Language, languages } from '../../language.js';
import { formatText } from '../format-text.js';
import { Marks } from './articles-page.js';
import { formatDay } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ArticleEditorPageProps {
  readonly context: PageContext;
  readonly article: ArticleView;
  readonly fields: ArticleFields;
  readonly preview: boolean;
  /** Sentences about what cannot be kept so. */
  readonly faults: readonly string[];
}
const suffix = { kk: 'Kk', ru: 'Ru' } as const;

export const ArticleEditorPage = ({ context, article, fields, preview, faults }: ArticleEditorPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={fields.question[context.language] || article.id}>
      <p class="crumbs">
        <a href="/staff/articles">← {t('nav.articles')}</a>
      </p>
      <h1>{fields.question[context.language] || article.id}</h1>
      <p class="row-head">
        <code>{article.id}</code> <Marks article={article} t={t} />
      </p>
      {context.notice || faults.length > 0 ? (
        <div class="notice" role="alert">
          {context.notice ? <p>{context.notice}</p> : null}
          {faults.length > 0 ? (
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      {preview ? <Preview context={context} fields={fields} /> : null}
      <form method="post" action={`/staff/articles/${article.id}`} class="editor">
        <input type="hidden" name="version" value={article.version} />
        <div class="pair">
          {languages.map((language) => (
            <LanguageFields key={language} t={t} language={language} fields={fields} />
          ))}
        </div>
        <div class="panel grid">
          <label>
            {t('article.topic')}
            <select name="topic">
              {topics.map((topic) => (
                <option key={topic} value={topic} selected={topic === fields.topic}>
                  {t(`topic.${topic}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('article.verifiedOn')}
            <input type="date" name="verifiedOn" value={fields.verifiedOn} required />
          </label>
          <label>
            {t('article.reviewBy')}
            <input type="date" name="reviewBy" value={fields.reviewBy} required />
          </label>
          <label>
            {t('article.validUntil')}
            <input type="date" name="validUntil" value={fields.validUntil ?? ''} />
          </label>
          <label class="wide">
            {t('article.source')}
            <input name="source" value={fields.source} required />
          </label>
          <label class="wide">
            {t('article.keywords')}
            <textarea name="keywords" rows={2}>
              {fields.keywords.join(', ')}
            </textarea>
          </label>
        </div>
        <div class="actions sticky">
          <button type="submit" name="verdict" value="save">
            {t('article.save')}
          </button>
          <button type="submit" name="verdict" value="preview">
            {t('article.preview')}
          </button>
          <button type="submit" class="primary" name="verdict" value="publish">
            {t('article.publish')}
          </button>
        </div>
      </form>
    </StaffLayout>
  );
};

interface LanguageFieldsProps {
  readonly t: PageContext['t'];
  readonly language: Language;
  readonly fields: ArticleFields;
}
const LanguageFields = ({ t, language, fields }: LanguageFieldsProps) => (
  <fieldset class="panel">
    <legend>{t(`language.${language}`)}</legend>
    <label>
      {t('article.question')}
      <input name={`question${suffix[language]}`} value={fields.question[language]} lang={language} required />
    </label>
    <label for={`answer-${language}`}>{t('article.answer')}</label>
    <textarea
      id={`answer-${language}`}
      name={`answer${suffix[language]}`}
      rows={12}
      lang={language}
      required
      data-limit={longestAnswer}
      aria-describedby={`answer-${language}-length`}
    >
      {fields.answer[language]}
    </textarea>
    <p id={`answer-${language}-length`} class="length">{`${[...fields.answer[language]].length} / ${longestAnswer}`}</p>
    <label>
      {t('article.examples')}
      <textarea name={`examples${suffix[language]}`} rows={5} lang={language}>
        {fields.examples[language].join('\n')}
      </textarea>
    </label>
  </fieldset>
);

/** As residents will see it. */
const Preview = ({ context: { t }, fields }: { readonly context: PageContext; readonly fields: ArticleFields }) => (
  <section class="preview pair" aria-label={t('article.preview')}>
    {languages.map((language) => (
      <div key={language} class="entry out bot">
        <span class="from">{fields.question[language]}</span>
        <p class="words" lang={language}>
          {formatText(fields.answer[language])}
        </p>
        <span class="meta">
          {formatDay(fields.verifiedOn)} · {fields.source}
        </span>
      </div>
    ))}
  </section>
);
