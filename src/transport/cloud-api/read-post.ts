/** A signed post of the webhook as what it means: messages, edits and news of deliveries, in their order. Pure. */
import type { z } from 'zod';
import type { Alias, ArrivedMessage, Edit, IncomingContent, IncomingFile } from '../contract.js';
import {
  bodies,
  contact,
  type MessageHead,
  type MetaError,
  messageHead,
  messagesValue,
  metaError,
  ofGroup,
  post,
  type Status,
  status,
} from './webhook-shapes.js';

export interface ReadPost {
  readonly messages: readonly ArrivedMessage[];
  readonly edits: readonly Edit[];
  readonly statuses: readonly Status[];
  /** Residents whose number changed: the name they had, and the new one. */
  readonly renamed: readonly (readonly [Alias, Alias])[];
  /** What Meta could not process, or the account may not do: of no message. */
  readonly errors: readonly MetaError[];
  /** Parts that cannot be read at all (no id, no sender, no time): counted, so that a changed shape is noticed. */
  readonly unreadable: number;
  /** Parts for other numbers of the same app. */
  readonly foreign: number;
}

/** The post is not what the webhook is for. */
export class NoPost extends Error {
  override readonly name = 'NoPost';
}

type Contact = z.infer<typeof contact>;

/** The phone number first where there is one: Meta asks for it, so that numbers go on coming; the business-scoped id is a name beside it. */
const aliasesOf = (head: MessageHead, contacts: readonly Contact[]): [Alias, ...Alias[]] | null => {
  const named = contacts.find(({ wa_id, user_id }) =>
    head.from !== undefined ? wa_id === head.from : user_id !== undefined && user_id === head.from_user_id,
  );
  const only = contacts.length === 1 ? contacts[0] : undefined;
  const ids = [head.from ?? named?.wa_id ?? only?.wa_id, head.from_user_id ?? named?.user_id ?? only?.user_id];
  const [first, ...others] = [...new Set(ids.filter((id) => id !== undefined))].map(
    (id): Alias => ({ channel: 'cloud-api', id }),
  );
  return first ? [first, ...others] : null;
};

const fileOf = ({ id, mime_type, filename, file_size }: z.infer<typeof bodies.image>['image']): IncomingFile => ({
  ref: id,
  mimeType: mime_type.split(';')[0]?.trim().toLowerCase() ?? mime_type,
  ...(filename === undefined ? {} : { name: filename }),
  ...(file_size === undefined ? {} : { size: file_size }),
});

type MediaWord = Extract<IncomingContent, { kind: 'media' }>['media'];
const mediaOf = (word: MediaWord, given: z.infer<typeof bodies.image>['image']): IncomingContent => ({
  kind: 'media',
  media: word,
  ...(given.caption === undefined ? {} : { caption: given.caption }),
  file: fileOf(given),
});

/** What a message says; what has a type or a shape that we do not read is `unsupported`, never dropped. */
const contentOf = (type: string, message: unknown): IncomingContent => {
  const unsupported: IncomingContent = { kind: 'unsupported', type };
  switch (type) {
    case 'text': {
      const { data } = bodies.text.safeParse(message);
      return data ? { kind: 'text', text: data.text.body } : unsupported;
    }
    case 'interactive': {
      const reply = bodies.interactive.safeParse(message).data?.interactive;
      if (!reply) return unsupported;
      const { id, title } = reply.type === 'button_reply' ? reply.button_reply : reply.list_reply;
      return { kind: 'choice', choiceId: id, title };
    }
    case 'button': {
      // A quick reply under a template: words that were put there for the resident to say.
      const { data } = bodies.button.safeParse(message);
      return data ? { kind: 'text', text: data.button.text } : unsupported;
    }
    case 'location': {
      const place = bodies.location.safeParse(message).data?.location;
      if (!place) return unsupported;
      const { latitude, longitude, name } = place;
      return { kind: 'location', latitude, longitude, ...(name === undefined ? {} : { name }) };
    }
    case 'image': {
      const { data } = bodies.image.safeParse(message);
      return data ? mediaOf('photo', data.image) : unsupported;
    }
    case 'audio': {
      const { data } = bodies.audio.safeParse(message);
      return data ? mediaOf('voice', data.audio) : unsupported;
    }
    case 'video': {
      const { data } = bodies.video.safeParse(message);
      return data ? mediaOf('video', data.video) : unsupported;
    }
    case 'document': {
      const { data } = bodies.document.safeParse(message);
      return data ? mediaOf('document', data.document) : unsupported;
    }
    case 'sticker': {
      const { data } = bodies.sticker.safeParse(message);
      return data ? mediaOf('sticker', data.sticker) : unsupported;
    }
    case 'contacts':
      return { kind: 'media', media: 'contact' };
    case 'reaction': {
      const reaction = bodies.reaction.safeParse(message).data?.reaction;
      return reaction ? { kind: 'reaction', emoji: reaction.emoji, to: reaction.message_id } : unsupported;
    }
    default:
      return unsupported;
  }
};

const editOf = (head: MessageHead, message: unknown): Edit | null => {
  const edit = bodies.edit.safeParse(message).data?.edit;
  if (!edit) return null;
  const { text, image, video, document } = edit.message;
  const words = text?.body ?? image?.caption ?? video?.caption ?? document?.caption ?? '';
  return { channel: 'cloud-api', externalId: edit.original_message_id, text: words, at: head.timestamp };
};

const renamedOf = (head: MessageHead, message: unknown): readonly [Alias, Alias] | null => {
  const system = bodies.changedNumber.safeParse(message).data?.system;
  const [before, after] = [head.from ?? head.from_user_id, system?.new_wa_id ?? system?.wa_id];
  if (before === undefined || after === undefined || before === after) return null;
  return [
    { channel: 'cloud-api', id: before },
    { channel: 'cloud-api', id: after },
  ];
};

/** What is said in a group is nobody's question to us, however it is shaped: no contact, no answer, no trace. */
const isOfGroup = (part: unknown): boolean => ofGroup.safeParse(part).success;

/** Types that are no message of a resident: WhatsApp's own word, such as a number that changed, and a message taken back. */
const silent = new Set(['system', 'revoke']);

/**
 * @param payload the parsed JSON of a post whose signature was right
 * @throws NoPost where it is no post about a WhatsApp business account
 */
export const readPost = (payload: unknown, phoneNumberId: string): ReadPost => {
  const parsed = post.safeParse(payload);
  if (!parsed.success) throw new NoPost('This is no post of a WhatsApp business account.');
  const messages: ArrivedMessage[] = [];
  const edits: Edit[] = [];
  const statuses: Status[] = [];
  const renamed: (readonly [Alias, Alias])[] = [];
  const errors: MetaError[] = [];
  let unreadable = 0;
  let foreign = 0;
  const changes = parsed.data.entry.flatMap((entry) => entry.changes).filter(({ field }) => field === 'messages');
  for (const { value } of changes) {
    const { data } = messagesValue.safeParse(value);
    if (!data) {
      unreadable += 1;
      continue;
    }
    if (data.metadata.phone_number_id !== phoneNumberId) {
      foreign += 1;
      continue;
    }
    const contacts = data.contacts.flatMap((one) => contact.safeParse(one).data ?? []);
    for (const message of data.messages) {
      if (isOfGroup(message)) continue;
      const head = messageHead.safeParse(message).data;
      if (head && silent.has(head.type)) {
        const names = renamedOf(head, message);
        if (names) renamed.push(names);
        continue;
      }
      if (head?.type === 'edit') {
        const edit = editOf(head, message);
        if (edit) edits.push(edit);
        else unreadable += 1;
        continue;
      }
      const from = head && aliasesOf(head, contacts);
      if (!head || !from) {
        unreadable += 1;
        continue;
      }
      messages.push({
        externalId: head.id,
        from,
        content: contentOf(head.type, message),
        sentAt: head.timestamp,
        ...(head.context?.id === undefined ? {} : { quotes: head.context.id }),
      });
    }
    for (const one of data.statuses) {
      if (isOfGroup(one)) continue;
      const read = status.safeParse(one);
      if (read.success) statuses.push(read.data);
      else unreadable += 1;
    }
    for (const one of data.errors) {
      const read = metaError.safeParse(one);
      if (read.success) errors.push(read.data);
      else unreadable += 1;
    }
  }
  return { messages, edits, statuses, renamed, errors, unreadable, foreign };
};
