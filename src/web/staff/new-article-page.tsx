/** A new article: its id, which stays, and its first draft; publishing is the editor's. */
import { type ArticleFields, longest } from '../../facts/articles/article-fields.js';
import type { ControlFault } from './article-faults.js';
import { ArticleFieldsForm, Field } from './article-fields.js';
import { FaultSummary, Preview } from './article-preview.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface NewArticlePageProps {
  readonly context: PageContext;
  readonly id: string;
  readonly fields: ArticleFields;
  readonly preview: boolean;
  readonly faults: readonly ControlFault[];
}

export const NewArticlePage = ({ context, id, fields, preview, faults }: NewArticlePageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('article.new')}>
      <p class="crumbs">
        <a href="/staff/articles">← {t('nav.articles')}</a>
      </p>
      <h1>{t('article.new')}</h1>
      <FaultSummary notice={context.notice} faults={faults} />
      {preview ? <Preview context={context} fields={fields} /> : null}
      <form method="post" action="/staff/new-article" class="editor">
        <div class="panel">
          <Field name="id" label={t('article.id')} hint={t('article.idHint', { limit: longest.id })} faults={faults}>
            {(ties) => (
              <input
                {...ties}
                value={id}
                required
                pattern="[a-z0-9]+(-[a-z0-9]+)*"
                maxLength={longest.id}
                title={t('fault.bad-id')}
                autocapitalize="none"
                autocomplete="off"
                spellcheck={false}
                placeholder="mask-rule"
              />
            )}
          </Field>
        </div>
        <ArticleFieldsForm t={t} fields={fields} faults={faults} />
        <div class="actions sticky">
          <button type="submit" name="verdict" value="preview">
            {t('article.preview')}
          </button>
          <button type="submit" class="primary" name="verdict" value="create">
            {t('article.create')}
          </button>
        </div>
      </form>
    </StaffLayout>
  );
};
