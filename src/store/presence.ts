/** Who looks at which ticket, and who is writing: kept for seconds, so that two specialists do not answer the same. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';

export interface PresenceDocument {
  /** Person and ticket: several tabs of one person count once. */
  _id: string;
  staffId: string;
  ticketId: string;
  conversationId: string;
  typing: boolean;
  /** Real time until which it is believed without another word. */
  until: Date;
}
const presenceSchema = new mongoose.Schema<PresenceDocument>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    ticketId: { type: String, required: true },
    conversationId: { type: String, required: true },
    typing: { type: Boolean, required: true },
    until: { type: Date, required: true },
  },
  schemaOptions,
);
presenceSchema.index({ ticketId: 1 });
presenceSchema.index({ until: 1 }, { expireAfterSeconds: 60 });

export const createPresence = (connection: Connection) => {
  const presence = defineModel(connection, 'presence', presenceSchema);
  return {
    models: [presence],
    async note(seen: Omit<PresenceDocument, '_id'>): Promise<void> {
      await presence.updateOne({ _id: `${seen.staffId}:${seen.ticketId}` }, { $set: seen }, { upsert: true });
    },
    async leave(staffId: string, ticketId: string): Promise<void> {
      await presence.deleteOne({ _id: `${staffId}:${ticketId}` });
    },
    /** Who is at these tickets at `now`. */
    at: (ticketIds: readonly string[], now: Date): Promise<PresenceDocument[]> =>
      presence
        .find({ ticketId: { $in: ticketIds }, until: { $gt: now } })
        .lean<PresenceDocument[]>()
        .exec(),
  };
};
