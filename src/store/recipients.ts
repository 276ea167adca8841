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
  /** Day since when the list is valid, YYYY-MM-DD. */
  asOf: string;
  rows: number;
  sample: boolean;
  loadedAt: Date;
  loadedBy: string;
}

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
// By hash first: one look-up finds the person in every list; the batch in force is told apart afterwards.
recipientSchema.index({ iinHmac: 1, programmeId: 1, batch: 1 }, { unique: true });
recipientSchema.index({ programmeId: 1, batch: 1 });
const listSchema = new mongoose.Schema<ListDocument>(
  {
    _id: { type: String, required: true },
    activeBatch: { type: String, required: true },
    asOf: { type: String, required: true },
    rows: { type: Number, required: true },
    sample: { type: Boolean, required: true },
    loadedAt: { type: Date, required: true },
    loadedBy: { type: String, required: true },
  },
  schemaOptions,
);

export const createRecipientRows = (connection: Connection) => {
  const recipients = defineModel(connection, 'recipients', recipientSchema);
  const lists = defineModel(connection, 'lists', listSchema);
  return {
    models: [recipients, lists],
    /** Every row of one person, in whatever batch: one indexed round trip. */
    ofPerson: (iinHmac: string): Promise<RecipientDocument[]> =>
      recipients.find({ iinHmac }).lean<RecipientDocument[]>().exec(),
    lists: (): Promise<ListDocument[]> => lists.find().sort({ _id: 1 }).lean<ListDocument[]>().exec(),
    listsInside: (session: Session): Promise<ListDocument[]> =>
      lists.find({}, null, { session }).lean<ListDocument[]>().exec(),
    /** Puts a small list in force and removes the batch it replaces, in one transaction. */
    async replaceInside(session: Session, list: ListDocument, rows: readonly RecipientDocument[]): Promise<void> {
      await recipients.deleteMany({ programmeId: list._id }, { session });
      if (rows.length > 0) await recipients.insertMany([...rows], { session });
      await lists.replaceOne({ _id: list._id }, list, { upsert: true, session });
    },
  };
};
export type RecipientRows = ReturnType<typeof createRecipientRows>;
