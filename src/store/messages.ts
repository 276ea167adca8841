/** Incoming messages, persisted before anyone thinks about them, and the one outcome each ends in. */

import mongoose from 'mongoose';
import type { CheckNote, SilenceReason } from '../dialogue/contract.js';
import type { MaskedIin } from '../inbound/masked.js';
import { type Language, languages } from '../language.js';
import type { Alias, IncomingContent } from '../transport/contract.js';
import { anyDate, type Connection, defineModel, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export type Outcome =
  | { readonly kind: 'reply'; readonly outboxId: string }
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly outboxId?: string }
  | { readonly kind: 'silence'; readonly reason: SilenceReason };

export interface MessageDocument {
  _id: string;
  conversationId: string;
  channel: Alias['channel'];
  externalId: string;
  /** Order within the conversation, from 1. */
  seq: number;
  /** Masked: IINs stand as ⟨iin⟩. */
  text: string;
  kind: IncomingContent['kind'];
  choiceId?: string;
  location?: { latitude: number; longitude: number; name?: string };
  media?: Extract<IncomingContent, { kind: 'media' }>['media'];
  iins: MaskedIin[];
  quotes?: string;
  /** When the channel says it was written. */
  sentAt: Date;
  /** Written while nobody listened, long before it was taken in. */
  late?: boolean;
  /** Real time of the write. */
  receivedAt: Date;
  outcome?: Outcome;
  settledAt?: Date;
  /** What the understanding made of the turn the message belongs to, and the label its outcome counts under; shown to specialists. */
  understood?: {
    label?: string;
    confidence: number;
    language: string;
    outcome: string;
    /** What the bot would have said, had a specialist not held the conversation. */
    wouldSay?: string;
    /** What was looked up in lists at this message. */
    checks?: readonly CheckNote[];
  };
  /** What the resident made of it after its outcome, oldest first; masked. */
  edits?: { text: string; at: Date }[];
  /** When the resident last changed it before its outcome, by the channel's word, and when that was written here. */
  editedAt?: Date;
  revisedAt?: Date;
  /** Set when the turn failed too often: a person has to look. */
  parked?: { error: string; at: Date };
}

/** What a resident wrote (masked), the language it was understood in and the label it counts under, once it is settled. */
export interface WrittenMessage {
  readonly text: string;
  readonly language?: Language;
  readonly outcome?: string;
}

const { Mixed } = mongoose.Schema.Types;
const messageSchema = new mongoose.Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    channel: { type: String, required: true },
    externalId: { type: String, required: true },
    seq: { type: Number, required: true },
    text: { type: String, default: '' },
    kind: { type: String, required: true },
    choiceId: String,
    location: { type: Mixed },
    media: String,
    iins: { type: [Mixed], required: true } as never,
    quotes: String,
    sentAt: { type: Date, required: true },
    late: Boolean,
    receivedAt: { type: Date, required: true },
    outcome: { type: Mixed },
    settledAt: Date,
    understood: { type: Mixed },
    edits: { type: [Mixed], default: undefined } as never,
    editedAt: Date,
    revisedAt: Date,
    parked: { type: Mixed },
  },
  schemaOptions,
);
messageSchema.index({ channel: 1, externalId: 1 }, { unique: true });
messageSchema.index({ conversationId: 1, seq: 1 }, { unique: true });
messageSchema.index({ receivedAt: -1 });
messageSchema.index({ 'parked.at': 1 }, { partialFilterExpression: { 'parked.at': anyDate } });

/** Among so many of the last messages is the one that was written last. */
const lookedThrough = 50;

export const createMessages = (connection: Connection) => {
  const messages = defineModel(connection, 'messages', messageSchema);
  return {
    models: [messages],
    exists: async (channel: Alias['channel'], externalId: string): Promise<boolean> =>
      (await messages.exists({ channel, externalId })) !== null,
    async insert(session: Session, message: MessageDocument): Promise<void> {
      await messages.create([message], { session });
    },
    findByExternal: (channel: Alias['channel'], externalId: string): Promise<MessageDocument | null> =>
      messages.findOne({ channel, externalId }).lean<MessageDocument | null>().exec(),
    /** Takes an edited text in the place of the old one while nothing became of the message; false once it has its outcome. */
    async revise(
      id: string,
      revised: Required<Pick<MessageDocument, 'text' | 'iins' | 'editedAt' | 'revisedAt'>>,
    ): Promise<boolean> {
      const result = await messages.updateOne({ _id: id, outcome: { $exists: false } }, { $set: revised });
      return result.matchedCount === 1;
    },
    /**
     * Keeps what was made of the message after its outcome. An edit that the channel tells again adds nothing; its times are whole seconds,
     * so that the words tell two of one second apart.
     */
    async addEdit(
      { _id, text, editedAt }: MessageDocument,
      edit: { readonly text: string; readonly at: Date },
    ): Promise<void> {
      if (editedAt && (editedAt > edit.at || (editedAt.getTime() === edit.at.getTime() && text === edit.text))) return;
      const unknown = { $not: { $elemMatch: { at: edit.at, text: edit.text } } };
      await messages.updateOne({ _id, edits: unknown }, { $push: { edits: edit } });
    },
    find: (id: string): Promise<MessageDocument | null> => messages.findById(id).lean<MessageDocument | null>().exec(),
    findMany: (ids: readonly string[]): Promise<MessageDocument[]> =>
      messages
        .find({ _id: { $in: ids } })
        .sort({ seq: 1 })
        .lean<MessageDocument[]>()
        .exec(),
    /** Messages of the conversation after `seq`, in order, at most `limit`. */
    after: (conversationId: string, seq: number, limit: number): Promise<MessageDocument[]> =>
      messages
        .find({ conversationId, seq: { $gt: seq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean<MessageDocument[]>()
        .exec(),
    /** When the resident last wrote on this channel, by its own word; null where they never did. What came last may have been written earlier. */
    async lastSentAt(conversationId: string, channel: Alias['channel']): Promise<Date | null> {
      const last = await messages
        .find({ conversationId, channel }, { sentAt: 1 })
        .sort({ seq: -1 })
        .limit(lookedThrough)
        .lean();
      return last.length === 0 ? null : new Date(Math.max(...last.map(({ sentAt }) => sentAt.getTime())));
    },
    /** The last `limit` messages of the conversation, oldest first. */
    async latest(conversationId: string, limit: number): Promise<MessageDocument[]> {
      const rows = await messages.find({ conversationId }).sort({ seq: -1 }).limit(limit).lean<MessageDocument[]>();
      return rows.reverse();
    },
    /** The latest `limit` written messages of all residents, the latest first, with what was made of each. */
    async latestTexts(limit: number): Promise<readonly WrittenMessage[]> {
      const rows = await messages
        .find({ kind: 'text', text: { $ne: '' } }, { text: 1, 'understood.language': 1, 'understood.outcome': 1 })
        .sort({ receivedAt: -1 })
        .limit(limit)
        .lean<Pick<MessageDocument, 'text' | 'understood'>[]>();
      return rows.map(({ text, understood }) => {
        const language = languages.find((one) => one === understood?.language);
        return {
          text,
          ...(language === undefined ? {} : { language }),
          ...(understood ? { outcome: understood.outcome } : {}),
        };
      });
    },
    /**
     * Writes the one outcome; a message that has one already, or was changed after `asOf`, is left as it is and the number says so.
     */
    async settle(
      session: Session,
      ids: readonly string[],
      settled: { outcome: Outcome; settledAt: Date; understood?: NonNullable<MessageDocument['understood']> },
      asOf?: Date,
    ): Promise<number> {
      const unchanged = asOf === undefined ? {} : { revisedAt: { $not: { $gt: asOf } } };
      const result = await messages.updateMany(
        { _id: { $in: ids }, outcome: { $exists: false }, ...unchanged },
        { $set: settled },
        { session },
      );
      return result.matchedCount;
    },
    async park(session: Session, ids: readonly string[], parked: { error: string; at: Date }): Promise<void> {
      await messages.updateMany({ _id: { $in: ids } }, { $set: { parked } }, { session });
    },
    /** Parked messages, the latest first. */
    parked: (limit: number): Promise<MessageDocument[]> =>
      messages.find({ 'parked.at': anyDate }).sort({ 'parked.at': -1 }).limit(limit).lean<MessageDocument[]>().exec(),
    countParked: (): Promise<number> => messages.countDocuments({ 'parked.at': anyDate }),
  };
};
