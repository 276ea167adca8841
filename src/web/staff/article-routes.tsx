/** Articles: listed, edited, previewed, published. */
import type { Request, Response, Router } from 'express';
import { ArticleError, type ArticleErrorCode } from '../../facts/articles/article-error.js';
import type { ArticleFields } from '../../facts/articles/article-fields.js';
import type { Articles, ArticleView } from '../../facts/articles/articles.js';
import type { Identity } from '../identity/identity.js';
import { ArticleEditorPage } from './article-editor-page.js';
import { articleForm, fieldsOf, fieldsToEdit } from './article-form.js';
import { ArticlesPage } from './articles-page.js';
import { parseForm, pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { namesOf } from './ticket-routes.js';

export interface ArticleRoutesOptions {
  readonly identity: Identity;
  readonly articles: Pick<Articles, 'list' | 'find' | 'saveDraft' | 'publish'>;
}
const statuses: Record<ArticleErrorCode, number> = {
  'not-found': 404,
  stale: 409,
  'id-taken': 409,
  'no-draft': 409,
  invalid: 422,
};
const done = ['saved', 'published'] as const;

export const addArticleRoutes = (router: Router, { identity, articles }: ArticleRoutesOptions): void => {
  const sendEditor = (
    res: Response,
    status: number,
    article: ArticleView,
    shown: { fields?: ArticleFields; preview?: boolean; notice?: string; faults?: readonly string[] } = {},
  ): void => {
    const context = contextOf(res);
    const path = `/staff/articles/${article.id}`;
    sendPage(
      res,
      status,
      <ArticleEditorPage
        context={{ ...context, path, ...(shown.notice ? { notice: shown.notice } : {}) }}
        article={article}
        fields={shown.fields ?? fieldsToEdit(article)}
        preview={shown.preview ?? false}
        faults={shown.faults ?? []}
      />,
    );
  };

  router.get('/articles', async (_req: Request, res: Response) =>
    sendPage(res, 200, <ArticlesPage context={contextOf(res)} articles={await articles.list()} />),
  );
  router.get('/articles/:id', async (req: Request, res: Response) => {
    const article = await articles.find(pathId(req));
    const { t } = contextOf(res);
    if (!article) return renderMessage(res, 404, t('error.notFound'));
    const word = done.find((one) => one === req.query.done);
    sendEditor(res, 200, article, word ? { notice: t(`article.${word}`) } : {});
  });
  router.post('/articles/:id', async (req: Request, res: Response) => {
    const id = pathId(req);
    const form = parseForm(articleForm, req);
    const fields = fieldsOf(form);
    const by = staffOf(res).id;
    const { t } = contextOf(res);
    const article = await articles.find(id);
    if (!article) return renderMessage(res, 404, t('error.notFound'));
    if (form.verdict === 'preview') {
      // The version stays the one the editor started from: a preview must not make a stale edit look fresh.
      return sendEditor(res, 200, { ...article, version: form.version }, { fields, preview: true });
    }
    try {
      const saved = await articles.saveDraft(id, fields, by, form.version);
      if (form.verdict === 'publish') await articles.publish(id, by, saved.version);
      res.redirect(303, `/staff/articles/${id}?done=${form.verdict === 'publish' ? 'published' : 'saved'}`);
    } catch (error) {
      if (!(error instanceof ArticleError)) throw error;
      const names = await namesOf(identity);
      const notice = t(`articleError.${error.code}`, { name: names.get(error.by ?? '') ?? t('article.somebody') });
      const faults = error.faults.map(
        ({ field, code }) => `${t(`field.${field.split('.')[0]}`)}: ${t(`fault.${code}`)}`,
      );
      sendEditor(res, statuses[error.code], { ...article, version: form.version }, { fields, notice, faults });
    }
  });
};
