/** What staff write to each other beside a ticket: no resident ever gets it. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export interface NoteDocument {
  _id: string;
  ticketId: string;
  conversationId: string;
  staffId: string;
  /** `transfer`: why it was passed on, with the queue it went to; `shift`: handed over at the end of one; `handed-back`: the bot answers again. */
  kind: 'note' | 'transfer' | 'shift' | 'handed-back';
  /** Masked like everything that is stored. */
  text: string;
  to?: string;
  at: Date;
}
const noteSchema = new mongoose.Schema<NoteDocument>(
  {
    _id: { type: String, required: true },
    ticketId: { type: String, required: true },
    conversationId: { type: String, required: true },
    staffId: { type: String, required: true },
    kind: { type: String, required: true },
    text: { type: String, default: '' },
    to: String,
    at: { type: Date, required: true },
  },
  schemaOptions,
);
noteSchema.index({ conversationId: 1, at: 1 });

export const createNotes = (connection: Connection) => {
  const notes = defineModel(connection, 'ticket_notes', noteSchema);
  return {
    models: [notes],
    /** The same note posted twice stands once: its id is the form's. */
    async add(note: NoteDocument): Promise<void> {
      await notes.create([note]).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    },
    async addWithin(session: Session, note: NoteDocument): Promise<void> {
      await notes.create([note], { session });
    },
    ofConversation: (conversationId: string, limit: number): Promise<NoteDocument[]> =>
      notes.find({ conversationId }).sort({ at: -1 }).limit(limit).lean<NoteDocument[]>().exec(),
  };
};
