/** The lexicon's concepts, and every change to one with who and when. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { ConceptFields } from '../facts/lexicon/concept-fields.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Origin, PackNote } from './origin.js';
import type { Session } from './session.js';

export interface ConceptDocument {
  _id: string;
  fields: ConceptFields;
  /** Place in the order that staff are shown. */
  position: number;
  /** Raised by every change: a second editor's stale change is refused. */
  version: number;
  origin: Origin;
  updatedAt: Date;
  /** Staff id, or `pack`. */
  updatedBy: string;
}
/** One line of the lexicon's history; never changed. */
export interface ConceptChangeDocument {
  _id: string;
  /**
   * Runs through all concepts. Two changes at once would get the same and one of them has to begin again: so the rules between
   * concepts hold, which no version of a single one could promise.
   */
  revision: number;
  conceptId: string;
  version: number;
  action: 'created' | 'changed' | 'imported';
  by: string;
  at: Date;
  fields: ConceptFields;
}

const { Mixed } = mongoose.Schema.Types;
const conceptSchema = new mongoose.Schema<ConceptDocument>(
  {
    _id: { type: String, required: true },
    fields: { type: Mixed, required: true } as never,
    position: { type: Number, required: true },
    version: { type: Number, required: true },
    origin: { type: Mixed, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  },
  schemaOptions,
);
const changeSchema = new mongoose.Schema<ConceptChangeDocument>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    conceptId: { type: String, required: true },
    version: { type: Number, required: true },
    action: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    fields: { type: Mixed, required: true } as never,
  },
  schemaOptions,
);
changeSchema.index({ revision: 1 }, { unique: true });
changeSchema.index({ conceptId: 1, version: -1 });

export const createLexiconRows = (connection: Connection) => {
  const concepts = defineModel(connection, 'lexicon', conceptSchema);
  const changes = defineModel(connection, 'lexicon_changes', changeSchema);
  const inOrder = { position: 1, _id: 1 } as const;
  const record = async (
    session: Session,
    action: ConceptChangeDocument['action'],
    documents: readonly ConceptDocument[],
  ): Promise<void> => {
    const last = await changes.findOne({}, { revision: 1 }, { session }).sort({ revision: -1 }).lean();
    const lines = documents.map(
      ({ _id: conceptId, version, updatedBy: by, updatedAt: at, fields }, place): ConceptChangeDocument => ({
        _id: randomUUID(),
        revision: (last?.revision ?? 0) + 1 + place,
        conceptId,
        version,
        action,
        by,
        at,
        fields,
      }),
    );
    await changes.insertMany(lines, { session });
  };
  return {
    models: [concepts, changes],
    find: (id: string): Promise<ConceptDocument | null> => concepts.findById(id).lean<ConceptDocument | null>().exec(),
    all: (): Promise<ConceptDocument[]> => concepts.find().sort(inOrder).lean<ConceptDocument[]>().exec(),
    /** Part of a change's or an import's transaction. */
    allInside: (session: Session): Promise<ConceptDocument[]> =>
      concepts.find({}, null, { session }).sort(inOrder).lean<ConceptDocument[]>().exec(),
    /** Writes a concept as it is to be from now on, with its line of history. */
    async put(session: Session, document: ConceptDocument, action: 'created' | 'changed'): Promise<void> {
      await concepts.replaceOne({ _id: document._id }, document, { session, upsert: true });
      await record(session, action, [document]);
    },
    history: (conceptId: string, limit: number): Promise<ConceptChangeDocument[]> =>
      changes.find({ conceptId }).sort({ version: -1 }).limit(limit).lean<ConceptChangeDocument[]>().exec(),
    /** Whether there is one at all. */
    any: async (): Promise<boolean> => (await concepts.exists({})) !== null,
    async putFromImport(session: Session, documents: readonly ConceptDocument[]): Promise<void> {
      if (documents.length === 0) return;
      await concepts.bulkWrite(
        documents.map((document) => ({
          replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
        })),
        { session },
      );
      await record(session, 'imported', documents);
    },
    async noteFromPack(session: Session, id: string, note: PackNote): Promise<void> {
      await concepts.updateOne({ _id: id }, { $set: note }, { session });
    },
  };
};
export type LexiconRows = ReturnType<typeof createLexiconRows>;
