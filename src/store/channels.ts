/** How each channel with a session of its own stands, written by the process that holds it and read by all: the staff's page, health, alarms. */
import mongoose from 'mongoose';
import type { ChannelName } from '../transport/contract.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';

/**
 * starting: the browser is being brought up · waiting-for-scan: nobody paired it, or it was logged out · connected: proven by a round trip ·
 * reconnecting: it was connected and tries again by itself · needs-person: trying again does not help · stopped: no process holds it.
 */
export type LinkState = 'starting' | 'waiting-for-scan' | 'connected' | 'reconnecting' | 'needs-person' | 'stopped';

/** What staff ask of the process that holds the session. */
export interface LinkRequest {
  readonly id: string;
  readonly kind: 'log-out' | 'pair-by-phone' | 'test';
  /** Digits of the number that is to be paired. */
  readonly phone?: string;
  /** Words of the test message. */
  readonly words?: string;
  readonly by: string;
  readonly at: Date;
}

export interface ChannelDocument {
  _id: ChannelName;
  state: LinkState;
  /** When the state began. */
  since: Date;
  /** Why, in a few technical words. */
  detail?: string;
  /** What a person has to mend: another browser that has the number open, or WhatsApp that turns it away. */
  cause?: 'conflict' | 'refused';
  /** What the telephone has to scan; changes about every 20 s. */
  qr?: string;
  /** Eight characters to type on the telephone, where pairing by number was asked for. */
  pairingCode?: string;
  /** WhatsApp gave no code for the number that was asked for then. */
  codeRefusedAt?: Date;
  /** The process that holds the session last said then that it lives. */
  ownedAt?: Date;
  /** The paired number's id and the name it shows. */
  me?: { id: string; name: string };
  /** Messages from before it are never answered: the first pairing of this number. */
  pairedAt?: Date;
  /** Everything that the channel had until then was taken in. */
  seenUntil?: Date;
  /** The page last answered then; and the server, through it. */
  aliveAt?: Date;
  provenAt?: Date;
  lastInAt?: Date;
  lastOutAt?: Date;
  /** How many residents' chats could not be read after the last outage. */
  unreadChats?: number;
  /** Since when it has not been connected; absent while it is. */
  downSince?: Date;
  /** Staff are told of this outage, last tried then. */
  alarmedAt?: Date;
  /** Staff were told of the outage that began at `since`, and are to be told of its end; last tried at `at`. */
  told?: { since: Date; at: Date };
  request?: LinkRequest;
  /** What became of the last test message. */
  tested?: { at: Date; result: 'arrived' | 'no-answer' | 'not-connected' };
}
export type ChannelChange = Partial<Omit<ChannelDocument, '_id'>>;

const { Mixed } = mongoose.Schema.Types;
const channelSchema = new mongoose.Schema<ChannelDocument>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    since: { type: Date, required: true },
    detail: String,
    cause: String,
    qr: String,
    pairingCode: String,
    codeRefusedAt: Date,
    ownedAt: Date,
    me: { type: Mixed },
    pairedAt: Date,
    seenUntil: Date,
    aliveAt: Date,
    provenAt: Date,
    lastInAt: Date,
    lastOutAt: Date,
    unreadChats: Number,
    downSince: Date,
    alarmedAt: Date,
    told: { type: Mixed },
    request: { type: Mixed },
    tested: { type: Mixed },
  },
  schemaOptions,
);

export const createChannels = (connection: Connection) => {
  const channels = defineModel(connection, 'channels', channelSchema);
  return {
    models: [channels],
    find: (channel: ChannelName): Promise<ChannelDocument | null> =>
      channels.findById(channel).lean<ChannelDocument | null>().exec(),
    /** Changes what is given and takes away what is `gone`; makes the channel's record where there is none. */
    async change(channel: ChannelName, change: ChannelChange, gone: readonly (keyof ChannelChange)[] = []) {
      await channels.updateOne(
        { _id: channel },
        {
          $set: change,
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((name) => [name, 1])) } : {}),
        },
        { upsert: true },
      );
    },
    /** A newer request takes the place of one that nobody took. */
    async ask(channel: ChannelName, request: LinkRequest): Promise<void> {
      await channels.updateOne({ _id: channel }, { $set: { request } });
    },
    /** Takes the request, if there is one: nobody else gets it. */
    async takeRequest(channel: ChannelName): Promise<LinkRequest | undefined> {
      const before = await channels
        .findOneAndUpdate({ _id: channel, request: { $exists: true } }, { $unset: { request: 1 } })
        .lean<ChannelDocument | null>();
      return before?.request;
    },
    /** Since when a channel has been down of which staff were told; null where none is. */
    async alarmed(): Promise<Date | null> {
      const found = await channels.findOne({ alarmedAt: { $exists: true } }).lean<ChannelDocument | null>();
      return found?.downSince ?? null;
    },
    /**
     * True for the one process that is to tell staff of the outage that began at `since`: `triedAt` is when it was last tried, absent for
     * the first time.
     */
    async alarm(channel: ChannelName, since: Date, now: Date, triedAt?: Date): Promise<boolean> {
      const untold = { downSince: since, 'told.since': { $ne: since }, alarmedAt: triedAt ?? { $exists: false } };
      const result = await channels.updateOne({ _id: channel, ...untold }, { $set: { alarmedAt: now } });
      return result.matchedCount === 1;
    },
    /** True for the one process that is to tell staff of the end of an outage, last tried at `triedAt`. */
    async allClear(channel: ChannelName, now: Date, triedAt: Date): Promise<boolean> {
      const result = await channels.updateOne({ _id: channel, 'told.at': triedAt }, { $set: { 'told.at': now } });
      return result.matchedCount === 1;
    },
  };
};
