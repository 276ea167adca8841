/** All articles: what is published, drafted, due for a review, or still sample content. */
import type { ArticleView } from '../../facts/articles/articles.js';
import { fieldsToEdit } from './article-form.js';
import { formatDay } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ArticlesPageProps {
  readonly context: PageContext;
  readonly articles: readonly ArticleView[];
}

export const ArticlesPage = ({ context, articles }: ArticlesPageProps) => {
  const { t } = context;
  const due = articles.filter((article) => article.needsReview || article.expired);
  const fine = articles.filter((article) => !article.needsReview && !article.expired);
  return (
    <StaffLayout context={context} title={t('nav.articles')}>
      <div class="head">
        <h1>{t('nav.articles')}</h1>
        <a class="button primary" href="/staff/new-article">
          {t('article.new')}
        </a>
      </div>
      <div id="articles" data-live-region>
        {due.length > 0 ? <ArticleList context={context} id="due" title={t('articles.due')} articles={due} /> : null}
        <ArticleList context={context} id="all" title={t('articles.all')} articles={fine} />
      </div>
    </StaffLayout>
  );
};

interface ArticleListProps extends ArticlesPageProps {
  readonly id: string;
  readonly title: string;
}
const ArticleList = ({ context: { t, language }, id, title, articles }: ArticleListProps) => (
  <section class="group" aria-labelledby={`list-${id}`}>
    <h2 id={`list-${id}`}>
      {title} <span class="count">{articles.length}</span>
    </h2>
    {articles.length === 0 ? <p class="empty">{t('articles.none')}</p> : null}
    <ul class="rows">
      {articles.map((article) => (
        <li key={article.id}>
          <a class="row" href={`/staff/articles/${article.id}`}>
            <span class="row-head">
              <strong>{fieldsToEdit(article).question[language]}</strong>
            </span>
            <span class="row-head">
              <Marks article={article} t={t} />
              <span class="mark">{t(`topic.${article.topic}`)}</span>
            </span>
            <span class="row-foot">
              <code>{article.id}</code> · {t('articles.reviewBy')} {formatDay(fieldsToEdit(article).reviewBy)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </section>
);

export const Marks = ({ article, t }: { readonly article: ArticleView; readonly t: PageContext['t'] }) => (
  <>
    {article.published ? <span class="mark mark-open">{t('articles.published')}</span> : null}
    {article.draft ? <span class="mark mark-restricted">{t('articles.draft')}</span> : null}
    {article.needsReview ? <span class="mark mark-urgent">{t('articles.needsReview')}</span> : null}
    {article.expired ? <span class="mark mark-urgent">{t('articles.expired')}</span> : null}
    {article.sample ? <span class="mark mark-sample">{t('sample')}</span> : null}
  </>
);
