/** How many checks there were each day and how they ended, and who tried more people than a family has. Counts, no persons. */
import mongoose from 'mongoose';
import { type Connection, defineModel, schemaOptions } from './connect.js';

export interface CheckDayDocument {
  /** Day in the region, YYYY-MM-DD. */
  _id: string;
  /** By outcome: `approved`, `not-listed`, `throttled` … */
  counts: Record<string, number>;
  expiresAt: Date;
}
/** Somebody, or somebodies about one birthday, asked about too many different people. */
export interface EnumerationAlarmDocument {
  /** Day and subject: one alarm a day for each. */
  _id: string;
  kind: 'contact' | 'birthday';
  /** Whose conversation; absent for a birthday, which nobody here knows. */
  contactId?: string;
  /** Refused tries at different people. */
  tries: number;
  firstAt: Date;
  lastAt: Date;
  expiresAt: Date;
}
/** Tries that are told together. */
export type EnumerationAlarm = Omit<EnumerationAlarmDocument, 'firstAt' | 'expiresAt'>;
const daySchema = new mongoose.Schema<CheckDayDocument>(
  {
    _id: { type: String, required: true },
    counts: { type: mongoose.Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
daySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const alarmSchema = new mongoose.Schema<EnumerationAlarmDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    contactId: String,
    tries: { type: Number, required: true },
    firstAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions,
);
alarmSchema.index({ lastAt: -1 });
alarmSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createCheckDays = (connection: Connection) => {
  const days = defineModel(connection, 'check_days', daySchema);
  const alarms = defineModel(connection, 'enumeration_alarms', alarmSchema);
  return {
    models: [days, alarms],
    async add(day: string, counts: Readonly<Record<string, number>>, expiresAt: Date): Promise<void> {
      const added = Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count]));
      await days.updateOne({ _id: day }, { $inc: added, $set: { expiresAt } }, { upsert: true });
    },
    /** The latest days first. */
    latest: (limit: number): Promise<CheckDayDocument[]> =>
      days.find().sort({ _id: -1 }).limit(limit).lean<CheckDayDocument[]>().exec(),
    async raise({ _id, tries, lastAt, ...first }: EnumerationAlarm, expiresAt: Date): Promise<void> {
      await alarms.updateOne(
        { _id },
        { $inc: { tries }, $set: { lastAt, expiresAt }, $setOnInsert: { ...first, firstAt: lastAt } },
        { upsert: true },
      );
    },
    alarms: (limit: number): Promise<EnumerationAlarmDocument[]> =>
      alarms.find().sort({ lastAt: -1 }).limit(limit).lean<EnumerationAlarmDocument[]>().exec(),
  };
};
export type CheckDays = ReturnType<typeof createCheckDays>;
