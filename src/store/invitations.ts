/** One-time links for new staff, and for those who lost their password: no mail server is needed. */
import mongoose from 'mongoose';
import type { Queue } from '../dialogue/fact-requests.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';

export interface InvitationDocument {
  /** SHA-256 of the link's token: the link itself stands nowhere. */
  _id: string;
  email: string;
  name: string;
  /** A kind of staff; read back by the identity's own rule. */
  role: string;
  queues: Queue[];
  /** Set where the link gives an account that exists a new password. */
  staffId?: string;
  invitedBy: string;
  createdAt: Date;
  /** Real time; afterwards the link is worth nothing and the row goes. */
  expiresAt: Date;
  usedAt?: Date;
}
const invitationSchema = new mongoose.Schema<InvitationDocument>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    queues: { type: [String], required: true },
    staffId: String,
    invitedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: Date,
  },
  schemaOptions,
);
invitationSchema.index({ email: 1 });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createInvitationRows = (connection: Connection) => {
  const invitations = defineModel(connection, 'staff_invitations', invitationSchema);
  const valid = (id: string, now: Date) => ({ _id: id, usedAt: { $exists: false }, expiresAt: { $gt: now } });
  return {
    models: [invitations],
    /** Stands in the place of earlier unused links for the same person. */
    async add(invitation: InvitationDocument): Promise<void> {
      await invitations.deleteMany({ email: invitation.email, usedAt: { $exists: false } });
      await invitations.create([invitation]);
    },
    find: (id: string, now: Date): Promise<InvitationDocument | null> =>
      invitations.findOne(valid(id, now)).lean<InvitationDocument | null>().exec(),
    /** Uses the link up; false where it was used or has run out. */
    async use(id: string, now: Date): Promise<boolean> {
      const result = await invitations.updateOne(valid(id, now), { $set: { usedAt: now } });
      return result.matchedCount === 1;
    },
    /** Makes it valid again: what it was used for did not come about. */
    async restore(id: string): Promise<void> {
      await invitations.updateOne({ _id: id }, { $unset: { usedAt: 1 } });
    },
    pending: (now: Date): Promise<InvitationDocument[]> =>
      invitations
        .find({ usedAt: { $exists: false }, expiresAt: { $gt: now } })
        .sort({ createdAt: -1 })
        .limit(100)
        .lean<InvitationDocument[]>()
        .exec(),
  };
};
