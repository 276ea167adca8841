/** Up to when each member of staff has seen a ticket: what came later is unread to them. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';

interface ReadDocument {
  /** Person and ticket. */
  _id: string;
  staffId: string;
  ticketId: string;
  seenAt: Date;
}
const readSchema = new mongoose.Schema<ReadDocument>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    ticketId: { type: String, required: true },
    seenAt: { type: Date, required: true },
  },
  schemaOptions,
);
/** What was not opened for a quarter of a year counts as never seen. */
readSchema.index({ seenAt: 1 }, { expireAfterSeconds: 90 * 24 * 60 * 60 });

const keyOf = (staffId: string, ticketId: string): string => `${staffId}:${ticketId}`;

export const createReads = (connection: Connection) => {
  const reads = defineModel(connection, 'ticket_reads', readSchema);
  return {
    models: [reads],
    async mark(staffId: string, ticketId: string, seenAt: Date): Promise<void> {
      await reads.updateOne(
        { _id: keyOf(staffId, ticketId) },
        { $set: { staffId, ticketId, seenAt } },
        { upsert: true },
      );
    },
    /** When this person last saw each of the tickets, by the ticket's id; only those they saw. */
    async of(staffId: string, ticketIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
      const found = await reads
        .find({ _id: { $in: ticketIds.map((id) => keyOf(staffId, id)) } })
        .lean<ReadDocument[]>();
      return new Map(found.map(({ ticketId, seenAt }) => [ticketId, seenAt]));
    },
  };
};
