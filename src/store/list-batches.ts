/** Files of recipients that were read: each a batch with its state, its counts and what was found in it; and the columns that staff told. */
import mongoose from 'mongoose';
import type { ColumnMapping } from '../facts/lists/columns.js';
import type { Finding, ListCounts } from '../facts/lists/findings.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

/** reading → checked → applied → replaced; or failed, discarded, rolled-back. */
export type BatchState = 'reading' | 'checked' | 'applied' | 'replaced' | 'rolled-back' | 'discarded' | 'failed';

/** What applying would do to one programme's list. */
export interface BatchShare {
  readonly programmeId: string;
  readonly loaded: number;
  /** Compared with the list in force: people that it lacks, that stand otherwise in it, that stand the same. */
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** People of the list in force that this file lacks. */
  readonly gone: number;
  /** The batch that was in force when it was compared; null where there was none. */
  readonly basedOn: string | null;
  /** That one was a sample, which nobody misses. */
  readonly basedOnSample: boolean;
}
export interface ListBatchDocument {
  _id: string;
  /** The programme that the file was given for. */
  programmeId: string;
  state: BatchState;
  /** Name of the key that its rows are hashed under. */
  key?: string;
  /** Name of the file, masked. */
  fileName: string;
  /** Bytes. */
  size: number;
  /** Day since when the list is valid, YYYY-MM-DD. */
  asOf: string;
  by: string;
  startedAt: Date;
  /** Sign of life of the process that reads it. */
  beatAt: Date;
  /** 0 to 1. */
  share: number;
  /** Rows read so far. */
  rows: number;
  counts?: ListCounts;
  shares?: BatchShare[];
  mapping?: ColumnMapping;
  failure?: { readonly code: string; readonly names: readonly string[] };
  settledAt?: Date;
  settledBy?: string;
}
interface FindingsDocument {
  _id: string;
  batch: string;
  place: number;
  findings: Finding[];
  expiresAt: Date;
}
interface MappingDocument {
  _id: string;
  mapping: ColumnMapping;
  by: string;
  at: Date;
}

const { Mixed } = mongoose.Schema.Types;
const batchSchema = new mongoose.Schema<ListBatchDocument>(
  {
    _id: { type: String, required: true },
    programmeId: { type: String, required: true },
    state: { type: String, required: true },
    key: String,
    fileName: { type: String, required: true },
    size: { type: Number, required: true },
    asOf: { type: String, required: true },
    by: { type: String, required: true },
    startedAt: { type: Date, required: true },
    beatAt: { type: Date, required: true },
    share: { type: Number, required: true },
    rows: { type: Number, required: true },
    counts: Mixed,
    shares: Mixed as never,
    mapping: Mixed,
    failure: Mixed,
    settledAt: Date,
    settledBy: String,
  },
  schemaOptions,
);
batchSchema.index({ startedAt: -1 });
batchSchema.index({ state: 1, beatAt: 1 });
const findingsSchema = new mongoose.Schema<FindingsDocument>(
  {
    _id: { type: String, required: true },
    batch: { type: String, required: true },
    place: { type: Number, required: true },
    findings: { type: Mixed, required: true } as never,
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
findingsSchema.index({ batch: 1, place: 1 });
findingsSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const mappingSchema = new mongoose.Schema<MappingDocument>(
  {
    _id: { type: String, required: true },
    mapping: { type: Mixed, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  schemaOptions,
);

export const createListBatches = (connection: Connection) => {
  const batches = defineModel(connection, 'list_batches', batchSchema);
  const findings = defineModel(connection, 'list_findings', findingsSchema);
  const mappings = defineModel(connection, 'list_mappings', mappingSchema);
  return {
    models: [batches, findings, mappings],
    async create(document: ListBatchDocument): Promise<void> {
      await batches.create([document]);
    },
    find: (id: string): Promise<ListBatchDocument | null> =>
      batches.findById(id).lean<ListBatchDocument | null>().exec(),
    findInside: (session: Session, id: string): Promise<ListBatchDocument | null> =>
      batches.findById(id, null, { session }).lean<ListBatchDocument | null>().exec(),
    latest: (limit: number): Promise<ListBatchDocument[]> =>
      batches.find().sort({ startedAt: -1, _id: 1 }).limit(limit).lean<ListBatchDocument[]>().exec(),
    /** False where the batch is in another state by now. */
    async move(
      id: string,
      from: BatchState,
      set: Partial<Omit<ListBatchDocument, '_id'>>,
      session?: Session,
    ): Promise<boolean> {
      const moved = await batches.updateOne({ _id: id, state: from }, { $set: set }, session ? { session } : {});
      return moved.matchedCount > 0;
    },
    /** Batches whose reader gave no sign of life since then. */
    deserted: (since: Date): Promise<ListBatchDocument[]> =>
      batches
        .find({ state: 'reading', beatAt: { $lt: since } })
        .lean<ListBatchDocument[]>()
        .exec(),
    async addFindings(batch: string, place: number, found: readonly Finding[], expiresAt: Date): Promise<void> {
      await findings.collection.insertOne({
        _id: `${batch}:${place}`,
        batch,
        place,
        findings: [...found],
        expiresAt,
      } as never);
    },
    /** What was found, in the order of reading, a few hundred at a time. */
    async *findings(batch: string): AsyncGenerator<readonly Finding[]> {
      const cursor = findings.find({ batch }).sort({ place: 1 }).lean<FindingsDocument[]>().cursor();
      for await (const document of cursor) yield (document as FindingsDocument).findings;
    },
    mappingOf: async (programmeId: string): Promise<ColumnMapping | undefined> =>
      (await mappings.findById(programmeId).lean<MappingDocument | null>().exec())?.mapping,
    async keepMapping(programmeId: string, mapping: ColumnMapping, by: string, at: Date): Promise<void> {
      await mappings.updateOne({ _id: programmeId }, { $set: { mapping, by, at } }, { upsert: true });
    },
  };
};
export type ListBatches = ReturnType<typeof createListBatches>;
