/** Files of residents, and of specialists for them: what came, whether its bytes are here, and the sealed pieces. Both end with their term by the database's own clock. */
import mongoose from 'mongoose';
import type { Alias, IncomingFile } from '../transport/contract.js';
import { type Connection, defineModel, schemaOptions, sweepComment } from './connect.js';
import type { Session } from './session.js';

/** wanted: to be fetched from the channel · kept · refused: its type or size is not kept · gone: the channel has it no more. */
export type FileStatus = 'wanted' | 'kept' | 'refused' | 'gone';

export interface FileDocument {
  /** The id of the message that it came with; of a specialist's file an id of its own. */
  _id: string;
  conversationId: string;
  channel: Alias['channel'];
  /** The channel's name for it. */
  ref: IncomingFile['ref'];
  mimeType: string;
  name?: string;
  /** Bytes. */
  size?: number;
  status: FileStatus;
  /** Why it is refused or gone. */
  why?: string;
  attempts: number;
  /** A fetch that began is not begun again before this. */
  nextAttemptAt: Date;
  pieces?: number;
  receivedAt: Date;
  /** End of its term of keeping. */
  expiresAt: Date;
}
interface PieceDocument {
  /** `${fileId}:${place}` */
  _id: string;
  fileId: string;
  place: number;
  seal: Buffer;
  expiresAt: Date;
}

const fileSchema = new mongoose.Schema<FileDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    channel: { type: String, required: true },
    ref: { type: String, required: true },
    mimeType: { type: String, required: true },
    name: String,
    size: Number,
    status: { type: String, required: true },
    why: String,
    attempts: { type: Number, required: true },
    nextAttemptAt: { type: Date, required: true },
    pieces: Number,
    receivedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
fileSchema.index({ status: 1, nextAttemptAt: 1 }, { partialFilterExpression: { status: 'wanted' } });
fileSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const pieceSchema = new mongoose.Schema<PieceDocument>(
  {
    _id: { type: String, required: true },
    fileId: { type: String, required: true },
    place: { type: Number, required: true },
    seal: { type: Buffer, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
pieceSchema.index({ fileId: 1, place: 1 });
pieceSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createFileRows = (connection: Connection) => {
  const files = defineModel(connection, 'files', fileSchema);
  const pieces = defineModel(connection, 'file_pieces', pieceSchema);
  const keepPieces = async (
    fileId: string,
    sealed: readonly { readonly place: number; readonly seal: Uint8Array }[],
    expiresAt: Date,
  ): Promise<void> => {
    for (const { place, seal } of sealed)
      await pieces.create({ _id: `${fileId}:${place}`, fileId, place, seal: Buffer.from(seal), expiresAt });
  };
  return {
    models: [files, pieces],
    /** Writes the pieces of a file whose document follows; without it they end with their term. */
    keepPieces,
    async insert(session: Session, file: FileDocument): Promise<void> {
      await files.create([file], { session });
    },
    find: (id: string): Promise<FileDocument | null> => files.findById(id).lean<FileDocument | null>().exec(),
    /** Ids of files of these channels that are to be fetched now. */
    async due(channels: readonly Alias['channel'][], now: Date, limit: number): Promise<readonly string[]> {
      const found = await files
        .find({ status: 'wanted', channel: { $in: channels }, nextAttemptAt: { $lte: now } }, { _id: 1 })
        .limit(limit)
        .comment(sweepComment)
        .lean();
      return found.map(({ _id }) => _id);
    },
    /** Takes one fetch; null where another process has it, or it is here. */
    claim: (id: string, now: Date, until: Date): Promise<FileDocument | null> =>
      files
        .findOneAndUpdate(
          { _id: id, status: 'wanted', nextAttemptAt: { $lte: now } },
          { $set: { nextAttemptAt: until }, $inc: { attempts: 1 } },
          { returnDocument: 'after' },
        )
        .lean<FileDocument | null>()
        .exec(),
    /** Writes the pieces, then says that they are here: a crash in between leaves a file that is fetched again. */
    async keep(
      file: FileDocument,
      sealed: readonly { readonly place: number; readonly seal: Uint8Array }[],
      fetched: { readonly size: number; readonly mimeType: string; readonly name?: string },
    ): Promise<void> {
      const { _id: fileId, expiresAt } = file;
      await pieces.deleteMany({ fileId });
      await keepPieces(fileId, sealed, expiresAt);
      await files.updateOne(
        { _id: fileId, status: 'wanted' },
        { $set: { status: 'kept', pieces: sealed.length, ...fetched } },
      );
    },
    async retryAt(id: string, nextAttemptAt: Date): Promise<void> {
      await files.updateOne({ _id: id, status: 'wanted' }, { $set: { nextAttemptAt } });
    },
    async giveUp(id: string, status: 'refused' | 'gone', why: string): Promise<void> {
      await files.updateOne({ _id: id, status: 'wanted' }, { $set: { status, why } });
    },
    async pieces(fileId: string): Promise<readonly { readonly place: number; readonly seal: Uint8Array }[]> {
      const found = await pieces.find({ fileId }).sort({ place: 1 });
      return found.map(({ place, seal }) => ({ place, seal: Uint8Array.from(seal) }));
    },
  };
};
