/** What the embedded web chat has delivered: one row for every send, also where a crash made the outbox send twice. */
import mongoose from 'mongoose';
import type { Choice } from '../transport/contract.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';

export interface WebMessageDocument {
  _id: string;
  /** The outbox row it came from; not unique, because a channel never dedupes for its sender. */
  outboxId: string;
  /** Id of the alias (channel `web`) it was sent to. */
  aliasId: string;
  text: string;
  choices: Choice[];
  asksLocation: boolean;
  /** Brought with it; its bytes stand among the service's files. */
  file?: { readonly id: string; readonly name: string; readonly mimeType: string };
  /** Real time of the send. */
  at: Date;
}

const { Mixed } = mongoose.Schema.Types;
const webMessageSchema = new mongoose.Schema<WebMessageDocument>(
  {
    _id: { type: String, required: true },
    outboxId: { type: String, required: true },
    aliasId: { type: String, required: true },
    text: { type: String, required: true },
    choices: { type: [Mixed], required: true } as never,
    asksLocation: { type: Boolean, required: true },
    file: Mixed,
    at: { type: Date, required: true },
  },
  schemaOptions,
);
webMessageSchema.index({ aliasId: 1, at: 1 });
webMessageSchema.index({ outboxId: 1 });

export const createWebMessages = (connection: Connection) => {
  const webMessages = defineModel(connection, 'web_messages', webMessageSchema);
  return {
    models: [webMessages],
    async insert(document: WebMessageDocument): Promise<void> {
      await webMessages.create([document]);
    },
    find: (id: string): Promise<WebMessageDocument | null> =>
      webMessages.findById(id).lean<WebMessageDocument | null>().exec(),
    findByOutbox: (aliasId: string, outboxId: string): Promise<WebMessageDocument | null> =>
      webMessages.findOne({ outboxId, aliasId }).lean<WebMessageDocument | null>().exec(),
    /** Whether this browser was sent the file. */
    hasFile: async (aliasId: string, fileId: string): Promise<boolean> =>
      (await webMessages.exists({ aliasId, 'file.id': fileId })) !== null,
    /** Rows of one browser from this instant on, oldest first. */
    since: (aliasId: string, from: Date, limit: number): Promise<WebMessageDocument[]> =>
      webMessages
        .find({ aliasId, at: { $gte: from } })
        .sort({ at: 1 })
        .limit(limit)
        .lean<WebMessageDocument[]>()
        .exec(),
    /** The last `limit` rows of one browser, oldest first. */
    async latest(aliasId: string, limit: number): Promise<WebMessageDocument[]> {
      const rows = await webMessages.find({ aliasId }).sort({ at: -1 }).limit(limit).lean<WebMessageDocument[]>();
      return rows.reverse();
    },
  };
};
