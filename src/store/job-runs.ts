/** Which run of which job was taken: the key is the job with its scheduled moment, so that of several processes one runs it. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

interface JobRunDocument {
  /** `JOB:SCHEDULED`, the moment in ISO. */
  _id: string;
  takenAt: Date;
}
const jobRunSchema = new mongoose.Schema<JobRunDocument>(
  { _id: { type: String, required: true }, takenAt: { type: Date, required: true } },
  schemaOptions,
);
/** No process is so late that it still asks for a run of two days ago. */
jobRunSchema.index({ takenAt: 1 }, { expireAfterSeconds: 2 * 24 * 60 * 60 });

export const createJobRuns = (connection: Connection) => {
  const runs = defineModel(connection, 'job_runs', jobRunSchema);
  return {
    models: [runs],
    /** True for the first who asks. */
    async take(key: string, takenAt: Date): Promise<boolean> {
      try {
        await runs.create([{ _id: key, takenAt }]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
};
