/** What a ticket holds, its indexes, and what of an open one the lists keep in memory. */
import mongoose from 'mongoose';
import type { TicketDraft } from '../dialogue/contract.js';
import type { Queue } from '../dialogue/fact-requests.js';
import type { Rating } from '../dialogue/rating.js';
import { schemaOptions } from './connect.js';

/**
 * waiting → claimed → answered → resolved. The resident's next message puts `answered` back to `claimed` by the same specialist; a
 * question that is handed over again soon after it was resolved puts it back to `waiting`.
 */
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
  /** Resolved as no question at all. */
  spam?: boolean;
  /** Until when a (next) reply and the end were promised, in the queue's working time: who comes first by it is answered first. */
  answerBy?: Date;
  resolveBy?: Date;
  /** When the resident wrote last. */
  lastMessageAt?: Date;
  /** Words of its messages, folded, that a search finds it by. */
  words?: string[];
  /** The digits of the resident's number in reverse, so that its last ones are found by an index. */
  phone?: string;
  /** A promise that was broken: the (next) reply's, or the end's. Told to who leads the queue. */
  late?: 'reply' | 'resolve';
  /** A promise is about to be broken. */
  soon?: boolean;
  /** When the channel stops letting us write, unless the resident writes again. */
  windowEnds?: Date;
  /** Asked whether it helped, and the answer. */
  ratingAskedAt?: Date;
  rating?: Rating;
  ratedAt?: Date;
  /** Set by hand: which group of like questions it belongs to (`facts/tickets/alike`). */
  group?: string;
  /** Raised by every change: a second specialist's stale action is refused. */
  version: number;
}

export const ticketSchema = new mongoose.Schema<TicketDocument>(
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
    spam: Boolean,
    answerBy: Date,
    resolveBy: Date,
    lastMessageAt: Date,
    words: { type: [String], default: undefined },
    phone: String,
    late: String,
    soon: Boolean,
    windowEnds: Date,
    ratingAskedAt: Date,
    rating: String,
    ratedAt: Date,
    group: String,
    version: { type: Number, required: true },
  },
  schemaOptions,
);
ticketSchema.index({ receipt: 1 }, { unique: true });
ticketSchema.index({ conversationId: 1, status: 1 });
ticketSchema.index({ status: 1, resolvedAt: -1 });
ticketSchema.index({ status: 1, label: 1, resolvedAt: -1 });
ticketSchema.index({ status: 1, answerBy: 1 });
ticketSchema.index({ status: 1, resolveBy: 1 });
ticketSchema.index({ words: 1 });
ticketSchema.index({ phone: 1 });

/** What of an open ticket is kept in the memory of every process that shows lists. */
export type OpenTicketRow = Pick<
  TicketDocument,
  | '_id'
  | 'conversationId'
  | 'queue'
  | 'status'
  | 'urgent'
  | 'language'
  | 'label'
  | 'waitingSince'
  | 'answerBy'
  | 'claimedBy'
  | 'lastMessageAt'
  | 'words'
  | 'late'
  | 'soon'
  | 'windowEnds'
  | 'group'
  | 'version'
>;
/** The fields of `OpenTicketRow`, as a query asks for them. */
export const openTicketFields: Record<Exclude<keyof OpenTicketRow, '_id'>, 1> = {
  conversationId: 1,
  queue: 1,
  status: 1,
  urgent: 1,
  language: 1,
  label: 1,
  waitingSince: 1,
  answerBy: 1,
  claimedBy: 1,
  lastMessageAt: 1,
  words: 1,
  late: 1,
  soon: 1,
  windowEnds: 1,
  group: 1,
  version: 1,
};
/** A ticket as a change tells of it, without what no list needs. */
export const openTicketRow = (document: Readonly<Record<string, unknown>>): OpenTicketRow =>
  Object.fromEntries(
    ['_id', ...Object.keys(openTicketFields)].flatMap((name) =>
      document[name] === undefined ? [] : [[name, document[name]]],
    ),
  ) as unknown as OpenTicketRow;
