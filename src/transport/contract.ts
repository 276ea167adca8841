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

export type IncomingContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A tap on a button or a list row that one of our replies offered. */
  | { readonly kind: 'choice'; readonly choiceId: string; readonly title: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number; readonly name?: string }
  | {
      readonly kind: 'media';
      readonly media: 'voice' | 'photo' | 'video' | 'document' | 'sticker' | 'contact';
      readonly caption?: string;
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
}

/** One thing to tap. Ids at most 64 characters, titles at most 24 (what WhatsApp's lists take). */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** What goes out: one message. An adapter that lacks a capability shows `text`, which always names the choices by number too. */
export interface OutgoingMessage {
  /** The outbox row's id: a channel that can carry a reference carries this one, so that a row can be looked up after a crash. */
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly asksLocation: boolean;
}

export interface Capabilities {
  /** Buttons or list rows a message may carry; 0 where only numbered text works. */
  readonly choices: number;
  readonly locationRequest: boolean;
  /** Longest body in characters. */
  readonly bodyLength: number;
}

export type SendResult =
  | { readonly kind: 'accepted'; readonly externalId: string }
  /** Not sent, may be tried again; not before `afterMs` milliseconds where the channel says so. */
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs?: number }
  /** Will never be sent: a person has to look. */
  | { readonly kind: 'refused'; readonly error: string };

/** What the channel knows of a row whose sending was interrupted. */
export type Lookup =
  | { readonly kind: 'sent'; readonly externalId: string }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'unknown' };

/** News of a message that was accepted. `failed` comes after the acceptance: the resident did not get it. */
export type Delivery =
  | { readonly externalId: string; readonly state: 'delivered' | 'read'; readonly at: Date }
  | { readonly externalId: string; readonly state: 'failed'; readonly at: Date; readonly error: string };

export interface TransportHandlers {
  /** Resolves when the message is durably stored (or known already); rejects when it is not: the channel must then not acknowledge it. */
  onMessage(message: ArrivedMessage): Promise<void>;
  onDelivery(delivery: Delivery): Promise<void>;
  /** An edit of a message that was never taken in is dropped. */
  onEdit(edit: Edit): Promise<void>;
  /** Called for every own message that the channel shows, ours included: what the outbox sent is recognised and dropped. */
  onOwnMessage(own: OwnMessage): Promise<void>;
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
  /** A send may be repeated after a crash; a transport never dedupes for us. */
  send(to: Alias, message: OutgoingMessage): Promise<SendResult>;
  /** Asks the channel whether the outbox row with this id ever left. */
  lookup(to: Alias, outboxId: string): Promise<Lookup>;
  /** Marks the resident's conversation as being answered (typing); a hint that may fail silently. */
  typing?(to: Alias): Promise<void>;
  status(): Promise<ChannelStatus>;
  stop(): Promise<void>;
}
