/** The editor of one article: saved as a draft, previewed, published. */
import type { ArticleFields } from '../../facts/articles/article-fields.js';
import type { ArticleView } from '../../facts/articles/articles.js';
import { withDots } from '../../inbound/masked.js';
import type { ControlFault } from './article-faults.js';
import { ArticleFieldsForm } from './article-fields.js';
import { FaultSummary, Preview } from './article-preview.js';
import { Marks } from './articles-page.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ArticleEditorPageProps {
  readonly context: PageContext;
  readonly article: ArticleView;
  readonly fields: ArticleFields;
  readonly preview: boolean;
  readonly faults: readonly ControlFault[];
  /** How residents asked for it lately, masked. */
  readonly asked: readonly string[];
}

export const ArticleEditorPage = ({ context, article, fields, preview, faults, asked }: ArticleEditorPageProps) => {
  const { t } = context;
  const title = fields.question[context.language] || article.id;
  return (
    <StaffLayout context={context} title={title}>
      <p class="crumbs">
        <a href="/staff/articles">← {t('nav.articles')}</a>
      </p>
      <h1>{title}</h1>
      <p class="row-head">
        <code>{article.id}</code> <Marks article={article} t={t} />
      </p>
      {article.published ? (
        <p>
          <a href={`/staff/corrections?article=${article.id}`}>{t('corrections:fix')}</a>
        </p>
      ) : null}
      <FaultSummary notice={context.notice} faults={faults} />
      {preview ? <Preview context={context} fields={fields} /> : null}
      <form method="post" action={`/staff/articles/${article.id}`} class="editor">
        <input type="hidden" name="version" value={article.version} />
        <ArticleFieldsForm t={t} fields={fields} faults={faults} />
        {asked.length > 0 ? (
          <details class="panel">
            <summary>{t('article.askedLately')}</summary>
            <ul class="asked">
              {asked.map((text) => (
                <li key={text}>{withDots(text)}</li>
              ))}
            </ul>
          </details>
        ) : null}
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
