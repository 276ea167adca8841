/** Failed sign-ins by the typed e-mail, whether anybody has it or not: so that a lock tells nobody who works here. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';

interface LockoutDocument {
  /** SHA-256 of the typed e-mail. */
  _id: string;
  failures: number;
  lockedUntil?: Date;
  /** Failures older than this are forgotten. */
  expiresAt: Date;
}
const lockoutSchema = new mongoose.Schema<LockoutDocument>(
  {
    _id: { type: String, required: true },
    failures: { type: Number, required: true },
    lockedUntil: Date,
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
lockoutSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createLockouts = (connection: Connection) => {
  const lockouts = defineModel(connection, 'staff_lockouts', lockoutSchema);
  return {
    models: [lockouts],
    /** Until when the account is locked, or null. */
    async until(id: string, now: Date): Promise<Date | null> {
      const row = await lockouts.findById(id).lean<LockoutDocument | null>();
      return row?.lockedUntil && row.lockedUntil > now ? row.lockedUntil : null;
    },
    /** Counts a failure, each kept until `expiresAt`; gives how many there are. */
    async fail(id: string, now: Date, expiresAt: Date): Promise<number> {
      await lockouts.deleteOne({ _id: id, expiresAt: { $lte: now } });
      const row = await lockouts
        .findOneAndUpdate(
          { _id: id },
          { $inc: { failures: 1 }, $set: { expiresAt } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<LockoutDocument>();
      return row?.failures ?? 1;
    },
    async lock(id: string, lockedUntil: Date): Promise<void> {
      await lockouts.updateOne({ _id: id }, { $set: { lockedUntil, failures: 0, expiresAt: lockedUntil } });
    },
    async clear(id: string): Promise<void> {
      await lockouts.deleteOne({ _id: id });
    },
  };
};
