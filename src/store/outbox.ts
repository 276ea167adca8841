/** Outgoing messages: everything that leaves stands here first, whoever wrote it, and keeps what became of it. */
import mongoose from 'mongoose';
import type { Alias, Choice, FailureReason } from '../transport/contract.js';
import {
  anyNumber,
  anyText,
  type Connection,
  defineModel,
  isDuplicateKey,
  schemaOptions,
  sweepComment,
} from './connect.js';
import type { CorrectionSource } from './corrections.js';
import type { Session } from './session.js';

/**
 * draft: the bot wrote it, a specialist decides · queued: to be sent · sending: handed to the channel, result not yet recorded ·
 * sent · held: the channel's window is closed, it goes out with the resident's next message · uncertain: nobody knows whether it left,
 * a person looks · failed: will not be sent · withdrawn: a draft nobody sent.
 */
export type OutboxStatus = 'draft' | 'queued' | 'sending' | 'sent' | 'held' | 'uncertain' | 'failed' | 'withdrawn';

export interface OutboxDocument {
  _id: string;
  conversationId: string;
  address: Alias;
  text: string;
  choices: Choice[];
  asksLocation: boolean;
  /** Id of the file that it brings; `text` is its caption. */
  file?: string;
  language: 'kk' | 'ru';
  /** Ids of the incoming messages it answers; empty for what nobody asked for (a specialist's first word, a job's notice). */
  answers: string[];
  /** `phone`: a person wrote it on the telephone itself; it entered when it had left. */
  origin: 'bot' | 'specialist' | 'job' | 'phone';
  staffId?: string;
  ticketId?: string;
  /** Id of the article it answers with: a message that quotes it is read with that article. */
  article?: string;
  /** Id of the reply to many that it is a part of. */
  groupReply?: string;
  /** Id of the correction that it is a part of. */
  correction?: string;
  /** Unique where set: the same form posted twice sends once. */
  requestId?: string;
  /** Name of the approved template that says `text`: such a row passes the channel's closed window. */
  template?: string;
  status: OutboxStatus;
  /** A draft that answers what was written while nobody listened; staff release it on the channel's page. */
  late?: boolean;
  /** Order within the conversation: milliseconds of creation, then the place within one turn. */
  position: number;
  attempts: number;
  nextAttemptAt: Date;
  /** Until then staff may take it back: meanwhile it holds up nothing that the conversation is told after it. */
  undoUntil?: Date;
  createdAt: Date;
  /** Fencing token of the sender that took the row. */
  senderToken?: number;
  sendingSince?: Date;
  externalId?: string;
  /** Ids under which the channel took it and then failed: late news of these changes nothing any more. */
  pastExternalIds?: string[];
  /** Since when it waits for the resident to write. */
  heldSince?: Date;
  sentAt?: Date;
  deliveredAt?: Date;
  readAt?: Date;
  error?: string;
  /** Why it was given up or waits, where that is known. */
  failure?: FailureReason;
  /**
   * What sending it costs by the installation's table, from when it is handed over on: whether the sender or the channel's news tells that it
   * was taken, it is paid once it has `sentAt`. With `answers` and `ticketId` it is the price of a solved question.
   */
  cost?: number;
}

const { Mixed } = mongoose.Schema.Types;
const outboxSchema = new mongoose.Schema<OutboxDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    address: { type: Mixed, required: true },
    // A picture sent from the telephone has no words; Mongoose takes an empty text for a missing one.
    text: { type: String, default: '' },
    choices: { type: [Mixed], required: true } as never,
    asksLocation: { type: Boolean, required: true },
    file: String,
    language: { type: String, required: true },
    answers: { type: [String], required: true },
    origin: { type: String, required: true },
    staffId: String,
    ticketId: String,
    article: String,
    groupReply: String,
    correction: String,
    requestId: String,
    late: Boolean,
    template: String,
    status: { type: String, required: true },
    position: { type: Number, required: true },
    attempts: { type: Number, required: true },
    nextAttemptAt: { type: Date, required: true },
    undoUntil: Date,
    createdAt: { type: Date, required: true },
    senderToken: Number,
    sendingSince: Date,
    externalId: String,
    pastExternalIds: { type: [String], default: undefined } as never,
    heldSince: Date,
    sentAt: Date,
    deliveredAt: Date,
    readAt: Date,
    error: String,
    failure: String,
    cost: Number,
  },
  schemaOptions,
);
outboxSchema.index({ conversationId: 1, position: 1 });
outboxSchema.index({ status: 1, 'address.channel': 1, nextAttemptAt: 1 });
outboxSchema.index({ answers: 1 });
outboxSchema.index({ late: 1, status: 1 }, { partialFilterExpression: { late: true } });
outboxSchema.index({ ticketId: 1 });
outboxSchema.index({ article: 1, createdAt: 1 }, { partialFilterExpression: { article: anyText } });
outboxSchema.index({ groupReply: 1 }, { partialFilterExpression: { groupReply: anyText } });
outboxSchema.index({ correction: 1 }, { partialFilterExpression: { correction: anyText } });
outboxSchema.index({ sentAt: 1 }, { partialFilterExpression: { cost: anyNumber } });
outboxSchema.index({ externalId: 1 });
outboxSchema.index({ requestId: 1 }, { unique: true, partialFilterExpression: { requestId: anyText } });

export const createOutboxRows = (connection: Connection) => {
  const outbox = defineModel(connection, 'outbox', outboxSchema);
  const rows = (query: object, limit: number) => outbox.find(query).limit(limit).lean<OutboxDocument[]>();
  const conversationsOf = async (query: object, limit: number): Promise<readonly string[]> => {
    const found = await outbox.find(query, { conversationId: 1 }).limit(limit).comment(sweepComment).lean();
    return [...new Set(found.map((row) => row.conversationId))];
  };
  /** A reason stays with the state that it explains, and goes with it. */
  const changed = (change: Partial<Omit<OutboxDocument, '_id'>>) => ({
    $set: change,
    ...(change.status !== undefined && change.failure === undefined ? { $unset: { failure: 1 as const } } : {}),
  });
  return {
    models: [outbox],
    async insert(session: Session, documents: readonly OutboxDocument[]): Promise<void> {
      if (documents.length > 0) await outbox.insertMany([...documents], { session });
    },
    find: (id: string): Promise<OutboxDocument | null> => outbox.findById(id).lean<OutboxDocument | null>().exec(),
    findByRequest: (requestId: string): Promise<OutboxDocument | null> =>
      outbox.findOne({ requestId }).lean<OutboxDocument | null>().exec(),
    /** The last `limit` rows of the conversation, oldest first. */
    async latest(conversationId: string, limit: number): Promise<OutboxDocument[]> {
      const found = await rows({ conversationId }, limit).sort({ position: -1 });
      return found.reverse();
    },
    byExternal: (channel: Alias['channel'], externalId: string): Promise<OutboxDocument | null> =>
      outbox.findOne({ externalId, 'address.channel': channel }).lean<OutboxDocument | null>().exec(),
    /** The channel's id of a row of which only a person knew that it arrived. */
    async nameSent(id: string, externalId: string): Promise<void> {
      await outbox.updateOne({ _id: id, status: 'sent', externalId: { $exists: false } }, { $set: { externalId } });
    },
    /** What messages of the conversation were about, by the channel's id. */
    async subjectsOf(
      conversationId: string,
      externalIds: readonly string[],
    ): Promise<ReadonlyMap<string, Pick<OutboxDocument, 'article' | 'ticketId' | 'origin'>>> {
      const found = await outbox
        .find(
          { externalId: { $in: externalIds }, conversationId },
          { externalId: 1, article: 1, ticketId: 1, origin: 1 },
        )
        .lean<Pick<OutboxDocument, 'externalId' | 'article' | 'ticketId' | 'origin'>[]>();
      return new Map(found.flatMap(({ externalId, ...subject }) => (externalId ? [[externalId, subject]] : [])));
    },
    answersTo: (messageId: string): Promise<OutboxDocument[]> => rows({ answers: messageId }, 10).exec(),
    /** Answers to what came late that wait for their release, oldest first. */
    lateDrafts: (limit: number): Promise<OutboxDocument[]> =>
      rows({ status: 'draft', late: true }, limit).sort({ position: 1 }).exec(),
    /** What specialists wrote to these tickets and was not withdrawn, the latest first. */
    repliesTo: (ticketIds: readonly string[]): Promise<OutboxDocument[]> =>
      rows({ ticketId: { $in: ticketIds }, origin: 'specialist', status: { $ne: 'withdrawn' } }, 100)
        .sort({ position: -1 })
        .exec(),
    drafts: (conversationId: string): Promise<OutboxDocument[]> =>
      rows({ conversationId, status: 'draft' }, 20).sort({ position: 1 }).exec(),
    /** Conversations with a row that is due on this channel. */
    dueConversations: (channel: Alias['channel'], now: Date, limit: number): Promise<readonly string[]> =>
      conversationsOf({ status: 'queued', 'address.channel': channel, nextAttemptAt: { $lte: now } }, limit),
    /**
     * Conversations with a row whose sending was interrupted: another sender's token, or marked before `abandoned`. Two queries, since not
     * every engine finds the few rows of either by the index of the status.
     */
    async interrupted(
      channel: Alias['channel'],
      token: number,
      abandoned: Date,
      limit: number,
    ): Promise<readonly string[]> {
      const sending = { status: 'sending', 'address.channel': channel };
      const found = await Promise.all([
        conversationsOf({ ...sending, senderToken: { $ne: token } }, limit),
        conversationsOf({ ...sending, sendingSince: { $lt: abandoned } }, limit),
      ]);
      return [...new Set(found.flat())];
    },
    /** True where a row has been due since before `moment`. */
    overdue: async (moment: Date): Promise<boolean> =>
      (await outbox.exists({ status: 'queued', nextAttemptAt: { $lt: moment } })) !== null,
    /** Rows of the conversation that have not come to an end, oldest first: only the first may be sent, then the next. */
    open: (conversationId: string, limit: number): Promise<OutboxDocument[]> =>
      rows({ conversationId, status: { $in: ['queued', 'sending'] } }, limit)
        .sort({ position: 1 })
        .exec(),
    /** Moves a row on if it still stands in `from` (and, when sending, under the same sender's token). */
    async move(
      id: string,
      from: { readonly status: OutboxStatus; readonly senderToken?: number },
      change: Partial<Omit<OutboxDocument, '_id'>>,
      session?: Session,
    ): Promise<boolean> {
      const result = await outbox.updateOne({ _id: id, ...from }, changed(change), session ? { session } : {});
      return result.matchedCount === 1;
    },
    /** Withdraws those of the rows that were never handed to the channel. */
    async withdrawUnsent(ids: readonly string[]): Promise<void> {
      await outbox.updateMany(
        { _id: { $in: ids }, status: { $in: ['queued', 'held'] }, attempts: 0 },
        { $set: { status: 'withdrawn' } },
      );
    },
    /** Ids of those of the rows that were withdrawn. */
    withdrawnOf: async (ids: readonly string[]): Promise<readonly string[]> =>
      (await rows({ _id: { $in: ids }, status: 'withdrawn' }, ids.length + 1)).map(({ _id }) => _id),
    /** Conversations that were, or will be, given what comes from the source; oldest first. */
    givenFrom: (
      { kind, id }: CorrectionSource,
      since: Date,
      until: Date,
      limit: number,
    ): Promise<Pick<OutboxDocument, 'conversationId' | 'language'>[]> =>
      outbox
        .find(
          {
            ...(kind === 'article' ? { article: id } : kind === 'reply' ? { _id: id } : { groupReply: id }),
            createdAt: { $gte: since, $lte: until },
            status: { $in: ['queued', 'sending', 'sent', 'held', 'uncertain'] },
          },
          { conversationId: 1, language: 1 },
        )
        .sort({ createdAt: 1 })
        .limit(limit)
        .lean<Pick<OutboxDocument, 'conversationId' | 'language'>[]>()
        .exec(),
    /** Inserts those of the rows whose request is not there yet. */
    async insertOnce(documents: readonly OutboxDocument[]): Promise<void> {
      const known = await outbox
        .find({ requestId: { $in: documents.flatMap(({ requestId }) => requestId ?? []) } }, { requestId: 1 })
        .lean<Pick<OutboxDocument, 'requestId'>[]>();
      const there = new Set(known.map(({ requestId }) => requestId));
      for (const document of documents)
        if (!there.has(document.requestId))
          await outbox.create([document]).catch((error: unknown) => {
            if (!isDuplicateKey(error)) throw error;
          });
    },
    /** How many rows of the correction stand where. */
    async statesOf(correction: string): Promise<ReadonlyMap<OutboxStatus, number>> {
      const counted = await outbox.aggregate<{ _id: OutboxStatus; count: number }>([
        { $match: { correction } },
        { $group: { _id: '$status', count: { $sum: 1 } } },
      ]);
      return new Map(counted.map(({ _id, count }) => [_id, count]));
    },
    findMany: (ids: readonly string[]): Promise<OutboxDocument[]> => rows({ _id: { $in: ids } }, ids.length + 1).exec(),
    /** Drafts that were overtaken are put aside, never deleted. */
    async withdrawDrafts(session: Session, conversationId: string): Promise<void> {
      await outbox.updateMany({ conversationId, status: 'draft' }, { $set: { status: 'withdrawn' } }, { session });
    },
    /**
     * Lets go what waited for the resident's next message, in its old order, to where they wrote from. Part of the transaction that takes
     * the message in.
     */
    async releaseHeld(session: Session, conversationId: string, address: Alias, now: Date): Promise<void> {
      const queued = { status: 'queued', nextAttemptAt: now, address };
      await outbox.updateMany(
        { conversationId, status: 'held' },
        { $set: queued, $unset: { heldSince: 1, failure: 1, error: 1 } },
        { session },
      );
    },
    /**
     * The channel has this row, also where nobody recorded it: one that was interrupted, or given up as uncertain, was sent after all.
     * News of an id that failed before is late and changes nothing.
     */
    async recordAccepted(outboxId: string, externalId: string, at: Date): Promise<void> {
      await outbox.updateOne(
        {
          _id: outboxId,
          status: { $in: ['sending', 'uncertain'] },
          externalId: { $exists: false },
          pastExternalIds: { $ne: externalId },
        },
        { $set: { status: 'sent', sentAt: at, externalId } },
      );
    },
    /** The resident's side has it, or has shown it. */
    async recordReceipt(externalId: string, receipt: 'deliveredAt' | 'readAt', at: Date): Promise<void> {
      await outbox.updateMany({ externalId }, { $set: { [receipt]: at } });
    },
    /** The oldest row that waits for a person to do something about the channel. */
    waitingFor: (channel: Alias['channel'], failure: FailureReason): Promise<OutboxDocument | null> =>
      outbox
        .findOne({ status: 'queued', 'address.channel': channel, failure })
        .sort({ nextAttemptAt: 1 })
        .lean<OutboxDocument | null>()
        .exec(),
    /** The row that the channel took under this id, unless it moved on since. */
    sentAs: (externalId: string): Promise<OutboxDocument | null> =>
      outbox.findOne({ externalId, status: 'sent' }).lean<OutboxDocument | null>().exec(),
    /** Moves a row on that the channel took under this id and then failed. */
    async moveFailed(
      id: string,
      externalId: string,
      change: Partial<Omit<OutboxDocument, '_id'>>,
      session?: Session,
    ): Promise<boolean> {
      const result = await outbox.updateOne(
        { _id: id, externalId, status: 'sent' },
        { $set: change, $unset: { externalId: 1, sentAt: 1 }, $addToSet: { pastExternalIds: externalId } },
        session ? { session } : {},
      );
      return result.matchedCount === 1;
    },
    uncertain: (limit: number): Promise<OutboxDocument[]> =>
      rows({ status: { $in: ['uncertain', 'failed'] } }, limit)
        .sort({ createdAt: -1 })
        .exec(),
    async counts(): Promise<Record<'queued' | 'sending' | 'held' | 'uncertain' | 'failed', number>> {
      const count = (status: OutboxStatus) => outbox.countDocuments({ status });
      const [queued, sending, held, uncertain, failed] = await Promise.all([
        count('queued'),
        count('sending'),
        count('held'),
        count('uncertain'),
        count('failed'),
      ]);
      return { queued, sending, held, uncertain, failed };
    },
  };
};
