/** Articles: what residents are answered from. The published version and a draft stand side by side; every change is kept with who and when. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { ArticleFields } from '../facts/articles/article-fields.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { Origin, PackNote } from './origin.js';
import { inTransaction, type Session } from './session.js';

export interface ArticleDocument {
  _id: string;
  topic: string;
  /** Place in the order that residents and staff are shown. */
  position: number;
  published?: ArticleFields;
  draft?: ArticleFields;
  /** Raised by every change: a second editor's stale save is refused. */
  version: number;
  origin: Origin;
  sample: boolean;
  updatedAt: Date;
  /** Staff id, or `pack`. */
  updatedBy: string;
}
/** What the index learns from. */
interface IndexedDocument extends Pick<ArticleDocument, '_id'> {
  published: Pick<ArticleFields, 'question' | 'examples' | 'keywords'>;
}
const isPublished = { published: { $exists: true } };
/** One line of the article's history; never changed. */
export interface ArticleChangeDocument {
  _id: string;
  articleId: string;
  version: number;
  action: 'created' | 'drafted' | 'published' | 'discarded' | 'imported';
  by: string;
  at: Date;
  fields?: ArticleFields;
}

const { Mixed } = mongoose.Schema.Types;
const articleSchema = new mongoose.Schema<ArticleDocument>(
  {
    _id: { type: String, required: true },
    topic: { type: String, required: true },
    position: { type: Number, required: true },
    published: Mixed,
    draft: Mixed,
    version: { type: Number, required: true },
    origin: { type: Mixed, required: true },
    sample: { type: Boolean, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  },
  schemaOptions,
);
articleSchema.index({ 'published.topic': 1 });
const changeSchema = new mongoose.Schema<ArticleChangeDocument>(
  {
    _id: { type: String, required: true },
    articleId: { type: String, required: true },
    version: { type: Number, required: true },
    action: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    fields: Mixed,
  },
  schemaOptions,
);
changeSchema.index({ articleId: 1, version: -1 });

export type ArticleChange = Omit<ArticleChangeDocument, '_id' | 'articleId' | 'version'>;

export const createArticleRows = (connection: Connection) => {
  const articles = defineModel(connection, 'articles', articleSchema);
  const changes = defineModel(connection, 'article_changes', changeSchema);
  const record = (session: Session, articleId: string, version: number, change: ArticleChange) =>
    changes.create([{ _id: randomUUID(), articleId, version, ...change }], { session });
  return {
    models: [articles, changes],
    /** Gives articles from before sources stood in both languages the one text as both. Changes nothing the second time. */
    async upgrade(): Promise<void> {
      const bySource = (place: string) =>
        [
          { [`${place}.source`]: { $type: 'string' } },
          [{ $set: { [`${place}.source`]: { kk: `$${place}.source`, ru: `$${place}.source` } } }],
          { updatePipeline: true },
        ] as const;
      await Promise.all([
        articles.updateMany(...bySource('published')),
        articles.updateMany(...bySource('draft')),
        changes.updateMany(...bySource('fields')),
      ]);
    },
    find: (id: string): Promise<ArticleDocument | null> => articles.findById(id).lean<ArticleDocument | null>().exec(),
    all: (): Promise<ArticleDocument[]> =>
      articles.find().sort({ topic: 1, position: 1, _id: 1 }).lean<ArticleDocument[]>().exec(),
    published: (): Promise<ArticleDocument[]> =>
      articles.find(isPublished).sort({ position: 1, _id: 1 }).lean<ArticleDocument[]>().exec(),
    /** What the index learns from. A few documents at a time: a thousand at once would hold up who answers meanwhile. */
    indexed: (): Promise<IndexedDocument[]> =>
      articles
        .find(isPublished, { 'published.question': 1, 'published.examples': 1, 'published.keywords': 1 })
        .sort({ position: 1, _id: 1 })
        .batchSize(50)
        .lean<IndexedDocument[]>()
        .exec(),
    publishedIn: (topic: string): Promise<ArticleDocument[]> =>
      articles
        .find({ 'published.topic': topic } as object)
        .sort({ position: 1, _id: 1 })
        .lean<ArticleDocument[]>()
        .exec(),
    history: (articleId: string, limit: number): Promise<ArticleChangeDocument[]> =>
      changes.find({ articleId }).sort({ version: -1 }).limit(limit).lean<ArticleChangeDocument[]>().exec(),
    /** False where the id is taken. */
    async create(document: ArticleDocument, change: ArticleChange): Promise<boolean> {
      try {
        await inTransaction(connection, async (session) => {
          await articles.create([document], { session });
          await record(session, document._id, document.version, change);
        });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Changes the article if it still has `version`, which is raised by one; false when somebody was quicker. */
    change: (
      id: string,
      version: number,
      set: Partial<Omit<ArticleDocument, '_id' | 'version'>>,
      unset: readonly 'draft'[],
      change: ArticleChange,
    ): Promise<boolean> =>
      inTransaction(connection, async (session) => {
        const gone = Object.fromEntries(unset.map((field) => [field, 1]));
        const result = await articles.updateOne(
          { _id: id, version },
          { $set: set, $inc: { version: 1 }, ...(unset.length > 0 ? { $unset: gone } : {}) },
          { session },
        );
        if (result.matchedCount === 0) return false;
        await record(session, id, version + 1, change);
        return true;
      }),
    /** Whether there is one at all. */
    any: async (): Promise<boolean> => (await articles.exists({})) !== null,
    /** Part of an import's transaction. */
    readForImport: (session: Session): Promise<ArticleDocument[]> =>
      articles.find({}, null, { session }).lean<ArticleDocument[]>().exec(),
    async putFromImport(session: Session, documents: readonly ArticleDocument[], at: Date): Promise<void> {
      if (documents.length === 0) return;
      await articles.bulkWrite(
        documents.map((document) => ({
          replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
        })),
        { session },
      );
      const imported: ArticleChangeDocument[] = documents.map(({ _id, version, updatedBy, published }) => ({
        _id: randomUUID(),
        articleId: _id,
        version,
        action: 'imported',
        by: updatedBy,
        at,
        ...(published ? { fields: published } : {}),
      }));
      await changes.insertMany(imported, { session });
    },
    /** An import that found the same fields only notes that the pack knows them now. */
    async noteFromPack(session: Session, id: string, note: PackNote): Promise<void> {
      await articles.updateOne({ _id: id }, { $set: note }, { session });
    },
  };
};
export type ArticleRows = ReturnType<typeof createArticleRows>;
