/** Who asked about how many different IINs lately, and what one check reads: a check is two commands, both by keys. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { ProgrammeDocument, ProgrammeWithList } from './programmes.js';
import type { ListDocument, RecipientDocument } from './recipients.js';

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
/** Whose turns are counted, and how many different IINs they have within the window. */
export interface Counted {
  /** `contact:…` or `birth:…`. */
  readonly subject: string;
  readonly limit: number;
}
/** One try: by whom, about whom, when. */
export interface Try {
  readonly contact: Counted;
  readonly birth: Counted;
  /** Beginning of the IIN's hash. */
  readonly mark: string;
  /** Real time, ms since the epoch. */
  readonly now: number;
  readonly windowMs: number;
}
/** What a check is answered from. */
export interface CheckReading {
  readonly contact: CheckTurn;
  readonly birth: CheckTurn;
  /** Every row of the person, in whatever batch. */
  readonly rows: readonly RecipientDocument[];
  /** All programmes in their order, each with its list. */
  readonly programmes: readonly ProgrammeWithList[];
}
const dayMs = 86_400_000;
/** Windows of waiting by the number of refused IINs: the first costs no more than the window itself. */
const waits = [0, 0, 1, 2, 4, 8, 16, 24];

/** Gives a turn to who has one free; else each further IIN makes the wait longer: two windows, four, eight … up to 24. Safe to run again. */
const turnPipeline = ({ limit }: Counted, { mark, now, windowMs }: Try) => {
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
  return [
    { $set: { asked: recent('$asked', now - windowMs), refused: recent('$refused', now - dayMs) } },
    { $set: { granted: { $or: [among('$asked'), room] } } },
    {
      $set: {
        asked: {
          $cond: [{ $and: ['$granted', { $not: [among('$asked')] }] }, { $concatArrays: ['$asked', [turn]] }, '$asked'],
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
        blockedUntil: {
          $cond: ['$isNew', { $add: [now, { $multiply: [wait, windowMs] }] }, { $ifNull: ['$blockedUntil', 0] }],
        },
        expiresAt: { $literal: new Date(now + Math.max(windowMs, 2 * dayMs)) },
      },
    },
    { $unset: 'isNew' },
  ];
};

/** How a try ended, by what stands there after it: also after tries of others, since a turn stays in the window. */
const turnOf = (
  { asked, refused = [], blockedUntil = 0 }: Pick<IinCheckDocument, 'asked' | 'refused' | 'blockedUntil'>,
  { limit }: Counted,
  { mark, now, windowMs }: Try,
): CheckTurn => {
  const granted = asked.some((turn) => turn.mark === mark);
  const windowFree = asked.length >= limit ? (asked[0]?.at ?? now) + windowMs : now;
  return { granted, freeAt: granted ? now : Math.max(windowFree, blockedUntil), refused: refused.length };
};

export const createIinChecks = (connection: Connection) => {
  const checks = defineModel(connection, 'iin_checks', iinCheckSchema);
  return {
    models: [checks],
    /**
     * Takes a turn of the contact and one of the birthday within the last `windowMs`, each atomically, in one command. The same IIN again
     * costs no second turn: who asks daily how their own payment stands is no fisher. A refused try leaves the count as it is.
     */
    async take(one: Try): Promise<void> {
      const updates = [one.contact, one.birth].map((counted) => ({
        updateOne: { filter: { _id: counted.subject }, update: turnPipeline(counted, one), upsert: true },
      }));
      const take = (): Promise<boolean> =>
        checks.collection.bulkWrite(updates as never, { ordered: false }).then(
          () => true,
          // First checks at the same time: another one made the document.
          (error: unknown) => {
            if (!isDuplicateKey(error)) throw error;
            return false;
          },
        );
      // Again is harmless: a turn that was taken for this IIN is not taken twice.
      for (let tries = 0; tries < 5; tries += 1) if (await take()) return;
      throw new Error('The throttle could not be written.');
    },
    /**
     * Reads how a try that was taken ended, and what there is to be told, in one command: every look-up is by a key (a pipeline inside
     * `$lookup` would not be, on every engine), but that of the few programmes and lists. The person's rows are read before the lists: a
     * batch is whole before its list names it, and is removed after.
     * @param iinHmacs the person's hash under each key
     */
    async read(one: Try, iinHmacs: readonly string[]): Promise<CheckReading> {
      type Found = IinCheckDocument & {
        births: IinCheckDocument[];
        rows: RecipientDocument[];
        programmes: ProgrammeDocument[];
        lists: ListDocument[];
      };
      const [found] = await checks.aggregate<Found>([
        { $match: { _id: one.contact.subject } },
        { $set: { birth: { $literal: one.birth.subject }, hashes: { $literal: [...iinHmacs] } } },
        { $lookup: { from: 'iin_checks', localField: 'birth', foreignField: '_id', as: 'births' } },
        { $lookup: { from: 'recipients', localField: 'hashes', foreignField: 'iinHmac', as: 'rows' } },
        { $lookup: { from: 'programmes', pipeline: [], as: 'programmes' } },
        { $lookup: { from: 'lists', pipeline: [], as: 'lists' } },
      ]);
      const birth = found?.births[0];
      if (!found || !birth) throw new Error('A turn was taken and is gone: somebody is removing it.');
      const listOf = new Map(found.lists.map((list) => [list._id, list]));
      const programmes = found.programmes
        .toSorted((a, b) => a.position - b.position || (a._id < b._id ? -1 : 1))
        .map((programme) => {
          const list = listOf.get(programme._id);
          return list ? { ...programme, list } : programme;
        });
      return {
        contact: turnOf(found, one.contact, one),
        birth: turnOf(birth, one.birth, one),
        rows: found.rows,
        programmes,
      };
    },
  };
};
export type IinChecks = ReturnType<typeof createIinChecks>;
