/** Rows of the programmes' lists, known by the IIN's keyed hash alone, and which batch of them is in force. */
import mongoose from 'mongoose';
import type { ListStatus } from '../facts/eligibility/programme-fields.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export interface RecipientDocument {
  /** `${programmeId}:${batch}:${iinHmac}`. */
  _id: string;
  programmeId: string;
  batch: string;
  iinHmac: string;
  status: ListStatus;
  /** Tenge. */
  amount: number;
  /** Day of the status, YYYY-MM-DD. */
  date: string;
  district: string;
  /** A reason code or the list's own words; empty where it gives none. */
  reason: string;
}
export interface ListDocument {
  /** The programme's id. */
  _id: string;
  activeBatch: string;
  /** Name of the key that its rows are hashed under; absent in lists from before keys had names. */
  key?: string;
  /** Day since when the list is valid, YYYY-MM-DD. */
  asOf: string;
  rows: number;
  sample: boolean;
  loadedAt: Date;
  loadedBy: string;
  /** Lists that were in force before, the latest first; their rows are still there. */
  earlier?: EarlierList[];
}
export type EarlierList = Pick<
  ListDocument,
  'activeBatch' | 'key' | 'asOf' | 'rows' | 'sample' | 'loadedAt' | 'loadedBy'
>;

const recipientSchema = new mongoose.Schema<RecipientDocument>(
  {
    _id: { type: String, required: true },
    programmeId: { type: String, required: true },
    batch: { type: String, required: true },
    iinHmac: { type: String, required: true },
    status: { type: String, required: true },
    amount: { type: Number, required: true },
    date: { type: String, required: true },
    district: { type: String },
    reason: { type: String },
  },
  schemaOptions,
);
// One look-up finds the person in every list; the batch in force is told apart afterwards. A batch is a range of `_id`: every further
// index would make loading slower.
recipientSchema.index({ iinHmac: 1 });
const listSchema = new mongoose.Schema<ListDocument>(
  {
    _id: { type: String, required: true },
    activeBatch: { type: String, required: true },
    key: String,
    asOf: { type: String, required: true },
    rows: { type: Number, required: true },
    sample: { type: Boolean, required: true },
    loadedAt: { type: Date, required: true },
    loadedBy: { type: String, required: true },
    earlier: { type: mongoose.Schema.Types.Mixed } as never,
  },
  schemaOptions,
);

/** The key of a row: a person stands in a batch once. */
export const recipientId = (programmeId: string, batch: string, iinHmac: string): string =>
  `${programmeId}:${batch}:${iinHmac}`;

/** Of databases made earlier: they made loading twice as slow, and nothing asks by them any more. */
const droppedIndexes = ['iinHmac_1_programmeId_1_batch_1', 'programmeId_1_batch_1'];

const rowsAtOnce = 1000;
/** The keys of a batch's rows, or of those whose hash begins so. */
const rangeOf = (programmeId: string, batch: string, beginning = '') => ({
  _id: {
    $gte: recipientId(programmeId, batch, beginning),
    // No hash goes on with a letter after f.
    $lt: recipientId(programmeId, batch, `${beginning}g`),
  },
});
const hashBeginnings = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const createRecipientRows = (connection: Connection) => {
  const recipients = defineModel(connection, 'recipients', recipientSchema);
  const lists = defineModel(connection, 'lists', listSchema);
  return {
    models: [recipients, lists],
    /** Drops indexes of earlier. Changes nothing the second time. */
    async upgrade(): Promise<void> {
      const names = new Set((await recipients.collection.indexes()).map(({ name }) => name));
      for (const name of droppedIndexes) {
        // Another process may be quicker.
        if (names.has(name)) await recipients.collection.dropIndex(name).catch(() => undefined);
      }
    },
    /** Every row of one person, in whatever batch, under each of the keys' hashes: one indexed round trip. */
    ofPerson: (iinHmacs: readonly string[]): Promise<RecipientDocument[]> =>
      recipients
        .find({ iinHmac: { $in: iinHmacs } })
        .lean<RecipientDocument[]>()
        .exec(),
    lists: (): Promise<ListDocument[]> => lists.find().sort({ _id: 1 }).lean<ListDocument[]>().exec(),
    listsInside: (session: Session): Promise<ListDocument[]> =>
      lists.find({}, null, { session }).lean<ListDocument[]>().exec(),
    /** Puts a small list in force and removes the batch it replaces, in one transaction. */
    async replaceInside(session: Session, list: ListDocument, rows: readonly RecipientDocument[]): Promise<void> {
      const now = await lists.findById(list._id, null, { session }).lean<ListDocument | null>();
      if (now) await recipients.deleteMany(rangeOf(list._id, now.activeBatch), { session });
      if (rows.length > 0) await recipients.insertMany([...rows], { session });
      await lists.replaceOne({ _id: list._id }, list, { upsert: true, session });
    },
    /** Rows of a batch that is not in force: past the schemas, since the reader made them and there may be a million. */
    async stage(rows: readonly RecipientDocument[]): Promise<void> {
      if (rows.length > 0) await recipients.collection.insertMany(rows as never, { ordered: false });
    },
    async unstage(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await recipients.deleteMany({ _id: { $in: ids } });
    },
    /** Every row of a batch, a thousand at a time. */
    async *rowsOf(programmeId: string, batch: string): AsyncGenerator<readonly RecipientDocument[]> {
      const cursor = recipients.collection.find<RecipientDocument>(rangeOf(programmeId, batch) as never, {
        batchSize: rowsAtOnce,
      });
      let rows: RecipientDocument[] = [];
      for await (const row of cursor) {
        rows.push(row);
        if (rows.length < rowsAtOnce) continue;
        yield rows;
        rows = [];
      }
      yield rows;
    },
    /** Removes a batch's rows, of a large one a part at a time, so that no other query waits long; gives how many there were. */
    async removeBatch(batch: string, programmeIds: readonly string[]): Promise<number> {
      let removed = 0;
      for (const programmeId of programmeIds) {
        const some = await recipients.find(rangeOf(programmeId, batch), { _id: 1 }).limit(rowsAtOnce).lean();
        if (some.length === 0) continue;
        const parts = some.length < rowsAtOnce ? [''] : hashBeginnings;
        for (const beginning of parts) {
          removed += (await recipients.deleteMany(rangeOf(programmeId, batch, beginning))).deletedCount;
        }
      }
      return removed;
    },
    listInside: (session: Session, programmeId: string): Promise<ListDocument | null> =>
      lists.findById(programmeId, null, { session }).lean<ListDocument | null>().exec(),
    /** From the commit on every check is answered from this batch. */
    async putInForce(session: Session, list: ListDocument): Promise<void> {
      await lists.replaceOne({ _id: list._id }, list, { upsert: true, session });
    },
    /** From the commit on the programme has no list. */
    async takeOutOfForce(session: Session, programmeId: string): Promise<void> {
      await lists.deleteOne({ _id: programmeId }, { session });
    },
    async keepEarlier(session: Session, programmeId: string, earlier: readonly EarlierList[]): Promise<void> {
      await lists.updateOne({ _id: programmeId }, { $set: { earlier } }, { session });
    },
  };
};
export type RecipientRows = ReturnType<typeof createRecipientRows>;
