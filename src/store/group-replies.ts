/** One reply to many tickets: what was said to whom, what became of each ticket, and whether it was taken back in time. */
import mongoose from 'mongoose';
import type { Language } from '../language.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { Session } from './session.js';
import type { TicketDocument } from './ticket-document.js';

/** How a ticket stood before the reply, for taking it back. */
export type TicketBefore = Pick<TicketDocument, 'status' | 'firstReplyAt' | 'answeredAt' | 'claimedBy' | 'claimedAt'>;
/** What became of one ticket: its reply was queued, or it was left out and why. */
export type GroupReplyPart = { readonly ticketId: string; readonly receipt: string; readonly language: Language } & (
  | {
      readonly outboxId: string;
      readonly before: TicketBefore;
      readonly drafts: readonly string[];
      /** The row that asks whether it helped. */
      readonly ratingId?: string;
    }
  | {
      /** A `TicketErrorCode`, and the staff id that it is about. */
      readonly leftOut: string;
      readonly by?: string;
    }
);

export interface GroupReplyDocument {
  /** The form's request id: the same form posted twice is one reply. */
  _id: string;
  staffId: string;
  at: Date;
  /** When the first of it leaves: until then it can be taken back whole. */
  dueAt: Date;
  texts: Partial<Record<Language, string>>;
  /** Resolves the tickets with it. */
  closes: boolean;
  /** The ticket whose group it was, and every ticket that was chosen, in order. */
  seed: string;
  tickets: string[];
  parts: GroupReplyPart[];
  /** Every chosen ticket has its part. */
  finished: boolean;
  undoneAt?: Date;
  /** Tickets that stand again as they did before it. */
  restored: string[];
  /** The article draft that was made of it. */
  article?: string;
}

const { Mixed } = mongoose.Schema.Types;
const groupReplySchema = new mongoose.Schema<GroupReplyDocument>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    at: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    texts: { type: Mixed, required: true },
    closes: { type: Boolean, required: true },
    seed: { type: String, required: true },
    tickets: { type: [String], required: true },
    parts: { type: [Mixed], required: true } as never,
    finished: { type: Boolean, required: true },
    undoneAt: Date,
    restored: { type: [String], required: true },
    article: String,
  },
  schemaOptions,
);
groupReplySchema.index({ finished: 1, at: 1 });

export const createGroupReplyRows = (connection: Connection) => {
  const replies = defineModel(connection, 'group_replies', groupReplySchema);
  return {
    models: [replies],
    /** False where this request was begun before. */
    async begin(reply: GroupReplyDocument): Promise<boolean> {
      try {
        await replies.create([reply]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: (id: string): Promise<GroupReplyDocument | null> =>
      replies.findById(id).lean<GroupReplyDocument | null>().exec(),
    /** Notes what became of one ticket; false where that is noted already, or the reply was taken back. */
    async addPart(session: Session, id: string, part: GroupReplyPart): Promise<boolean> {
      const result = await replies.updateOne(
        { _id: id, undoneAt: { $exists: false }, 'parts.ticketId': { $ne: part.ticketId } },
        { $push: { parts: part } },
        { session },
      );
      return result.matchedCount === 1;
    },
    async finish(id: string): Promise<void> {
      await replies.updateOne({ _id: id }, { $set: { finished: true } });
    },
    /** Stops whatever of it is still being queued; true for the first who takes it back. */
    async undo(id: string, at: Date): Promise<boolean> {
      const result = await replies.updateOne(
        { _id: id, undoneAt: { $exists: false } },
        { $set: { undoneAt: at, finished: false } },
      );
      return result.matchedCount === 1;
    },
    /** False where this ticket was restored before. */
    async addRestored(session: Session, id: string, ticketId: string): Promise<boolean> {
      const result = await replies.updateOne(
        { _id: id, restored: { $ne: ticketId } },
        { $push: { restored: ticketId } },
        { session },
      );
      return result.matchedCount === 1;
    },
    async setArticle(id: string, article: string): Promise<void> {
      await replies.updateOne({ _id: id }, { $set: { article } });
    },
    /** Begun before `moment` and not brought to an end: its process died. */
    unfinished: (moment: Date): Promise<GroupReplyDocument[]> =>
      replies
        .find({ finished: false, at: { $lt: moment } })
        .limit(20)
        .lean<GroupReplyDocument[]>()
        .exec(),
  };
};
