/** Tickets: questions that wait for a specialist. */
import type mongoose from 'mongoose';
import type { Queue } from '../dialogue/fact-requests.js';
import type { Rating } from '../dialogue/rating.js';
import type { Language } from '../language.js';
import { type Connection, defineModel } from './connect.js';
import type { TicketBefore } from './group-replies.js';
import type { Session } from './session.js';
import {
  type OpenTicketRow,
  openTicketFields,
  type TicketDocument,
  type TicketStatus,
  ticketSchema,
} from './ticket-document.js';

/** A resident's further messages, as they join a ticket. */
export interface JoiningMessages {
  readonly messages: readonly string[];
  readonly words: readonly string[];
  readonly urgent: boolean;
  readonly now: Date;
  readonly answerBy: Date;
  readonly resolveBy: Date;
  readonly windowEnds?: Date;
}

/** A range, since not every engine finds the beginning of a text by an expression where some documents lack the field. */
const startsWith = (digits: string) => ({ $gte: digits, $lt: `${digits}:` });

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
    /** Tickets of these queues in these conversations. */
    ofConversations: (conversationIds: readonly string[], queues: readonly Queue[]): Promise<TicketDocument[]> =>
      tickets
        .find({ conversationId: { $in: conversationIds }, queue: { $in: queues } })
        .lean<TicketDocument[]>()
        .exec(),
    ofConversation: (conversationId: string, limit: number): Promise<TicketDocument[]> =>
      tickets.find({ conversationId }).sort({ createdAt: -1 }).limit(limit).lean<TicketDocument[]>().exec(),
    /** Every ticket that is not resolved, as the lists know it. */
    open: (): Promise<OpenTicketRow[]> =>
      tickets
        .find({ status: { $ne: 'resolved' } }, openTicketFields)
        .lean<OpenTicketRow[]>()
        .exec(),
    findMany: (ids: readonly string[]): Promise<TicketDocument[]> =>
      tickets
        .find({ _id: { $in: ids } })
        .lean<TicketDocument[]>()
        .exec(),
    /** Resolved tickets of these queues, the latest first. */
    resolved: (queues: readonly Queue[], since: Date, limit: number): Promise<TicketDocument[]> =>
      tickets
        .find({ status: 'resolved', resolvedAt: { $gte: since }, queue: { $in: queues } })
        .sort({ resolvedAt: -1 })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    /** Resolved tickets of these queues under the label and in the language, the latest first. */
    resolvedAlike: (
      { label, language, queues }: { label: string; language: Language; queues: readonly Queue[] },
      limit: number,
    ): Promise<TicketDocument[]> =>
      tickets
        .find({ status: 'resolved', label, language, queue: { $in: queues }, spam: { $ne: true } })
        .sort({ resolvedAt: -1 })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    /** Tickets of these queues with a word that begins with each of `starts`, or whose number ends so; at most `limit`, the latest first. */
    search: (
      queues: readonly Queue[],
      wanted: { readonly starts: readonly string[] } | { readonly phoneEnds: string },
      limit: number,
    ): Promise<TicketDocument[]> =>
      tickets
        .find({
          queue: { $in: queues },
          ...('starts' in wanted
            ? { $and: wanted.starts.map((start) => ({ words: new RegExp(`^${start}`, 'u') })) }
            : { phone: startsWith([...wanted.phoneEnds].reverse().join('')) }),
        })
        .sort({ createdAt: -1 })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    count: (status: TicketStatus): Promise<number> => tickets.countDocuments({ status }),
    /**
     * A resident's further messages join the ticket. An answered one waits again for the specialist who holds it; one that nobody holds,
     * because it was answered from the telephone or is resolved, waits for anybody.
     */
    async join(session: Session, id: string, joining: JoiningMessages): Promise<void> {
      const { messages, words, urgent, now, answerBy, resolveBy, windowEnds } = joining;
      await tickets.updateOne(
        { _id: id },
        {
          $addToSet: { messages: { $each: [...messages] }, words: { $each: [...words] } },
          $inc: { version: 1 },
          $set: { lastMessageAt: now, ...(urgent ? { urgent: true } : {}) },
          // What was written earlier and came later closes no window.
          ...(windowEnds ? { $max: { windowEnds } } : {}),
        },
        { session },
      );
      const again = { waitingSince: now, answerBy, resolveBy };
      const ended = { resolvedAt: 1, resolvedBy: 1, spam: 1, claimedBy: 1, claimedAt: 1 };
      const waiting = { $set: { status: 'waiting' as const, ...again } };
      const move = async (before: object, after: mongoose.UpdateQuery<TicketDocument>): Promise<void> => {
        await tickets.updateOne({ _id: id, ...before }, after, { session });
      };
      await move({ status: 'answered', claimedBy: { $exists: true } }, { $set: { status: 'claimed', ...again } });
      await move({ status: 'answered', claimedBy: { $exists: false } }, waiting);
      await move({ status: 'resolved' }, { ...waiting, $unset: ended });
    },
    /** Changes the ticket if it is as the caller saw it; false when somebody was quicker. */
    async change(
      session: Session,
      id: string,
      expected: { readonly status: readonly TicketStatus[]; readonly claimedBy?: string },
      change: Partial<Omit<TicketDocument, '_id' | 'version'>>,
    ): Promise<boolean> {
      // Who was answered waits no longer, whatever was promised.
      const kept = change.status === 'resolved' || change.status === 'answered' ? { soon: 1, late: 1 } : null;
      const result = await tickets.updateOne(
        {
          _id: id,
          status: { $in: [...expected.status] },
          ...(expected.claimedBy === undefined ? {} : { claimedBy: expected.claimedBy }),
        },
        { $set: change, $inc: { version: 1 }, ...(kept ? { $unset: kept } : {}) },
        { session },
      );
      return result.matchedCount === 1;
    },
    /**
     * Passes an open ticket on to a queue, and there to a person or to whoever takes it; false where it is resolved, or claimed by
     * somebody else than `unlessClaimedByOther`. Whoever was answered waits from `at`, everybody else since their question.
     */
    async pass(
      session: Session,
      id: string,
      passing: {
        readonly queue: Queue;
        readonly to?: string;
        readonly at: Date;
        readonly unlessClaimedByOther?: string;
        readonly answerBy?: Date;
        readonly resolveBy?: Date;
      },
    ): Promise<boolean> {
      const { queue, to, at, unlessClaimedByOther: mine, ...deadlines } = passing;
      await tickets.updateOne({ _id: id, status: 'answered' }, { $set: { waitingSince: at } }, { session });
      const result = await tickets.updateOne(
        {
          _id: id,
          status: { $ne: 'resolved' },
          ...(mine === undefined ? {} : { $or: [{ claimedBy: mine }, { claimedBy: { $exists: false } }] }),
        },
        {
          $set: {
            queue,
            ...deadlines,
            ...(to === undefined ? { status: 'waiting' } : { status: 'claimed', claimedBy: to, claimedAt: at }),
          },
          ...(to === undefined ? { $unset: { claimedBy: 1, claimedAt: 1 } } : {}),
          $inc: { version: 1 },
        },
        { session },
      );
      return result.matchedCount === 1;
    },
    /** Puts a ticket back as it stood before it was answered at `answeredAt`; false where somebody wrote since. */
    async takeBack(session: Session, id: string, answeredAt: Date, before: TicketBefore): Promise<boolean> {
      const fields = [
        'firstReplyAt',
        'answeredAt',
        'claimedBy',
        'claimedAt',
        'resolvedAt',
        'resolvedBy',
        'ratingAskedAt',
      ] as const;
      const absent = fields.filter((name) => !(name in before));
      const result = await tickets.updateOne(
        { _id: id, answeredAt },
        { $set: before, $unset: Object.fromEntries(absent.map((name) => [name, 1])), $inc: { version: 1 } },
        { session },
      );
      return result.matchedCount === 1;
    },
    /** The ticket of the conversation that a rating is about: this one, else the one asked about last. */
    askedToRate: (conversationId: string, id?: string): Promise<TicketDocument | null> =>
      tickets
        .findOne({ conversationId, ratingAskedAt: { $exists: true }, ...(id === undefined ? {} : { _id: id }) })
        .sort({ ratingAskedAt: -1 })
        .lean<TicketDocument | null>()
        .exec(),
    async rate(session: Session, id: string, rating: Rating, ratedAt: Date): Promise<void> {
      await tickets.updateOne({ _id: id }, { $set: { rating, ratedAt }, $inc: { version: 1 } }, { session });
    },
    /** The ticket of the conversation that was resolved last, since then; spam is no question. */
    resolvedLately: (conversationId: string, since: Date): Promise<TicketDocument | null> =>
      tickets
        .findOne({ conversationId, status: 'resolved', resolvedAt: { $gte: since }, spam: { $ne: true } })
        .sort({ resolvedAt: -1 })
        .lean<TicketDocument | null>()
        .exec(),
    /** Open tickets whose promise of a reply ends before `soon`, or of an end before `now`. */
    async promised(soon: Date, now: Date, limit: number): Promise<TicketDocument[]> {
      const waits: TicketStatus[] = ['waiting', 'claimed'];
      const isOpen: TicketStatus[] = [...waits, 'answered'];
      const [reply, end] = await Promise.all([
        tickets
          .find({ status: { $in: waits }, answerBy: { $lt: soon } })
          .limit(limit)
          .lean<TicketDocument[]>()
          .exec(),
        tickets
          .find({ status: { $in: isOpen }, resolveBy: { $lt: now }, late: { $ne: 'resolve' } })
          .limit(limit)
          .lean<TicketDocument[]>()
          .exec(),
      ]);
      return [...new Map([...reply, ...end].map((ticket) => [ticket._id, ticket])).values()];
    },
    async markSoon(id: string, answerBy: Date): Promise<void> {
      await tickets.updateOne(
        { _id: id, answerBy, status: { $in: ['waiting', 'claimed'] }, soon: { $ne: true } },
        { $set: { soon: true }, $inc: { version: 1 } },
      );
    },
    /** False where that was noted before, or the promise was kept meanwhile. */
    async markLate(session: Session, ticket: TicketDocument, late: 'reply' | 'resolve'): Promise<boolean> {
      const broken =
        late === 'reply'
          ? { answerBy: { $eq: ticket.answerBy }, status: { $in: ['waiting', 'claimed'] }, late: { $exists: false } }
          : { resolveBy: { $eq: ticket.resolveBy }, status: { $ne: 'resolved' }, late: { $ne: 'resolve' } };
      const result = await tickets.updateOne(
        { $and: [{ _id: ticket._id }, broken as object] },
        { $set: { late }, $unset: { soon: 1 }, $inc: { version: 1 } },
        { session },
      );
      return result.matchedCount === 1;
    },
    /** Open tickets of a queue, whoever has them. */
    openIn: (queue: Queue, limit: number): Promise<TicketDocument[]> =>
      tickets
        .find({ queue, status: { $ne: 'resolved' } })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    /** An open ticket stands in another queue from now on, as it stands; false where it is not in `from` (any more). */
    async move(session: Session, id: string, from: Queue, to: Queue): Promise<boolean> {
      const result = await tickets.updateOne(
        { _id: id, queue: from, status: { $ne: 'resolved' } },
        { $set: { queue: to }, $inc: { version: 1 } },
        { session },
      );
      return result.matchedCount === 1;
    },
    /** Claimed tickets of a queue that were taken before that moment. */
    claimedIn: (queue: Queue, before: Date, limit: number): Promise<TicketDocument[]> =>
      tickets
        .find({ status: 'claimed', queue, claimedAt: { $lt: before } })
        .limit(limit)
        .lean<TicketDocument[]>()
        .exec(),
    /** Tickets that wait for this person's next word. */
    claimedBy: (staffId: string): Promise<TicketDocument[]> =>
      tickets.find({ status: 'claimed', claimedBy: staffId }).lean<TicketDocument[]>().exec(),
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
