/** Who asked to be told when a new list changes their answer: by the IIN's keyed hash, until they were told, said стоп, or half a year passed. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export interface WatchDocument {
  /** `${contactId}:${programmeId}:${iinHmac}`: asked twice is asked once. */
  _id: string;
  contactId: string;
  programmeId: string;
  iinHmac: string;
  /** Name of the key that this hash is made under, and the hash under the key before it. */
  key?: string;
  formerHmac?: string;
  /** How the person stood when they were told last: a status, or `not-listed`. */
  seen: string;
  /** The batch that said so; another one in force is to be looked into. */
  seenBatch: string;
  createdAt: Date;
  expiresAt: Date;
}
const watchSchema = new mongoose.Schema<WatchDocument>(
  {
    _id: { type: String, required: true },
    contactId: { type: String, required: true },
    programmeId: { type: String, required: true },
    iinHmac: { type: String, required: true },
    key: String,
    formerHmac: String,
    seen: { type: String, required: true },
    seenBatch: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
watchSchema.index({ programmeId: 1, seenBatch: 1 });
watchSchema.index({ contactId: 1 });
watchSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createWatches = (connection: Connection) => {
  const watches = defineModel(connection, 'watches', watchSchema);
  return {
    models: [watches],
    async put(session: Session, documents: readonly WatchDocument[]): Promise<void> {
      for (const document of documents) {
        await watches.replaceOne({ _id: document._id }, document, { upsert: true, session });
      }
    },
    async removeOf(session: Session, contactId: string): Promise<void> {
      await watches.deleteMany({ contactId }, { session });
    },
    of: (contactId: string): Promise<WatchDocument[]> => watches.find({ contactId }).lean<WatchDocument[]>().exec(),
    /** Those who were told of another batch than this one. */
    behind: (programmeId: string, batch: string, limit: number): Promise<WatchDocument[]> =>
      watches
        .find({ programmeId, seenBatch: { $ne: batch } })
        .limit(limit)
        .lean<WatchDocument[]>()
        .exec(),
    /** Hashes that are not made under this key. */
    async hashesUnderOther(key: string): Promise<ReadonlySet<string>> {
      return new Set<string>(await watches.distinct('iinHmac', { key: { $ne: key } }));
    },
    /** The person is known under the new key from now on, and under the old one as well. */
    async rekey(key: string, hashes: readonly { readonly from: string; readonly to: string }[]): Promise<void> {
      for (const { from, to } of hashes) {
        await watches.updateMany({ iinHmac: from }, { $set: { iinHmac: to, formerHmac: from, key } });
      }
    },
    underOther: (key: string): Promise<number> => watches.countDocuments({ key: { $ne: key } }).exec(),
    async removeUnderOther(key: string): Promise<void> {
      await watches.deleteMany({ key: { $ne: key } });
    },
    /** The person stands so now; false where another process was first. Without `seen` they are watched no longer. */
    async settle(session: Session, { _id, seenBatch }: WatchDocument, batch: string, seen?: string): Promise<boolean> {
      const before = { _id, seenBatch };
      if (seen === undefined) return (await watches.deleteOne(before, { session })).deletedCount > 0;
      return (await watches.updateOne(before, { $set: { seen, seenBatch: batch } }, { session })).matchedCount > 0;
    },
  };
};
export type Watches = ReturnType<typeof createWatches>;
