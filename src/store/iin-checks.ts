/** Who asked about how many different IINs lately: what the throttle on fishing counts by. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

interface IinCheckDocument {
  /** `contact:…` or `birth:…`. */
  _id: string;
  /** The different IINs asked about within the window, oldest first: when (ms since the epoch) and the hash's beginning. */
  asked: { at: number; mark: string }[];
  granted: boolean;
  expiresAt: Date;
}
const iinCheckSchema = new mongoose.Schema<IinCheckDocument>(
  {
    _id: { type: String, required: true },
    asked: { type: mongoose.Schema.Types.Mixed, required: true } as never,
    granted: { type: Boolean, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
iinCheckSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface CheckTurn {
  readonly granted: boolean;
  /** When a turn is free again (ms since the epoch); the moment asked where it was granted. */
  readonly freeAt: number;
}

export const createIinChecks = (connection: Connection) => {
  const checks = defineModel(connection, 'iin_checks', iinCheckSchema);
  return {
    models: [checks],
    /**
     * Takes one of `limit` turns within the last `windowMs`, atomically. The same IIN again costs no second turn: who asks daily how
     * their own payment stands is no fisher. A refused try leaves the count as it is.
     */
    async take(
      subject: string,
      mark: string,
      { now, windowMs, limit }: { readonly now: number; readonly windowMs: number; readonly limit: number },
    ): Promise<CheckTurn> {
      const recent = {
        $filter: { input: { $ifNull: ['$asked', []] }, as: 'turn', cond: { $gt: ['$$turn.at', now - windowMs] } },
      };
      // Not every engine reads `$asked.mark` as the marks of all.
      const known = { $in: [{ $literal: mark }, { $map: { input: '$asked', as: 'turn', in: '$$turn.mark' } }] };
      const room = { $lt: [{ $size: '$asked' }, limit] };
      const update = [
        { $set: { asked: recent } },
        { $set: { granted: { $or: [known, room] }, expiresAt: { $literal: new Date(now + windowMs) } } },
        {
          $set: {
            asked: {
              $cond: [
                { $and: ['$granted', { $not: [known] }] },
                { $concatArrays: ['$asked', [{ at: { $literal: now }, mark: { $literal: mark } }]] },
                '$asked',
              ],
            },
          },
        },
      ];
      const take = () =>
        checks
          .findOneAndUpdate({ _id: subject }, update, { upsert: true, returnDocument: 'after', updatePipeline: true })
          .lean<IinCheckDocument | null>()
          // First checks at the same time: another one made the document.
          .catch((error: unknown) => {
            if (!isDuplicateKey(error)) throw error;
            return null;
          });
      let after = await take();
      // Again is harmless: a turn that was taken for this IIN is not taken twice.
      for (let tries = 1; !after && tries < 5; tries += 1) after = await take();
      if (!after) throw new Error('The throttle gave no document.');
      const oldest = after.asked[0]?.at ?? now;
      return { granted: after.granted, freeAt: after.granted ? now : oldest + windowMs };
    },
  };
};
export type IinChecks = ReturnType<typeof createIinChecks>;
