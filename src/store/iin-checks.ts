/** Who asked about how many different IINs lately: what the throttle on fishing counts by. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

interface IinCheckDocument {
  /** `contact:…` or `birth:…`. */
  _id: string;
  /** The different IINs asked about within the window, oldest first: when (ms since the epoch) and the hash's beginning. */
  asked: { at: number; mark: string }[];
  granted: boolean;
  /** Different IINs that were refused within a day. */
  refused?: { at: number; mark: string }[];
  /** No turn before (ms since the epoch), however free the window is: each further refused IIN doubles the wait. */
  blockedUntil?: number;
  expiresAt: Date;
}
const iinCheckSchema = new mongoose.Schema<IinCheckDocument>(
  {
    _id: { type: String, required: true },
    asked: { type: mongoose.Schema.Types.Mixed, required: true } as never,
    granted: { type: Boolean, required: true },
    refused: { type: mongoose.Schema.Types.Mixed } as never,
    blockedUntil: Number,
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
iinCheckSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface CheckTurn {
  readonly granted: boolean;
  /** When a turn is free again (ms since the epoch); the moment asked where it was granted. */
  readonly freeAt: number;
  /** Different IINs that were refused within a day, this one among them. */
  readonly refused: number;
}
export interface Limits {
  /** Real time, ms since the epoch. */
  readonly now: number;
  readonly windowMs: number;
  /** Different IINs within the window. */
  readonly limit: number;
  /** Each further IIN past the limit makes the wait longer: two windows, four, eight … up to 24. */
  readonly grows: boolean;
}
const dayMs = 86_400_000;
/** Windows of waiting by the number of refused IINs: the first costs no more than the window itself. */
const waits = [0, 0, 1, 2, 4, 8, 16, 24];

export const createIinChecks = (connection: Connection) => {
  const checks = defineModel(connection, 'iin_checks', iinCheckSchema);
  return {
    models: [checks],
    /** Takes nothing: as much work as a turn, where there is none to be taken. */
    async look(subject: string): Promise<null> {
      await checks.findById(subject).lean();
      return null;
    },
    /**
     * Takes one of `limit` turns within the last `windowMs`, atomically. The same IIN again costs no second turn: who asks daily how
     * their own payment stands is no fisher. A refused try leaves the count as it is.
     */
    async take(subject: string, mark: string, { now, windowMs, limit, grows }: Limits): Promise<CheckTurn> {
      const recent = (field: string, since: number) => ({
        $filter: { input: { $ifNull: [field, []] }, as: 'turn', cond: { $gt: ['$$turn.at', since] } },
      });
      // Not every engine reads `$asked.mark` as the marks of all.
      const among = (field: string) => ({
        $in: [{ $literal: mark }, { $map: { input: field, as: 'turn', in: '$$turn.mark' } }],
      });
      const turn = { at: { $literal: now }, mark: { $literal: mark } };
      const free = { $lte: [{ $ifNull: ['$blockedUntil', 0] }, now] };
      const room = { $and: [{ $lt: [{ $size: '$asked' }, limit] }, free] };
      const isNew = { $and: [{ $not: ['$granted'] }, { $not: [among('$refused')] }] };
      const wait = { $arrayElemAt: [{ $literal: waits }, { $min: [{ $size: '$refused' }, waits.length - 1] }] };
      const update = [
        { $set: { asked: recent('$asked', now - windowMs), refused: recent('$refused', now - dayMs) } },
        { $set: { granted: { $or: [among('$asked'), room] } } },
        {
          $set: {
            asked: {
              $cond: [
                { $and: ['$granted', { $not: [among('$asked')] }] },
                { $concatArrays: ['$asked', [turn]] },
                '$asked',
              ],
            },
            isNew,
          },
        },
        // No longer than the waits are told apart by, or a script would make it grow without end.
        {
          $set: {
            refused: {
              $cond: ['$isNew', { $slice: [{ $concatArrays: ['$refused', [turn]] }, -waits.length] }, '$refused'],
            },
          },
        },
        {
          $set: {
            blockedUntil: grows
              ? {
                  $cond: [
                    '$isNew',
                    { $add: [now, { $multiply: [wait, windowMs] }] },
                    { $ifNull: ['$blockedUntil', 0] },
                  ],
                }
              : 0,
            expiresAt: { $literal: new Date(now + Math.max(windowMs, 2 * dayMs)) },
          },
        },
        { $unset: 'isNew' },
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
      const { granted, asked, refused = [], blockedUntil = 0 } = after;
      const windowFree = asked.length >= limit ? (asked[0]?.at ?? now) + windowMs : now;
      return { granted, freeAt: granted ? now : Math.max(windowFree, blockedUntil), refused: refused.length };
    },
  };
};
export type IinChecks = ReturnType<typeof createIinChecks>;
