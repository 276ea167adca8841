/** The audit log: who did what, when. Nothing here changes or removes an entry; it ends with its term of keeping alone. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export interface AuditDocument {
  _id: string;
  at: Date;
  /** Staff id, `command` for the command line, `system` for the service itself. */
  by: string;
  /** What was done, such as `list-applied`; its words stand in locales/{kk,ru}/audit.yaml. */
  action: string;
  /** What it was done to, such as `programme:pay-42500`. */
  subject?: string;
  /** The reason that a person gave, masked. */
  reason?: string;
  /** Further facts, each a number or a short word; never an IIN, a phone number or a text of a resident. */
  details?: Readonly<Record<string, string | number | boolean>>;
  /** End of its term of keeping. */
  expiresAt: Date;
}
const auditSchema = new mongoose.Schema<AuditDocument>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    action: { type: String, required: true },
    subject: String,
    reason: String,
    details: mongoose.Schema.Types.Mixed,
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ action: 1, at: -1, _id: -1 });
auditSchema.index({ subject: 1, at: -1, _id: -1 });
auditSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** A place in the log; what stands before it is older. */
export interface AuditPlace {
  readonly at: Date;
  readonly id: string;
}
export interface AuditQuery {
  readonly action?: string;
  readonly subject?: string;
  readonly before?: AuditPlace;
  readonly limit: number;
}

export const createAuditRows = (connection: Connection) => {
  const audit = defineModel(connection, 'audit', auditSchema);
  return {
    models: [audit],
    /** Part of the transaction of what it tells, where there is one: what was not done is not told, what was done is. */
    async append(entry: AuditDocument, session?: Session): Promise<void> {
      await audit.create([entry], session ? { session } : {});
    },
    /** The latest first. */
    find: ({ action, subject, before, limit }: AuditQuery): Promise<AuditDocument[]> =>
      audit
        .find({
          ...(action === undefined ? {} : { action }),
          ...(subject === undefined ? {} : { subject }),
          ...(before === undefined
            ? {}
            : { $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }] }),
        })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<AuditDocument[]>()
        .exec(),
  };
};
export type AuditRows = ReturnType<typeof createAuditRows>;
