/**
 * Queues of tickets: what they are called, who answers there, when they work, how soon they promise to, and which topics of the understanding
 * staff sent there. A starter queue that staff never changed has no row.
 */
import mongoose from 'mongoose';
import type { Queue } from '../dialogue/fact-requests.js';
import type { ExceptionalDay } from '../facts/queues/working-time.js';
import type { Bilingual } from '../language.js';
import type { OfficeHours } from '../office-hours.js';
import type { Label } from '../understand/contract.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

export interface QueueDocument {
  _id: Queue;
  /** Absent: a starter queue under the name that the locales give it. */
  name?: Bilingual;
  /** Hidden: nobody sends anything there any more, and what was open there went to this queue. */
  hiddenFor?: Queue;
  /** Ids of the staff who answer here. */
  members: string[];
  /** Absent: the installation's hours. */
  hours?: OfficeHours[];
  days: ExceptionalDay[];
  /** Minutes of working time until a first reply, and until the question is settled; absent: the installation's. */
  firstReplyMinutes?: number;
  resolveMinutes?: number;
  /** Raised by every change: a stale one is refused. */
  version: number;
  changedBy: string;
  changedAt: Date;
}
export type QueueChange = Pick<
  QueueDocument,
  'name' | 'members' | 'hours' | 'days' | 'firstReplyMinutes' | 'resolveMinutes'
>;
/** A topic that staff sent to a queue of their choice. */
export interface TopicDocument {
  /** The label of the understanding. */
  _id: Label;
  queue: Queue;
  changedBy: string;
  changedAt: Date;
}
type ChangedBy = Pick<QueueDocument, 'changedBy' | 'changedAt'>;

const { Mixed } = mongoose.Schema.Types;
const queueSchema = new mongoose.Schema<QueueDocument>(
  {
    _id: { type: String, required: true },
    name: { type: Mixed, required: false } as never,
    hiddenFor: String,
    members: { type: [String], required: true },
    hours: { type: [Mixed], default: undefined } as never,
    days: { type: [Mixed], required: true } as never,
    firstReplyMinutes: Number,
    resolveMinutes: Number,
    version: { type: Number, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  schemaOptions,
);

const topicSchema = new mongoose.Schema<TopicDocument>(
  {
    _id: { type: String, required: true } as never,
    queue: { type: String, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  schemaOptions,
);

export const createQueueRows = (connection: Connection) => {
  const queues = defineModel(connection, 'queues', queueSchema);
  const topics = defineModel(connection, 'queue_topics', topicSchema);
  return {
    models: [queues, topics],
    topics: (): Promise<TopicDocument[]> => topics.find().lean<TopicDocument[]>().exec(),
    topic: (label: Label): Promise<TopicDocument | null> => topics.findById(label).lean<TopicDocument | null>().exec(),
    /** Sends these topics to the queue. */
    async sendTopics(labels: readonly Label[], queue: Queue, by: ChangedBy): Promise<void> {
      for (const label of labels) {
        await topics
          .updateOne({ _id: label }, { $set: { queue, ...by } }, { upsert: true })
          .catch(async (error: unknown) => {
            // Two sent a new one at once: the row is there now.
            if (!isDuplicateKey(error)) throw error;
            await topics.updateOne({ _id: label }, { $set: { queue, ...by } });
          });
      }
    },
    /** Hides the queue for another one, or shows it again; false where somebody changed it since `version`. */
    async setHidden(id: Queue, version: number, hiddenFor: Queue | null, by: ChangedBy): Promise<boolean> {
      const change = hiddenFor === null ? { $set: by, $unset: { hiddenFor: 1 } } : { $set: { ...by, hiddenFor } };
      const blank = version === 0 ? { $setOnInsert: { members: [], days: [] } } : {};
      try {
        const result = await queues.updateOne(
          { _id: id, version },
          { ...change, ...blank, $inc: { version: 1 } },
          { upsert: version === 0 },
        );
        return result.matchedCount + result.upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    all: (): Promise<QueueDocument[]> => queues.find().lean<QueueDocument[]>().exec(),
    find: (id: Queue): Promise<QueueDocument | null> => queues.findById(id).lean<QueueDocument | null>().exec(),
    /** Queues that this person answers in. */
    ofMember: async (staffId: string): Promise<readonly Queue[]> =>
      (await queues.find({ members: staffId }, { _id: 1 }).lean<Pick<QueueDocument, '_id'>[]>()).map(({ _id }) => _id),
    /** Writes the queue if it still stands at `version` (0: it has no row yet); false when somebody was quicker. */
    async save(id: Queue, version: number, change: QueueChange, by: ChangedBy): Promise<boolean> {
      const { hours, firstReplyMinutes, resolveMinutes, name, ...rest } = change;
      const optional = { hours, firstReplyMinutes, resolveMinutes, name };
      const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
      const gone = Object.fromEntries(
        Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [[name, 1]] : [])),
      );
      const update = {
        $set: { ...rest, ...given, ...by, version: version + 1 },
        ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}),
      };
      try {
        const result = await queues.updateOne({ _id: id, version }, update, { upsert: version === 0 });
        return result.matchedCount + result.upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Puts a person into these queues and takes them out of all others. */
    async assign(staffId: string, ids: readonly Queue[], by: ChangedBy) {
      await queues.updateMany(
        { members: staffId, _id: { $nin: ids } },
        { $pull: { members: staffId }, $inc: { version: 1 }, $set: by },
      );
      for (const id of ids) {
        await queues
          .updateOne(
            { _id: id, members: { $ne: staffId } },
            { $push: { members: staffId }, $inc: { version: 1 }, $set: by, $setOnInsert: { days: [] } },
            { upsert: true },
          )
          .catch((error: unknown) => {
            // The person is in it already: the upsert meets the row itself.
            if (!isDuplicateKey(error)) throw error;
          });
      }
    },
  };
};
