/** What the library shows becomes a message of the contract, somebody's own word, or nothing. Pure; branches on the type before the body. */
import type { Message } from 'whatsapp-web.js';
import type { IncomingContent, IncomingFile } from '../contract.js';

export const channel = 'whatsapp-web' as const;

/** The library's acknowledgements: −1 failed, 0 with the page, 1 with the server, 2 with the resident, 3 read, 4 played. */
export const withServer = 1;

/** A resident as WhatsApp names one: a number, or an opaque id. Groups, broadcasts, channels and status posts are none. */
export const isResident = (id: string): boolean => /^\d{5,20}@(c\.us|lid)$/.test(id);

/** What WhatsApp itself says in a chat: nobody wrote it. */
const notices = new Set([
  ...['e2e_notification', 'notification', 'notification_template', 'gp2', 'broadcast_notification', 'protocol'],
  ...['call_log', 'ciphertext', 'revoked', 'debug', 'pinned_message', 'reaction'],
]);

/** The library's message with the fields that its types leave out. */
export type LibraryMessage = Pick<
  Message,
  'id' | 'from' | 'to' | 'fromMe' | 'type' | 'body' | 'timestamp' | 'ack' | 'location'
> & {
  readonly isStatus?: boolean;
  readonly broadcast?: boolean;
  readonly hasMedia?: boolean;
  readonly _data?: {
    readonly quotedStanzaID?: string;
    readonly caption?: string;
    readonly mimetype?: string;
    readonly filename?: string;
    readonly size?: number | string;
  };
};

/** The chat it stands in where that is a resident's and somebody wrote it; else undefined: it is no business of ours. */
export const residentOf = (message: LibraryMessage): string | undefined => {
  const chat = message.fromMe ? message.to : message.from;
  if (!isResident(chat) || message.isStatus || notices.has(message.type)) return undefined;
  return chat;
};

export const externalIdOf = (message: Pick<LibraryMessage, 'id'>): string => message.id._serialized;
export const sentAtOf = (message: Pick<LibraryMessage, 'timestamp'>): Date => new Date(message.timestamp * 1_000);

/** Id of the reply of ours that it quotes, if it quotes one: a resident's own message has no such id. */
export const quotedIdOf = (message: LibraryMessage): string | undefined => {
  const stanza = message._data?.quotedStanzaID;
  return stanza === undefined ? undefined : `true_${message.from}_${stanza}`;
};

const media = {
  ptt: 'voice',
  audio: 'voice',
  image: 'photo',
  video: 'video',
  document: 'document',
  sticker: 'sticker',
  vcard: 'contact',
  multi_vcard: 'contact',
} as const;
const isMedia = (type: string): type is keyof typeof media => type in media;

/** Asked for again by the message that it came with: the page alone has the key to it. */
const fileOf = (message: LibraryMessage): IncomingFile | undefined => {
  const { mimetype, filename, size } = message._data ?? {};
  if (!message.hasMedia || !mimetype) return undefined;
  const bytes = Number(size);
  return {
    ref: externalIdOf(message),
    mimeType: mimetype.split(';')[0]?.trim().toLowerCase() ?? mimetype,
    ...(filename ? { name: filename } : {}),
    ...(Number.isSafeInteger(bytes) && bytes > 0 ? { size: bytes } : {}),
  };
};

export const contentOf = (message: LibraryMessage): IncomingContent => {
  const { type, body, location } = message;
  if (type === 'location' && location) {
    const { latitude, longitude, description } = location as unknown as Place;
    const name = description?.split('\n')[0];
    return {
      kind: 'location',
      latitude: Number(latitude),
      longitude: Number(longitude),
      ...(name ? { name } : {}),
    };
  }
  if (isMedia(type)) {
    // A card's body is the card; a picture's is its caption.
    const caption = media[type] === 'contact' ? undefined : (message._data?.caption ?? undefined);
    const file = fileOf(message);
    return { kind: 'media', media: media[type], ...(caption ? { caption } : {}), ...(file ? { file } : {}) };
  }
  const isWritten = type === 'chat' || type === 'list_response' || type === 'buttons_response';
  return isWritten && body ? { kind: 'text', text: body } : { kind: 'unsupported', type };
};
/** The words of an own message: a picture's caption, a place's name; the body of anything else is no words. */
export const ownWordsOf = (message: LibraryMessage): string => {
  const content = contentOf(message);
  if (content.kind === 'text') return content.text;
  if (content.kind === 'media') return content.caption ?? '';
  return content.kind === 'location' ? (content.name ?? '') : '';
};
interface Place {
  readonly latitude: number | string;
  readonly longitude: number | string;
  readonly description?: string;
}
