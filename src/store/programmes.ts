/** Payment programmes and, beside each, the list of it that is in force now. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { ProgrammeFields } from '../facts/eligibility/programme-fields.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { Origin, PackNote } from './origin.js';
import type { ListDocument } from './recipients.js';
import { inTransaction, type Session } from './session.js';

export interface ProgrammeDocument {
  _id: string;
  fields: ProgrammeFields;
  sample: boolean;
  /** Place in the order of the pack, which is the order residents are shown. */
  position: number;
  version: number;
  origin: Origin;
  updatedAt: Date;
  updatedBy: string;
}
export interface ProgrammeWithList extends ProgrammeDocument {
  list?: ListDocument;
}

const programmeSchema = new mongoose.Schema<ProgrammeDocument>(
  {
    _id: { type: String, required: true },
    fields: { type: mongoose.Schema.Types.Mixed, required: true },
    sample: { type: Boolean, required: true },
    position: { type: Number, required: true },
    version: { type: Number, required: true },
    origin: { type: mongoose.Schema.Types.Mixed, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  },
  schemaOptions,
);

/** One line of a programme's history; never changed. */
export interface ProgrammeChangeDocument {
  _id: string;
  programmeId: string;
  version: number;
  by: string;
  at: Date;
  fields: ProgrammeFields;
  sample: boolean;
}
const changeSchema = new mongoose.Schema<ProgrammeChangeDocument>(
  {
    _id: { type: String, required: true },
    programmeId: { type: String, required: true },
    version: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    fields: { type: mongoose.Schema.Types.Mixed, required: true },
    sample: { type: Boolean, required: true },
  },
  schemaOptions,
);
changeSchema.index({ programmeId: 1, version: -1 });

export const createProgrammeRows = (connection: Connection) => {
  const programmes = defineModel(connection, 'programmes', programmeSchema);
  const changes = defineModel(connection, 'programme_changes', changeSchema);
  const record = (documents: readonly ProgrammeDocument[], session: Session) =>
    changes.insertMany(
      documents.map(({ _id, version, updatedBy, updatedAt, fields, sample }) => ({
        _id: randomUUID(),
        programmeId: _id,
        version,
        by: updatedBy,
        at: updatedAt,
        fields,
        sample,
      })),
      { session },
    );
  return {
    models: [programmes, changes],
    find: (id: string): Promise<ProgrammeDocument | null> =>
      programmes.findById(id).lean<ProgrammeDocument | null>().exec(),
    history: (programmeId: string, limit: number): Promise<ProgrammeChangeDocument[]> =>
      changes.find({ programmeId }).sort({ version: -1 }).limit(limit).lean<ProgrammeChangeDocument[]>().exec(),
    /** False where somebody was quicker, or the id of a new one (version 1) is taken. */
    async put(document: ProgrammeDocument): Promise<boolean> {
      try {
        return await inTransaction(connection, async (session) => {
          if (document.version === 1) await programmes.create([document], { session });
          else {
            const before = { _id: document._id, version: document.version - 1 };
            const { matchedCount } = await programmes.replaceOne(before, document, { session });
            if (matchedCount === 0) return false;
          }
          await record([document], session);
          return true;
        });
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    all: (): Promise<ProgrammeDocument[]> =>
      programmes.find().sort({ position: 1, _id: 1 }).lean<ProgrammeDocument[]>().exec(),
    /** All programmes in their order, each with its list, in one round trip. */
    async withLists(): Promise<ProgrammeWithList[]> {
      const found = await programmes.aggregate<ProgrammeDocument & { lists: ListDocument[] }>([
        { $lookup: { from: 'lists', localField: '_id', foreignField: '_id', as: 'lists' } },
        { $sort: { position: 1, _id: 1 } },
      ]);
      return found.map(({ lists, ...programme }) => ({ ...programme, ...(lists[0] ? { list: lists[0] } : {}) }));
    },
    /** Whether there is one at all. */
    any: async (): Promise<boolean> => (await programmes.exists({})) !== null,
    readForImport: (session: Session): Promise<ProgrammeDocument[]> =>
      programmes.find({}, null, { session }).lean<ProgrammeDocument[]>().exec(),
    async putFromImport(session: Session, documents: readonly ProgrammeDocument[]): Promise<void> {
      if (documents.length === 0) return;
      await programmes.bulkWrite(
        documents.map((document) => ({
          replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
        })),
        { session },
      );
      await record(documents, session);
    },
    async noteFromPack(session: Session, id: string, note: PackNote): Promise<void> {
      await programmes.updateOne({ _id: id }, { $set: note }, { session });
    },
  };
};
export type ProgrammeRows = ReturnType<typeof createProgrammeRows>;
