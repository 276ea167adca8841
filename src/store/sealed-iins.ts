/** Sealed copies of IINs that residents agreed to give to a specialist; gone with their term by the database's own clock. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

interface SealedIinDocument {
  /** The id of the message that it came with. */
  _id: string;
  conversationId: string;
  /** Nonce, tag and ciphertext. */
  seal: Buffer;
  expiresAt: Date;
}
const sealedIinSchema = new mongoose.Schema<SealedIinDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    seal: { type: Buffer, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
sealedIinSchema.index({ conversationId: 1 });
sealedIinSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createSealedIins = (connection: Connection) => {
  const sealed = defineModel(connection, 'sealed_iins', sealedIinSchema);
  return {
    models: [sealed],
    async insert(session: Session, document: SealedIinDocument): Promise<void> {
      await sealed.create([document], { session });
    },
    /** Those of these messages whose term is not over: the database removes what is past it within a minute or so. */
    async of(messageIds: readonly string[], now: Date) {
      const found = await sealed.find({ _id: { $in: messageIds }, expiresAt: { $gt: now } });
      return found.map(({ _id, seal, expiresAt }) => ({ _id, seal: Uint8Array.from(seal), expiresAt }));
    },
  };
};
