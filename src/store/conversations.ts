/** Conversations: the dialogue's state, the lease that orders a resident's messages, and the due time of a waiting fragment. */
import mongoose from 'mongoose';
import { type DialogueState, freshState } from '../dialogue/state.js';
import type { Alias } from '../transport/contract.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
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
  lease: {
    /** Raised by every claim: a transaction of an older holder matches nothing. */
    token: number;
    owner: string;
    /** Milliseconds since the epoch by the database's clock. A number, since comparing a stored date with $$NOW is not right on every engine. */
    until: number;
  };
  /** Turns in a row that failed; at the limit the messages are parked. */
  failures: number;
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
    lease: { type: mongoose.Schema.Types.Mixed, required: true },
    failures: { type: Number, required: true },
    lastMessageAt: { type: Date, required: true },
  },
  schemaOptions,
);
// The sweep for what a dead process left: conversations with unsettled messages. `open` is kept by the same updates that move the numbers.
conversationSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
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
  return {
    models: [conversations],
    find: (id: string): Promise<ConversationDocument | null> =>
      conversations.findById(id).lean<ConversationDocument | null>().exec(),
    findMany: (ids: readonly string[]): Promise<ConversationDocument[]> =>
      conversations
        .find({ _id: { $in: ids } })
        .lean<ConversationDocument[]>()
        .exec(),

    /** Raises the conversation's message number (making the conversation if need be) and gives the new number. */
    async nextSeq(session: Session, id: string, address: Alias, now: Date): Promise<number> {
      const updated = await conversations
        .findOneAndUpdate(
          { _id: id },
          {
            $inc: { inboundSeq: 1 },
            $set: { address, lastMessageAt: now, dueAt: now },
            $setOnInsert: freshConversation,
          },
          { session, upsert: true, returnDocument: 'after' },
        )
        .lean<ConversationDocument>();
      return updated.inboundSeq;
    },

    /**
     * Takes the lease by the database's clock if nobody holds it; gives the conversation under the new token, or null.
     * Always by _id: claiming "the first of a sorted queue" is slow and races on every engine.
     */
    async claim(id: string, owner: string, leaseMs: number): Promise<ConversationDocument | null> {
      const nowMs = { $toLong: '$$NOW' };
      const claimed = await conversations
        .findOneAndUpdate(
          { _id: id },
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

    /** Keeps a lease alive during long work; false when it was lost. */
    async extend(id: string, lease: Lease, leaseMs: number): Promise<boolean> {
      const result = await conversations.updateOne(
        fence(id, lease),
        [{ $set: { 'lease.until': { $add: [{ $toLong: '$$NOW' }, leaseMs] } } }],
        { updatePipeline: true },
      );
      return result.matchedCount === 1;
    },

    /** First write of a turn's transaction: false (and the caller aborts) when the lease is another's by now. */
    async settle(
      session: Session,
      id: string,
      lease: Lease,
      turn: { readonly settledSeq: number; readonly state: DialogueState },
    ): Promise<boolean> {
      const result = await conversations.updateOne(
        fence(id, lease),
        { $set: { settledSeq: turn.settledSeq, state: turn.state, failures: 0 } },
        { session },
      );
      return result.matchedCount === 1;
    },

    /**
     * Gives the lease back if no message came since `seq` was read; else false: look again before letting go.
     * `dueAt` is when a waiting fragment is decided, null where nothing waits.
     */
    async release(id: string, lease: Lease, seq: number, dueAt: Date | null): Promise<boolean> {
      const result = await conversations.updateOne(
        { ...fence(id, lease), inboundSeq: seq },
        {
          $set: { 'lease.until': 0, 'lease.owner': '', ...(dueAt ? { dueAt } : {}) },
          ...(dueAt ? {} : { $unset: { dueAt: 1 } }),
        },
      );
      return result.matchedCount === 1;
    },

    /** After a failed turn: gives the lease back, to be tried again at `retryAt`; gives the failures in a row so far. */
    async releaseFailed(id: string, lease: Lease, retryAt: Date): Promise<number> {
      const updated = await conversations
        .findOneAndUpdate(
          fence(id, lease),
          { $set: { 'lease.until': 0, 'lease.owner': '', dueAt: retryAt }, $inc: { failures: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ConversationDocument | null>();
      return updated?.failures ?? 0;
    },

    /** Ids of conversations whose due time has passed: what waits for its window, and what a dead process left. */
    async due(now: Date, limit: number): Promise<readonly string[]> {
      const rows = await conversations
        .find({ dueAt: { $lte: now } }, { _id: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => row._id);
    },

    /** Leaves the conversation to whoever answers from the telephone; makes it where nobody wrote before. */
    async leaveToPhone(session: Session, id: string, address: Alias, until: Date): Promise<void> {
      await conversations.updateOne(
        { _id: id },
        {
          $set: { phoneUntil: until },
          $setOnInsert: { address, inboundSeq: 0, lastMessageAt: until, ...freshConversation },
        },
        { session, upsert: true },
      );
    },
    async hold(session: Session, id: string, heldBy: NonNullable<ConversationDocument['heldBy']>): Promise<void> {
      await conversations.updateOne({ _id: id }, { $set: { heldBy } }, { session });
    },
    /** Hands the conversation back to the bot if this ticket holds it. */
    async unhold(session: Session, id: string, ticketId: string): Promise<void> {
      await conversations.updateOne({ _id: id, 'heldBy.ticketId': ticketId }, { $unset: { heldBy: 1 } }, { session });
    },
  };
};
