/** Tickets: questions that wait for a specialist. */
import mongoose from 'mongoose';
import type { TicketDraft } from '../dialogue/contract.js';
import type { Queue } from '../dialogue/fact-requests.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

/** waiting → claimed → answered → resolved; the resident's next message puts `answered` back to `claimed` by the same specialist. */
export type TicketStatus = 'waiting' | 'claimed' | 'answered' | 'resolved';

export interface TicketDocument {
  _id: string;
  /** What the resident is told, such as K-7F3Q: unique, not sequential. */
  receipt: string;
  conversationId: string;
  queue: Queue;
  reason: TicketDraft['reason'];
  urgent: boolean;
  label?: string;
  language: 'kk' | 'ru';
  status: TicketStatus;
  /** Ids of the incoming messages it is about. */
  messages: string[];
  createdAt: Date;
  /** Since when the resident waits for an answer. */
  waitingSince: Date;
  claimedBy?: string;
  claimedAt?: Date;
  firstReplyAt?: Date;
  /** When a specialist wrote last. */
  answeredAt?: Date;
  resolvedAt?: Date;
  resolvedBy?: string;
  /** Raised by every change: a second specialist's stale action is refused. */
  version: number;
}

const ticketSchema = new mongoose.Schema<TicketDocument>(
  {
    _id: { type: String, required: true },
    receipt: { type: String, required: true },
    conversationId: { type: String, required: true },
    queue: { type: String, required: true },
    reason: { type: String, required: true },
    urgent: { type: Boolean, required: true },
    label: String,
    language: { type: String, required: true },
    status: { type: String, required: true },
    messages: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    waitingSince: { type: Date, required: true },
    claimedBy: String,
    claimedAt: Date,
    firstReplyAt: Date,
    answeredAt: Date,
    resolvedAt: Date,
    resolvedBy: String,
    version: { type: Number, required: true },
  },
  schemaOptions,
);
ticketSchema.index({ receipt: 1 }, { unique: true });
ticketSchema.index({ conversationId: 1, status: 1 });
ticketSchema.index({ status: 1, urgent: -1, waitingSince: 1 });

export const createTicketRows = (connection: Connection) => {
  const tickets = defineModel(connection, 'tickets', ticketSchema);
  return {
    models: [tickets],
    async insert(session: Session, ticket: TicketDocument): Promise<void> {
      await tickets.create([ticket], { session });
    },
    find: (id: string): Promise<TicketDocument | null> => tickets.findById(id).lean<TicketDocument | null>().exec(),
    byReceipt: (receipt: string): Promise<TicketDocument | null> =>
      tickets.findOne({ receipt }).lean<TicketDocument | null>().exec(),
    receiptTaken: async (receipt: string): Promise<boolean> => (await tickets.exists({ receipt })) !== null,
    openOf: (conversationId: string): Promise<TicketDocument[]> =>
      tickets
        .find({ conversationId, status: { $ne: 'resolved' } })
        .sort({ createdAt: 1 })
        .lean<TicketDocument[]>()
        .exec(),
    ofConversation: (conversationId: string, limit: number): Promise<TicketDocument[]> =>
      tickets.find({ conversationId }).sort({ createdAt: -1 }).limit(limit).lean<TicketDocument[]>().exec(),
    /** Tickets in any of the states, urgent first, then who waits longest. */
    list: (statuses: readonly TicketStatus[], limit: number): Promise<TicketDocument[]> =>
      tickets
        .find({ status: { $in: statuses } })
        .sort({ urgent: -1, waitingSince: 1 })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    count: (status: TicketStatus): Promise<number> => tickets.countDocuments({ status }),
    /** A resident's further messages join the ticket; an answered one waits again for the specialist who holds it. */
    async join(
      session: Session,
      id: string,
      joined: { readonly messages: readonly string[]; readonly urgent: boolean; readonly now: Date },
    ): Promise<void> {
      await tickets.updateOne(
        { _id: id },
        {
          $addToSet: { messages: { $each: [...joined.messages] } },
          $inc: { version: 1 },
          ...(joined.urgent ? { $set: { urgent: true } } : {}),
        },
        { session },
      );
      await tickets.updateOne(
        { _id: id, status: 'answered', claimedBy: { $exists: true } },
        { $set: { status: 'claimed', waitingSince: joined.now } },
        { session },
      );
      // Answered from the telephone: nobody here has it.
      await tickets.updateOne(
        { _id: id, status: 'answered', claimedBy: { $exists: false } },
        { $set: { status: 'waiting', waitingSince: joined.now } },
        { session },
      );
    },
    /** Changes the ticket if it is as the caller saw it; false when somebody was quicker. */
    async change(
      session: Session,
      id: string,
      expected: { readonly status: readonly TicketStatus[]; readonly claimedBy?: string },
      change: Partial<Omit<TicketDocument, '_id' | 'version'>>,
    ): Promise<boolean> {
      const result = await tickets.updateOne(
        {
          _id: id,
          status: { $in: [...expected.status] },
          ...(expected.claimedBy === undefined ? {} : { claimedBy: expected.claimedBy }),
        },
        { $set: change, $inc: { version: 1 } },
        { session },
      );
      return result.matchedCount === 1;
    },
    /**
     * Puts a claimed ticket back among the waiting ones; false when it is not this specialist's (any more). Whoever was answered
     * waits from `now`, everybody else since their question.
     */
    async unclaim(session: Session, id: string, claimedBy: string, now: Date): Promise<boolean> {
      await tickets.updateOne({ _id: id, status: 'answered', claimedBy }, { $set: { waitingSince: now } }, { session });
      const result = await tickets.updateOne(
        { _id: id, status: { $in: ['claimed', 'answered'] }, claimedBy },
        { $set: { status: 'waiting' }, $unset: { claimedBy: 1, claimedAt: 1 }, $inc: { version: 1 } },
        { session },
      );
      return result.matchedCount === 1;
    },
  };
};
