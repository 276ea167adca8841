/** The lexicon: listed and searched, changed, tried on residents' latest messages, published. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Articles } from '../../facts/articles/articles.js';
import type { ConceptFields } from '../../facts/lexicon/concept-fields.js';
import { type Lexicon, LexiconError, type LexiconErrorCode } from '../../facts/lexicon/lexicon.js';
import { searchConcepts } from '../../facts/lexicon/search-concepts.js';
import type { TryLexicon } from '../../inbound/try-lexicon.js';
import type { Identity } from '../identity/identity.js';
import { ConceptEditorPage, type ConceptEditorPageProps } from './concept-editor-page.js';
import { conceptFaults, conceptFieldsOf, conceptForm, noConcept } from './concept-form.js';
import { parseForm, pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { SynonymsPage } from './synonyms-page.js';
import { namesOf } from './ticket-routes.js';

export interface SynonymRoutesOptions {
  readonly identity: Identity;
  readonly lexicon: Pick<Lexicon, 'list' | 'find' | 'history' | 'materialWith' | 'publish'>;
  readonly tryLexicon: TryLexicon;
  readonly articles: Pick<Articles, 'list'>;
}
const statuses: Record<LexiconErrorCode, number> = { 'not-found': 404, stale: 409, invalid: 422 };
const query = z.string().trim().max(100).catch('');

export const addSynonymRoutes = (router: Router, options: SynonymRoutesOptions): void => {
  const { identity, lexicon, tryLexicon, articles } = options;

  type Shown = Partial<Pick<ConceptEditorPageProps, 'faults' | 'comparison'>> & {
    readonly notice?: string | undefined;
  };
  /** @param id of the concept; undefined for a new one */
  const sendEditor = async (
    res: Response,
    status: number,
    id: string | undefined,
    fields: ConceptFields,
    version: number,
    { faults = [], comparison, notice }: Shown = {},
  ): Promise<void> => {
    const path = id === undefined ? '/staff/new-concept' : `/staff/synonyms/${id}`;
    const context = { ...contextOf(res), path, ...(notice === undefined ? {} : { notice }) };
    const [names, history, listed] = await Promise.all([
      namesOf(identity),
      id === undefined ? [] : lexicon.history(id),
      comparison ? articles.list() : [],
    ]);
    sendPage(
      res,
      status,
      <ConceptEditorPage
        {...{ context, path, fields, version, faults, comparison, history, names, articles: listed }}
      />,
    );
  };

  /** Tries or publishes what was posted; a refusal is told on the same page, with what was typed still there. */
  const take = async (req: Request, res: Response, id: string | undefined): Promise<void> => {
    const form = parseForm(conceptForm, req);
    const fields = conceptFieldsOf(form);
    const { t } = contextOf(res);
    const ownId = id ?? `own-${randomUUID().slice(0, 8)}`;
    try {
      if (form.verdict === 'try') {
        const comparison = await tryLexicon(await lexicon.materialWith(ownId, fields));
        return await sendEditor(res, 200, id, fields, form.version, { comparison });
      }
      await lexicon.publish(ownId, fields, staffOf(res).id, form.version);
      res.redirect(303, `/staff/synonyms/${ownId}?done=published`);
    } catch (error) {
      if (!(error instanceof LexiconError)) throw error;
      const name = (await namesOf(identity)).get(error.by ?? '') ?? t('article.somebody');
      const notice = t(`lexiconError.${error.code}`, { name });
      const faults = conceptFaults(error.faults, contextOf(res));
      await sendEditor(res, statuses[error.code], id, fields, form.version, { notice, faults });
    }
  };

  router.get('/synonyms', async (req: Request, res: Response) => {
    const words = query.parse(req.query.q ?? '');
    const path = words === '' ? '/staff/synonyms' : `/staff/synonyms?q=${encodeURIComponent(words)}`;
    const concepts = searchConcepts(await lexicon.list(), words);
    sendPage(res, 200, <SynonymsPage context={{ ...contextOf(res), path }} query={words} concepts={concepts} />);
  });
  router.get('/new-concept', (_req: Request, res: Response) => sendEditor(res, 200, undefined, noConcept, 0));
  router.post('/new-concept', (req: Request, res: Response) => take(req, res, undefined));
  router.get('/synonyms/:id', async (req: Request, res: Response) => {
    const concept = await lexicon.find(pathId(req));
    const { t } = contextOf(res);
    if (!concept) return renderMessage(res, 404, t('error.notFound'));
    const notice = req.query.done === 'published' ? t('synonyms.published') : undefined;
    await sendEditor(res, 200, concept.id, concept, concept.version, { notice });
  });
  router.post('/synonyms/:id', async (req: Request, res: Response) => {
    const id = pathId(req);
    if (!(await lexicon.find(id))) return renderMessage(res, 404, contextOf(res).t('error.notFound'));
    await take(req, res, id);
  });
};
