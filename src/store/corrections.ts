/** Corrections: what was put right, to whom it went, and whether everybody has it in the outbox. */
import mongoose from 'mongoose';
import type { Language } from '../language.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

/** What was wrong: an article's answer, one reply, or a reply to many. */
export interface CorrectionSource {
  readonly kind: 'article' | 'reply' | 'group-reply';
  readonly id: string;
}
export interface CorrectionDocument {
  /** The form's request id: the same form posted twice is one correction. */
  _id: string;
  source: CorrectionSource;
  /** Who was answered from then until `at`. */
  since: Date;
  at: Date;
  by: string;
  texts: Partial<Record<Language, string>>;
  /** Everybody's message is in the outbox. */
  finished: boolean;
  /** Residents it went to, and those left out because they wish to be left alone. */
  count?: number;
  stopped?: number;
}

const { Mixed } = mongoose.Schema.Types;
const correctionSchema = new mongoose.Schema<CorrectionDocument>(
  {
    _id: { type: String, required: true },
    source: { type: Mixed, required: true },
    since: { type: Date, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    texts: { type: Mixed, required: true },
    finished: { type: Boolean, required: true },
    count: Number,
    stopped: Number,
  },
  schemaOptions,
);
correctionSchema.index({ 'source.id': 1, at: -1 });
correctionSchema.index({ finished: 1, at: 1 });

export const createCorrectionRows = (connection: Connection) => {
  const corrections = defineModel(connection, 'corrections', correctionSchema);
  return {
    models: [corrections],
    /** False where this request was begun before. */
    async begin(correction: CorrectionDocument): Promise<boolean> {
      try {
        await corrections.create([correction]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: (id: string): Promise<CorrectionDocument | null> =>
      corrections.findById(id).lean<CorrectionDocument | null>().exec(),
    async finish(id: string, count: number, stopped: number): Promise<void> {
      await corrections.updateOne({ _id: id }, { $set: { finished: true, count, stopped } });
    },
    /** The latest first. */
    of: ({ kind, id }: CorrectionSource, limit: number): Promise<CorrectionDocument[]> =>
      corrections
        .find({ 'source.id': id, 'source.kind': kind })
        .sort({ at: -1 })
        .limit(limit)
        .lean<CorrectionDocument[]>()
        .exec(),
    unfinished: (begunBefore: Date): Promise<CorrectionDocument[]> =>
      corrections
        .find({ finished: false, at: { $lt: begunBefore } })
        .limit(20)
        .lean<CorrectionDocument[]>()
        .exec(),
  };
};
