/** Articles: listed, made, edited, previewed, published. */
import type { Request, Response, Router } from 'express';
import type { Clocks } from '../../clock.js';
import { ArticleError, type ArticleErrorCode } from '../../facts/articles/article-error.js';
import type { ArticleFields } from '../../facts/articles/article-fields.js';
import type { Articles, ArticleView } from '../../facts/articles/articles.js';
import type { AskedLately } from '../../facts/articles/asked-lately.js';
import { dayAt, regionTimeZone } from '../../facts/day.js';
import type { Identity } from '../identity/identity.js';
import { ArticleEditorPage } from './article-editor-page.js';
import { type ControlFault, controlFaults } from './article-faults.js';
import { articleForm, fieldsOf, fieldsToEdit, newArticleForm, noFields } from './article-form.js';
import { ArticlesPage } from './articles-page.js';
import { parseForm, pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { NewArticlePage } from './new-article-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { namesOf } from './ticket-routes.js';

export interface ArticleRoutesOptions {
  readonly identity: Identity;
  readonly articles: Pick<Articles, 'list' | 'find' | 'create' | 'saveDraft' | 'publish'>;
  readonly clocks: Clocks;
  readonly askedLately: AskedLately;
}
const statuses: Record<ArticleErrorCode, number> = {
  'not-found': 404,
  stale: 409,
  'id-taken': 409,
  'no-draft': 409,
  invalid: 422,
};
const done = ['created', 'saved', 'published'] as const;

interface Shown {
  readonly fields?: ArticleFields;
  readonly preview?: boolean;
  readonly notice?: string;
  readonly faults?: readonly ControlFault[];
}

export const addArticleRoutes = (
  router: Router,
  { identity, articles, clocks, askedLately }: ArticleRoutesOptions,
): void => {
  const sendEditor = async (res: Response, status: number, article: ArticleView, shown: Shown = {}): Promise<void> => {
    const { fields = fieldsToEdit(article), preview = false, notice, faults = [] } = shown;
    const context = { ...contextOf(res), path: `/staff/articles/${article.id}`, ...(notice ? { notice } : {}) };
    const asked = await askedLately(article.id);
    sendPage(res, status, <ArticleEditorPage {...{ context, article, fields, preview, faults, asked }} />);
  };
  const sendNew = (res: Response, status: number, id: string, fields: ArticleFields, shown: Shown = {}): void => {
    const { preview = false, notice, faults = [] } = shown;
    const context = { ...contextOf(res), path: '/staff/new-article', ...(notice ? { notice } : {}) };
    sendPage(res, status, <NewArticlePage {...{ context, id, fields, preview, faults }} />);
  };
  /** What a refused form says above and beside its fields. */
  const refusalOf = async (res: Response, error: unknown): Promise<Shown & { readonly status: number }> => {
    if (!(error instanceof ArticleError)) throw error;
    const { t } = contextOf(res);
    const name = (await namesOf(identity)).get(error.by ?? '') ?? t('article.somebody');
    const faults = error.code === 'id-taken' ? [{ field: 'id', code: 'id-taken' }] : error.faults;
    return {
      status: statuses[error.code],
      notice: t(`articleError.${error.code}`, { name }),
      faults: controlFaults(faults, t),
    };
  };

  router.get('/articles', async (_req: Request, res: Response) =>
    sendPage(res, 200, <ArticlesPage context={contextOf(res)} articles={await articles.list()} />),
  );

  router.get('/new-article', (_req: Request, res: Response) => {
    const verifiedOn = dayAt(clocks.business.now(), regionTimeZone);
    sendNew(res, 200, '', { ...noFields, verifiedOn });
  });
  router.post('/new-article', async (req: Request, res: Response) => {
    const form = parseForm(newArticleForm, req);
    const fields = fieldsOf(form);
    if (form.verdict === 'preview') return sendNew(res, 200, form.id, fields, { preview: true });
    try {
      await articles.create(form.id, fields, staffOf(res).id);
      res.redirect(303, `/staff/articles/${form.id}?done=created`);
    } catch (error) {
      const { status, ...shown } = await refusalOf(res, error);
      sendNew(res, status, form.id, fields, shown);
    }
  });

  router.get('/articles/:id', async (req: Request, res: Response) => {
    const article = await articles.find(pathId(req));
    const { t } = contextOf(res);
    if (!article) return renderMessage(res, 404, t('error.notFound'));
    const word = done.find((one) => one === req.query.done);
    await sendEditor(res, 200, article, word ? { notice: t(`article.${word}`) } : {});
  });
  router.post('/articles/:id', async (req: Request, res: Response) => {
    const id = pathId(req);
    const form = parseForm(articleForm, req);
    const fields = fieldsOf(form);
    const by = staffOf(res).id;
    const found = await articles.find(id);
    if (!found) return renderMessage(res, 404, contextOf(res).t('error.notFound'));
    // The version stays the one the editor started from: a preview or a refusal must not make a stale edit look fresh.
    const article = { ...found, version: form.version };
    if (form.verdict === 'preview') return sendEditor(res, 200, article, { fields, preview: true });
    try {
      const saved = await articles.saveDraft(id, fields, by, form.version);
      if (form.verdict === 'publish') await articles.publish(id, by, saved.version);
      res.redirect(303, `/staff/articles/${id}?done=${form.verdict === 'publish' ? 'published' : 'saved'}`);
    } catch (error) {
      const { status, ...shown } = await refusalOf(res, error);
      await sendEditor(res, status, article, { ...shown, fields });
    }
  });
};
