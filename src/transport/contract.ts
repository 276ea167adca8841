/**
 * The contract between the service and a channel: what a channel hands in, what it takes out, and what it can do.
 * Adapters live beside this file; nothing past `inbound/` and `outbox/` knows which channel a resident uses.
 */
import type { Language } from '../language.js';

/** Names of channels: part of every resident's alias and of every message's identity. */
export type ChannelName = 'web' | 'whatsapp-web' | 'cloud-api';

/** What a resident is called by a channel: a phone number, an opaque @lid, a business-scoped id, a browser's session. */
export interface Alias {
  readonly channel: ChannelName;
  readonly id: string;
}

/** A file that came with a message. Its bytes stay with the channel until `Transport.fetchFile` brings them. */
export interface IncomingFile {
  /** The channel's own name for the file, good for as long as the channel keeps it; at most 512 characters. Opaque outside the adapter. */
  readonly ref: string;
  /** What the sender's side says it is, such as `image/jpeg`: a claim. */
  readonly mimeType: string;
  /** As the sender named it. */
  readonly name?: string;
  /** Bytes, where the channel tells beforehand. */
  readonly size?: number;
}

export type IncomingContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A tap on a button or a list row that one of our replies offered. */
  | { readonly kind: 'choice'; readonly choiceId: string; readonly title: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number; readonly name?: string }
  | {
      readonly kind: 'media';
      readonly media: 'voice' | 'photo' | 'video' | 'document' | 'sticker' | 'contact';
      readonly caption?: string;
      /** Absent where there is nothing to fetch (a contact's card). */
      readonly file?: IncomingFile;
    }
  /** A mark on one of our messages; no question. */
  | { readonly kind: 'reaction'; readonly emoji: string; readonly to: string }
  /** A call that the adapter has rejected. */
  | { readonly kind: 'call' }
  /** What the channel cannot show or we cannot read (a poll, a view-once photo); `type` is the channel's word for it. */
  | { readonly kind: 'unsupported'; readonly type: string };

/** One message as a channel hands it in, before anything was masked or written. Lives in memory only. */
export interface ArrivedMessage {
  /** The channel's own id of the message; the same id again is a redelivery. At most 256 characters. */
  readonly externalId: string;
  /** Who wrote; the first alias is where the answer goes, the others are names of the same resident. */
  readonly from: readonly [Alias, ...Alias[]];
  readonly content: IncomingContent;
  /** When the channel says it was written. */
  readonly sentAt: Date;
  /** The channel's id of the message it quotes, if any. */
  readonly quotes?: string;
  /** Nobody listened when it was written, long ago: its answer is dated, and waits for a person to release it. */
  readonly late?: boolean;
  /** Name of the language of the interface the resident wrote from (the web chat knows it); no evidence of the message's own. */
  readonly interfaceLanguage?: Language;
}

/** The resident changed the text of a message that they had sent. */
export interface Edit {
  readonly channel: ChannelName;
  readonly externalId: string;
  readonly text: string;
  readonly at: Date;
}

/** Somebody answered from the telephone itself, past the outbox. */
export interface OwnMessage {
  readonly channel: ChannelName;
  readonly externalId: string;
  /** The resident it went to. */
  readonly to: readonly [Alias, ...Alias[]];
  /** Words, or a caption; may be empty where a file was sent. */
  readonly text: string;
  readonly sentAt: Date;
  /** False while it lies with the channel's own page, which may still send it. */
  readonly withServer: boolean;
}

/** One thing to tap. Ids at most 64 characters, titles at most 24, descriptions at most 72 (what WhatsApp's lists take). */
export interface Choice {
  readonly id: string;
  readonly title: string;
  /** The whole words, where the title had to be cut. */
  readonly description?: string;
}

/** A file that goes out with the text as its caption. */
export interface OutgoingFile {
  /** The service's own name for it. */
  readonly id: string;
  readonly mimeType: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * What goes out: one message, shaped to what the channel can show (`outbox/shape-reply.ts`): an adapter never degrades anything itself.
 * `text` names the choices by number too, so that it is enough by itself.
 */
export interface OutgoingMessage {
  /** The outbox row's id: a channel that can carry a reference carries this one, so that a row can be looked up after a crash. */
  readonly id: string;
  /** `buttons` and `list` have choices, `location` asks for a place, `text` has neither. */
  readonly form: 'text' | 'buttons' | 'list' | 'location';
  readonly text: string;
  readonly choices: readonly Choice[];
  /** True under `location`, and under `buttons` where the channel shows both together. */
  readonly asksLocation: boolean;
  readonly language: Language;
  readonly file?: OutgoingFile;
  /** Name of the approved template that says `text`: it alone may go out when the channel's window is closed. */
  readonly template?: string;
}

/** How many things to tap one message takes, with how long titles, under how long a body; in characters. */
export interface TapLimits {
  readonly most: number;
  readonly titleLength: number;
  readonly bodyLength: number;
}

export interface Capabilities {
  /** Things to tap under the message itself; null where there are none. */
  readonly buttons: TapLimits | null;
  /** Rows of a list that a tap opens; null where there is none. */
  readonly list: TapLimits | null;
  /** Whether a place can be asked for with a tap: beside other things to tap, only alone, or not at all. */
  readonly locationRequest: 'beside-choices' | 'alone' | 'none';
  /** Longest body in characters; longest caption of a file, 0 where no files go out. */
  readonly bodyLength: number;
  readonly captionLength: number;
  /**
   * How long after the resident's last message anything but a template may be sent, in milliseconds; absent where it may always. What
   * comes later is held by the outbox until they write again.
   */
  readonly replyWindowMs?: number;
}

/**
 * Why a message did not go out, in terms of what a person can do: wait until the resident writes · reach them another way · write it
 * differently · have the template approved · mend the channel's account or number · send it again later.
 */
export const failureReasons = [
  'window-closed',
  'unreachable',
  'content',
  'template',
  'account',
  'too-many-tries',
] as const;
export type FailureReason = (typeof failureReasons)[number];

export type SendResult = { readonly kind: 'accepted'; readonly externalId: string } | NotSent;

export type NotSent =
  /**
   * Not sent, may be tried again; not before `afterMs` milliseconds where the channel says so. `busy`: the channel takes nothing at this
   * moment (too quick, line down), which is no fault of the message and does not count as one of its tries. `reason`: a person has to do
   * something meanwhile.
   */
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly afterMs?: number;
      readonly busy?: boolean;
      readonly reason?: FailureReason;
    }
  /** Not sent: the resident has to write first. The outbox holds it until then. */
  | { readonly kind: 'held'; readonly error: string }
  /** Will never be sent: a person has to look. */
  | { readonly kind: 'refused'; readonly error: string; readonly reason: FailureReason };

/** What the channel knows of a row whose sending was interrupted. */
export type Lookup =
  | { readonly kind: 'sent'; readonly externalId: string }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'unknown' };

/**
 * News of a message that the channel accepted. With `outboxId` it also settles a row whose sending was interrupted. `failed` comes after
 * the acceptance: the resident did not get it, and `result` says what becomes of it.
 */
export type Delivery = Receipt | FailedDelivery;

interface DeliveryNews {
  readonly externalId: string;
  readonly outboxId?: string;
  readonly at: Date;
}
export interface Receipt extends DeliveryNews {
  readonly state: 'sent' | 'delivered' | 'read';
}
export interface FailedDelivery extends DeliveryNews {
  readonly state: 'failed';
  readonly result: NotSent;
}

export type FetchedFile =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array; readonly mimeType: string }
  /** May be tried again. */
  | { readonly kind: 'retry'; readonly error: string }
  /** The channel has it no more, or it is larger than was allowed. */
  | { readonly kind: 'gone'; readonly error: string };

/** A message that is durable. `answering`: it is new and the bot answers it now, so that a channel may show that somebody writes. */
export interface Taken {
  readonly answering: boolean;
}

export interface TransportHandlers {
  /** Resolves when the message is durably stored (or known already); rejects when it is not: the channel must then not acknowledge it. */
  onMessage(message: ArrivedMessage): Promise<Taken>;
  onDelivery(delivery: Delivery): Promise<void>;
  /** An edit of a message that was never taken in is dropped. */
  onEdit(edit: Edit): Promise<void>;
  /** Called for every own message that the channel shows, ours included: what the outbox sent is recognised and dropped. */
  onOwnMessage(own: OwnMessage): Promise<void>;
  /** The resident of the first name has the others too from now on, as after a change of number; of who never wrote nothing is kept. */
  onRenamed(names: readonly [Alias, ...Alias[]]): Promise<void>;
}

/** How a channel stands, whichever process asks. */
export interface ChannelStatus {
  readonly state: 'up' | 'down' | 'needs-person';
  readonly since: Date;
  /** The reason in a few words, for the log and the health page. */
  readonly detail?: string;
}

export interface Transport {
  readonly channel: ChannelName;
  readonly capabilities: Capabilities;
  start(handlers: TransportHandlers): Promise<void>;
  /**
   * False while nothing can go out from this process (another one holds the channel's session, or the line is down): its sender then
   * leaves the rows as they are. Absent where every process may always try.
   */
  canSend?(): boolean;
  /** Resolves when the next message may leave, at the pace that the channel bears; absent where there is none to keep. */
  turn?(): Promise<void>;
  /** A send may be repeated after a crash; a transport never dedupes for us. */
  send(to: Alias, message: OutgoingMessage): Promise<SendResult>;
  /** Asks the channel whether the outbox row with this id ever left. */
  lookup(to: Alias, outboxId: string): Promise<Lookup>;
  /** Brings the bytes of a file that came in, at most `mostBytes`. Absent where no files come in. */
  fetchFile?(file: IncomingFile, mostBytes: number): Promise<FetchedFile>;
  /** The template that asks a resident to write, so that what is held may go out; undefined where none is set up. */
  reopening?(language: Language): { readonly template: string; readonly text: string } | undefined;
  /** Marks the resident's conversation as being answered (typing); a hint that may fail silently. */
  typing?(to: Alias): Promise<void>;
  status(): Promise<ChannelStatus>;
  stop(): Promise<void>;
}
