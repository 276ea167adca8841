/** Conversations: the dialogue's state, the lease that orders a resident's messages, and the due time of a waiting fragment. */
import mongoose from 'mongoose';
import { type DialogueState, freshState } from '../dialogue/state.js';
import type { Burst } from '../inbound/burst.js';
import type { Alias } from '../transport/contract.js';
import { anyDate, type Connection, defineModel, schemaOptions, sweepComment } from './connect.js';
import type { Session } from './session.js';

export interface ConversationDocument {
  /** The contact's id: a resident has one conversation. */
  _id: string;
  /** Where answers go: the alias that wrote last. */
  address: Alias;
  /** Number of the last message taken in; every intake raises it, so that a release can see what came meanwhile. */
  inboundSeq: number;
  /** Messages up to this number have their outcome. */
  settledSeq: number;
  /** Real time from which the pending fragment is decided; absent where none waits. */
  dueAt?: Date;
  state: DialogueState;
  /** The specialist's ticket that holds the conversation; the bot is silent meanwhile. */
  heldBy?: { ticketId: string; staffId: string; since: Date };
  /** Somebody answers from the telephone itself: until then (real time) the bot is silent here and questions go to the inbox. */
  phoneUntil?: Date;
  /** When somebody last wrote from the telephone, by the channel's word: what the resident wrote before is theirs to have answered. */
  phoneAt?: Date;
  lease: {
    /** Raised by every claim: a transaction of an older holder matches nothing. */
    token: number;
    owner: string;
    /** Milliseconds since the epoch by the database's clock. A number, since comparing a stored date with $$NOW is not right on every engine. */
    until: number;
  };
  /** Replies wait for the resident's next message, because the channel's window is closed. */
  repliesHeld?: true;
  /** Rounds in a row that failed; at the limit the messages are parked. */
  failures: number;
  /** How much was said here lately. */
  burst?: Burst;
  lastMessageAt: Date;
}

const conversationSchema = new mongoose.Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    address: { type: mongoose.Schema.Types.Mixed, required: true },
    inboundSeq: { type: Number, required: true },
    settledSeq: { type: Number, required: true },
    dueAt: Date,
    state: { type: mongoose.Schema.Types.Mixed, required: true },
    heldBy: { type: mongoose.Schema.Types.Mixed },
    phoneUntil: Date,
    phoneAt: Date,
    repliesHeld: Boolean,
    lease: { type: mongoose.Schema.Types.Mixed, required: true },
    failures: { type: Number, required: true },
    burst: { type: mongoose.Schema.Types.Mixed },
    lastMessageAt: { type: Date, required: true },
  },
  schemaOptions,
);
// What the sweep looks for: conversations with unsettled messages.
conversationSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: anyDate } });
conversationSchema.index({ 'heldBy.since': 1 }, { partialFilterExpression: { 'heldBy.since': anyDate } });
conversationSchema.index({ lastMessageAt: -1 });

export interface Lease {
  readonly token: number;
  readonly owner: string;
}

const freshConversation = {
  settledSeq: 0,
  state: freshState,
  lease: { token: 0, owner: '', until: 0 },
  failures: 0,
} as const;

export const createConversations = (connection: Connection) => {
  const conversations = defineModel(connection, 'conversations', conversationSchema);
  const fence = (id: string, lease: Lease) => ({ _id: id, 'lease.token': lease.token, 'lease.owner': lease.owner });
  const free = { 'lease.until': 0, 'lease.owner': '' };
  return {
    models: [conversations],
    find: (id: string): Promise<ConversationDocument | null> =>
      conversations.findById(id).lean<ConversationDocument | null>().exec(),
    findMany: (ids: readonly string[]): Promise<ConversationDocument[]> =>
      conversations
        .find({ _id: { $in: ids } })
        .lean<ConversationDocument[]>()
        .exec(),

    /** Raises the conversation's message number, making the conversation if need be, and gives it with the new number. */
    expectMessage: (session: Session, id: string, address: Alias, now: Date): Promise<ConversationDocument> =>
      conversations
        .findOneAndUpdate(
          { _id: id },
          {
            $inc: { inboundSeq: 1 },
            $set: { address, lastMessageAt: now, dueAt: now },
            $setOnInsert: freshConversation,
          },
          { session, upsert: true, returnDocument: 'after' },
        )
        .lean<ConversationDocument>()
        .orFail()
        .exec(),

    /**
     * Takes the lease by the database's clock if something waits and nobody holds it; gives the conversation under the new token, or
     * null. Always by _id: claiming "the first of a sorted queue" is slow and races on every engine.
     */
    async claim(id: string, owner: string, leaseMs: number): Promise<ConversationDocument | null> {
      const nowMs = { $toLong: '$$NOW' };
      const claimed = await conversations
        .findOneAndUpdate(
          { _id: id, dueAt: { $exists: true } },
          [
            {
              $set: {
                lease: {
                  $cond: [
                    { $lt: ['$lease.until', nowMs] },
                    { token: { $add: ['$lease.token', 1] }, owner, until: { $add: [nowMs, leaseMs] } },
                    '$lease',
                  ],
                },
              },
            },
          ],
          { returnDocument: 'after', updatePipeline: true, maxTimeMS: leaseMs },
        )
        .lean<ConversationDocument | null>();
      return claimed?.lease.owner === owner ? claimed : null;
    },

    /**
     * First write of a turn's transaction. Where the turn settles the last message there is, the same write gives the lease back
     * (`released`); `held`: more messages wait. `lost`: the lease is another's by now, and the caller aborts.
     */
    async settle(
      session: Session,
      id: string,
      lease: Lease,
      turn: {
        readonly settledSeq: number;
        readonly state: DialogueState;
        readonly burst: NonNullable<ConversationDocument['burst']>;
      },
    ): Promise<'released' | 'held' | 'lost'> {
      const isLast = { $lte: ['$inboundSeq', turn.settledSeq] };
      const update = {
        settledSeq: turn.settledSeq,
        state: { $literal: turn.state },
        burst: { $literal: turn.burst },
        failures: 0,
        'lease.until': { $cond: [isLast, 0, '$lease.until'] },
        'lease.owner': { $cond: [isLast, '', '$lease.owner'] },
        dueAt: { $cond: [isLast, '$$REMOVE', '$dueAt'] },
      };
      const after = await conversations
        .findOneAndUpdate(fence(id, lease), [{ $set: update }], {
          session,
          returnDocument: 'after',
          updatePipeline: true,
        })
        .lean<ConversationDocument | null>();
      if (!after) return 'lost';
      return after.lease.owner === lease.owner ? 'held' : 'released';
    },

    /**
     * Gives the lease back if no message came since `seq` was read; else false: look again before letting go.
     * `dueAt` is when a waiting fragment is decided, null where nothing waits.
     */
    async release(id: string, lease: Lease, seq: number, dueAt: Date | null): Promise<boolean> {
      const result = await conversations.updateOne(
        { ...fence(id, lease), inboundSeq: seq },
        {
          $set: { ...free, ...(dueAt ? { dueAt } : {}) },
          ...(dueAt ? {} : { $unset: { dueAt: 1 } }),
        },
      );
      return result.matchedCount === 1;
    },

    /** After a failed round: counts it and gives the lease back, to be tried again at `retryAt`. */
    async releaseFailed(id: string, lease: Lease, retryAt: Date): Promise<void> {
      await conversations.updateOne(fence(id, lease), { $set: { ...free, dueAt: retryAt }, $inc: { failures: 1 } });
    },

    /** Conversations whose due time has passed: what waited for its window, and what a dead process left. */
    due: (now: Date, limit: number): Promise<{ readonly _id: string; readonly dueAt: Date }[]> =>
      conversations
        .find({ dueAt: { ...anyDate, $lte: now } }, { dueAt: 1 })
        .limit(limit)
        .comment(sweepComment)
        .lean<{ readonly _id: string; readonly dueAt: Date }[]>()
        .exec(),
    /** True where messages have been due since before `moment`. */
    overdue: async (moment: Date): Promise<boolean> =>
      (await conversations.exists({ dueAt: { ...anyDate, $lt: moment } })) !== null,

    /** Leaves the conversation to whoever answered from the telephone at `at`, until `until`; makes it where nobody wrote before. */
    async leaveToPhone(session: Session, id: string, address: Alias, at: Date, until: Date): Promise<void> {
      await conversations.updateOne(
        { _id: id },
        {
          // What came while nobody listened is read in any order.
          $max: { phoneAt: at, phoneUntil: until },
          $setOnInsert: { address, inboundSeq: 0, lastMessageAt: at, ...freshConversation },
        },
        { session, upsert: true },
      );
    },
    /**
     * Notes that replies wait for the resident's next message; false where one came since `seq` was read. The next intake meets this
     * write, so that neither misses the other.
     */
    async awaitResident(session: Session, id: string, seq: number): Promise<boolean> {
      const result = await conversations.updateOne(
        { _id: id, inboundSeq: seq },
        { $set: { repliesHeld: true } },
        { session },
      );
      return result.matchedCount === 1;
    },
    async residentWrote(session: Session, id: string): Promise<void> {
      await conversations.updateOne({ _id: id }, { $unset: { repliesHeld: 1 } }, { session });
    },
    async hold(session: Session, id: string, heldBy: NonNullable<ConversationDocument['heldBy']>): Promise<void> {
      await conversations.updateOne({ _id: id }, { $set: { heldBy } }, { session });
    },
    /** Conversations whose specialist did nothing since before that moment. */
    heldBefore: (moment: Date, limit: number): Promise<ConversationDocument[]> =>
      conversations
        .find({ 'heldBy.since': { ...anyDate, $lt: moment } })
        .limit(limit)
        .lean<ConversationDocument[]>()
        .exec(),
    /** Hands the conversation back to the bot if the specialist did nothing since that was read. */
    async unholdSilent(
      session: Session,
      id: string,
      { ticketId, since }: NonNullable<ConversationDocument['heldBy']>,
    ): Promise<boolean> {
      const silent = { _id: id, 'heldBy.ticketId': ticketId, 'heldBy.since': since };
      const result = await conversations.updateOne(silent, { $unset: { heldBy: 1 } }, { session });
      return result.matchedCount === 1;
    },
    /** Hands the conversation back to the bot if this ticket holds it. */
    async unhold(session: Session, id: string, ticketId: string): Promise<void> {
      await conversations.updateOne({ _id: id, 'heldBy.ticketId': ticketId }, { $unset: { heldBy: 1 } }, { session });
    },
  };
};
