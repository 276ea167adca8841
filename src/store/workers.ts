/** Which workers live: one document that each of them signs every second, so that they can share the conversations without asking around. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions, sweepComment } from './connect.js';

interface LivingDocument {
  _id: string;
  /** Milliseconds since the epoch, database's clock, until which a worker counts as living. */
  living: { worker: string; until: number }[];
}
const livingSchema = new mongoose.Schema<LivingDocument>(
  { _id: { type: String, required: true }, living: { type: mongoose.Schema.Types.Mixed, required: true } as never },
  schemaOptions,
);

export const createWorkers = (connection: Connection) => {
  const workers = defineModel(connection, 'workers', livingSchema);
  const signed = async (worker: string, forMs: number): Promise<readonly string[]> => {
    const nowMs = { $toLong: '$$NOW' };
    const others = {
      $filter: {
        input: { $ifNull: ['$living', []] },
        as: 'each',
        cond: { $and: [{ $gt: ['$$each.until', nowMs] }, { $ne: ['$$each.worker', worker] }] },
      },
    };
    const own = forMs > 0 ? [{ worker, until: { $add: [nowMs, forMs] } }] : [];
    const after = await workers
      .findOneAndUpdate({ _id: 'living' }, [{ $set: { living: { $concatArrays: [others, own] } } }], {
        upsert: true,
        returnDocument: 'after',
        updatePipeline: true,
        comment: sweepComment,
      })
      .lean<LivingDocument | null>();
    return (after?.living ?? []).map((each) => each.worker).sort();
  };
  return {
    models: [workers],
    /** Signs as living for so many milliseconds by the database's clock; gives all who live, in one order for everybody. */
    sign: (worker: string, forMs: number): Promise<readonly string[]> =>
      signed(worker, forMs).catch((error: unknown) => {
        // Two first workers made the document at once: by now it is there.
        if (!isDuplicateKey(error)) throw error;
        return signed(worker, forMs);
      }),
    /** Takes the name off, so that the others share its conversations at once. */
    leave: async (worker: string): Promise<void> => void (await signed(worker, 0)),
  };
};
