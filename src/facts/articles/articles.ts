/** The room of articles: gives the bot what is published now, and editors a draft, a check and a history. */
import type { Clocks } from '../../clock.js';
import type { ArticleAnswer, Topic } from '../../dialogue/fact-requests.js';
import type { ArticleChangeDocument, ArticleDocument, ArticleRows } from '../../store/articles.js';
import type { ArticleFacts } from '../contract.js';
import { dayAt, regionTimeZone } from '../day.js';
import { ArticleError, type FieldFault } from './article-error.js';
import { type ArticleFields, articleFields, contentId } from './article-fields.js';

export interface ArticleView {
  readonly id: string;
  readonly topic: Topic;
  readonly published?: ArticleFields;
  readonly draft?: ArticleFields;
  /** To be handed back with the next save. */
  readonly version: number;
  /** The promised review is due; residents still get the answer. */
  readonly needsReview: boolean;
  /** Past its end date: residents get no answer from it. */
  readonly expired: boolean;
  readonly sample: boolean;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** Articles that staff add stand after those of the pack. */
const lastPosition = 1_000_000;

/** @throws ArticleError `invalid` with every fault: those found before and those of the fields. */
const checked = (fields: ArticleFields, before: readonly FieldFault[] = []): ArticleFields => {
  const result = articleFields.safeParse(fields);
  if (result.success && before.length === 0) return result.data as ArticleFields;
  const faults = (result.error?.issues ?? []).map(({ path, code, message }) => ({
    field: path.join('.'),
    code: code === 'custom' || ['empty', 'too-many'].includes(message) ? message : 'wrong-form',
  }));
  throw new ArticleError('invalid', [...before, ...faults]);
};

const toAnswer = (id: string, fields: ArticleFields): ArticleAnswer => ({
  id,
  topic: fields.topic,
  question: fields.question,
  answer: fields.answer,
  source: fields.source,
  verifiedOn: fields.verifiedOn,
  reviewBy: fields.reviewBy,
  ...(fields.validUntil === undefined ? {} : { validUntil: fields.validUntil }),
});

export interface ArticlesParts {
  readonly store: { readonly articles: ArticleRows };
  readonly clocks: Clocks;
  readonly timeZone?: string;
}

export const createArticles = ({ store: { articles }, clocks, timeZone = regionTimeZone }: ArticlesParts) => {
  const today = (): string => dayAt(clocks.business.now(), timeZone);
  const isExpired = (fields: ArticleFields, day: string): boolean =>
    fields.validUntil !== undefined && fields.validUntil < day;
  const answers = (documents: readonly ArticleDocument[]): ArticleAnswer[] => {
    const day = today();
    return documents.flatMap(({ _id, published }) =>
      published && !isExpired(published, day) ? [toAnswer(_id, published)] : [],
    );
  };
  const view = (document: ArticleDocument): ArticleView => {
    const { _id: id, published, draft, version, sample, updatedAt, updatedBy } = document;
    const day = today();
    return {
      id,
      topic: document.topic as Topic,
      ...(published ? { published } : {}),
      ...(draft ? { draft } : {}),
      version,
      needsReview: published !== undefined && published.reviewBy < day,
      expired: published !== undefined && isExpired(published, day),
      sample,
      updatedAt,
      updatedBy,
    };
  };
  const mustFind = async (id: string): Promise<ArticleDocument> => {
    const document = await articles.find(id);
    if (!document) throw new ArticleError('not-found');
    return document;
  };
  const orStale = async (id: string, changed: boolean): Promise<ArticleView> => {
    const now = await mustFind(id);
    if (!changed) throw new ArticleError('stale', [], now.updatedBy);
    return view(now);
  };

  const facts: ArticleFacts = {
    async published(id) {
      const document = await articles.find(id);
      return document ? (answers([document])[0] ?? null) : null;
    },
    publishedByTopic: async (topic) => answers(await articles.publishedIn(topic)),
    // An expired article's question is still understood: what silences it is that nothing is answered from it.
    indexMaterial: async () =>
      (await articles.indexed()).map(({ _id: id, published: { question, examples, keywords } }) => ({
        id,
        question,
        examples,
        keywords,
      })),
  };
  return {
    ...facts,
    list: async (): Promise<readonly ArticleView[]> => (await articles.all()).map(view),
    async find(id: string): Promise<ArticleView | null> {
      const document = await articles.find(id);
      return document ? view(document) : null;
    },
    history: (id: string): Promise<readonly ArticleChangeDocument[]> => articles.history(id, 100),
    /**
     * A new article, as a draft.
     * @throws ArticleError invalid, id-taken
     */
    async create(id: string, fields: ArticleFields, by: string): Promise<ArticleView> {
      const draft = checked(fields, contentId.safeParse(id).success ? [] : [{ field: 'id', code: 'bad-id' }]);
      const at = clocks.real.now();
      const document: ArticleDocument = {
        _id: id,
        topic: draft.topic,
        position: lastPosition,
        draft,
        version: 1,
        origin: { pack: false },
        sample: false,
        updatedAt: at,
        updatedBy: by,
      };
      if (!(await articles.create(document, { action: 'created', by, at, fields: draft })))
        throw new ArticleError('id-taken');
      return view(document);
    },
    /**
     * Keeps an editor's draft; residents see nothing of it yet.
     * @param version as the editor saw it
     * @throws ArticleError invalid, not-found, stale (somebody saved in between)
     */
    async saveDraft(id: string, fields: ArticleFields, by: string, version: number): Promise<ArticleView> {
      const draft = checked(fields);
      const at = clocks.real.now();
      const set = { draft, topic: draft.topic, updatedAt: at, updatedBy: by };
      return orStale(id, await articles.change(id, version, set, [], { action: 'drafted', by, at, fields: draft }));
    },
    /**
     * Makes the draft the answer from the next message on, in every process.
     * @throws ArticleError not-found, no-draft, stale, invalid
     */
    async publish(id: string, by: string, version: number): Promise<ArticleView> {
      const { draft, version: current, updatedBy } = await mustFind(id);
      if (current !== version) throw new ArticleError('stale', [], updatedBy);
      if (!draft) throw new ArticleError('no-draft');
      const published = checked(draft);
      const at = clocks.real.now();
      const set = { published, topic: published.topic, updatedAt: at, updatedBy: by };
      const change = { action: 'published' as const, by, at, fields: published };
      return orStale(id, await articles.change(id, version, set, ['draft'], change));
    },
    /** Puts the draft aside; the history keeps it. */
    async discardDraft(id: string, by: string, version: number): Promise<ArticleView> {
      const { draft, published } = await mustFind(id);
      if (!draft) throw new ArticleError('no-draft');
      const at = clocks.real.now();
      const set = { updatedAt: at, updatedBy: by, ...(published ? { topic: published.topic } : {}) };
      return orStale(id, await articles.change(id, version, set, ['draft'], { action: 'discarded', by, at }));
    },
  };
};
export type Articles = ReturnType<typeof createArticles>;
