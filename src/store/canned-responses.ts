/** Canned responses: answers that staff keep ready under a shortcut, in both languages. */
import mongoose from 'mongoose';
import type { CannedFields } from '../facts/canned/canned-fields.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

export interface CannedDocument extends CannedFields {
  _id: string;
  /** Raised by every change: a stale one is refused. */
  version: number;
  changedBy: string;
  changedAt: Date;
}
export type CannedOutcome = 'saved' | 'stale' | 'shortcut-taken';

const { Mixed } = mongoose.Schema.Types;
const cannedSchema = new mongoose.Schema<CannedDocument>(
  {
    _id: { type: String, required: true },
    shortcut: { type: String, required: true },
    text: { type: Mixed, required: true } as never,
    queue: String,
    version: { type: Number, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  schemaOptions,
);
cannedSchema.index({ shortcut: 1 }, { unique: true });

/** Most that are kept: more than anybody remembers, and still one quick page. */
export const mostCanned = 300;

export const createCannedRows = (connection: Connection) => {
  const canned = defineModel(connection, 'canned_responses', cannedSchema);
  return {
    models: [canned],
    /** In the order of their shortcuts. */
    all: (): Promise<CannedDocument[]> =>
      canned.find().sort({ shortcut: 1 }).limit(mostCanned).lean<CannedDocument[]>().exec(),
    find: (id: string): Promise<CannedDocument | null> => canned.findById(id).lean<CannedDocument | null>().exec(),
    /** Writes it if it still stands at `version` (0: there is none yet). */
    async save(
      id: string,
      version: number,
      { shortcut, text, queue }: CannedFields,
      by: Pick<CannedDocument, 'changedBy' | 'changedAt'>,
    ): Promise<CannedOutcome> {
      try {
        if (version === 0) {
          await canned.create([{ _id: id, shortcut, text, ...(queue ? { queue } : {}), ...by, version: 1 }]);
          return 'saved';
        }
        const { matchedCount } = await canned.updateOne(
          { _id: id, version },
          {
            $set: { shortcut, text, ...(queue ? { queue } : {}), ...by, version: version + 1 },
            ...(queue ? {} : { $unset: { queue: 1 } }),
          },
        );
        return matchedCount === 1 ? 'saved' : 'stale';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await canned.exists({ _id: id, version: { $ne: version } })) ? 'stale' : 'shortcut-taken';
      }
    },
    /** False where it is gone or was changed since. */
    remove: async (id: string, version: number): Promise<boolean> =>
      (await canned.deleteOne({ _id: id, version })).deletedCount === 1,
  };
};
