/** The door: a message from a channel is masked and durably stored, once, before anyone thinks about it. */
import type { Clocks } from '../clock.js';
import { cleanName, refusalOf } from '../facts/files/kinds.js';
import { inTime } from '../in-time.js';
import type { AtStep } from '../steps.js';
import { isDuplicateKey } from '../store/connect.js';
import type { ConversationDocument } from '../store/conversations.js';
import type { FileDocument } from '../store/files.js';
import type { MessageDocument } from '../store/messages.js';
import type { Session } from '../store/session.js';
import type { Store } from '../store/store.js';
import type { ArrivedMessage, Edit, Taken } from '../transport/contract.js';
import { createLanes } from './lanes.js';
import type { MaskedText } from './masked.js';

/** Longest text that is kept, in characters: WhatsApp's own limit for a message. What is longer is cut, and says so. */
export const longestText = 65_536;
/** A message that could not be stored for so long, in milliseconds, is refused, so that the resident's next ones get their turn. */
const longestIntakeMs = 60_000;

export interface IntakeParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** Replaces what may be an IIN. `residentKey` lets an IIN split over two messages be rejoined in memory. */
  readonly mask: (
    residentKey: string,
    text: string,
    expectsIin: boolean,
    onWhole?: (digits: string) => void,
  ) => MaskedText;
  /** Seals a number that the resident agreed to give to a specialist. */
  readonly seal: (messageId: string, digits: string) => Buffer;
  /** How long it is kept, in milliseconds. */
  readonly sealedMs: number;
  /** Tells this process's worker that the conversation has something to do. */
  readonly wake: (conversationId: string) => void;
  readonly at: AtStep;
  /** What is kept of residents' files, and for how long, in milliseconds. */
  readonly media: { readonly mostBytes: number; readonly keptMs: number };
}

export type Intake = ReturnType<typeof createIntake>;

/**
 * Gives `receive`: resolves once the message is stored (or was before: a redelivery is a no-op), rejects if it could not be, so that
 * the channel delivers it again. What one resident sends at once is stored in the order in which it was handed in.
 */
export const createIntake = (parts: IntakeParts) => {
  const { store, clocks, newId, mask, wake, at, media } = parts;
  const inLane = createLanes();
  /** What may be written and, where the resident agreed to a sealed copy, the whole numbers of the message: in memory only. */
  const maskedFor = (
    contactId: string,
    arrived: ArrivedMessage,
    conversation: ConversationDocument,
  ): [MaskedText, readonly string[]] => {
    const whole = new Set<string>();
    const keep =
      conversation.state.expecting?.kind === 'seal-iin' ? (digits: string) => void whole.add(digits) : undefined;
    return [mask(contactId, cut(writtenText(arrived)), expectsIin(conversation), keep), [...whole]];
  };
  /** True where one number was sealed: of several nobody could say which is meant. */
  const sealInside = async (
    session: Session,
    of: { readonly _id: string; readonly contactId: string; readonly now: Date; readonly whole: readonly string[] },
  ): Promise<true | undefined> => {
    const [digits, ...others] = of.whole;
    if (digits === undefined || others.length > 0) return undefined;
    const { _id, contactId: conversationId } = of;
    const expiresAt = new Date(of.now.getTime() + parts.sealedMs);
    await store.sealedIins.insert(session, { _id, conversationId, seal: parts.seal(_id, digits), expiresAt });
    return true;
  };
  const take = async (arrived: ArrivedMessage): Promise<Taken> => {
    const [from] = arrived.from;
    if (await store.messages.exists(from.channel, arrived.externalId)) return { answering: false };
    at('intake:before-write');
    const now = clocks.real.now();
    const contactId = await store.contacts.resolve(arrived.from, now, newId);
    const id = newId();
    let masked: MaskedText | undefined;
    let whole: readonly string[] = [];
    let answering = false;
    try {
      await store.transaction(async (session) => {
        const conversation = await store.conversations.expectMessage(session, contactId, from, now);
        answering = isAnswered(arrived, conversation, now);
        if (conversation.repliesHeld) {
          await store.conversations.residentWrote(session, contactId);
          await store.outbox.releaseHeld(session, contactId, from, now);
        }
        // Once, although the driver may run this again: what it holds of a split IIN is memory.
        if (!masked) [masked, whole] = maskedFor(contactId, arrived, conversation);
        const sealed = await sealInside(session, { _id: id, contactId, now, whole });
        await store.messages.insert(session, {
          _id: id,
          conversationId: contactId,
          seq: conversation.inboundSeq,
          channel: from.channel,
          externalId: arrived.externalId,
          ...masked,
          iins: masked.iins.map((iin) => (sealed && iin.hmac !== undefined ? { ...iin, sealed } : iin)),
          ...contentFields(arrived),
          ...(arrived.quotes === undefined ? {} : { quotes: arrived.quotes }),
          sentAt: arrived.sentAt,
          ...(arrived.late ? { late: true } : {}),
          receivedAt: now,
        });
        const file = fileOf(arrived, id, contactId, now, media);
        if (file) await store.files.insert(session, file);
      });
    } catch (error) {
      // The same message arrived twice at once: the other write stands.
      if (isDuplicateKey(error) && (await store.messages.exists(from.channel, arrived.externalId))) {
        return { answering: false };
      }
      throw error;
    }
    at('intake:written');
    wake(contactId);
    return { answering };
  };

  return {
    receive(arrived: ArrivedMessage): Promise<Taken> {
      const [from] = arrived.from;
      return inLane(`${from.channel}:${from.id}`, () =>
        inTime(
          take(arrived),
          longestIntakeMs,
          'A message could not be stored in time; the channel has to deliver it again.',
        ),
      );
    },

    /** The new text counts while the message has no outcome; afterwards it is kept beside the old one, for specialists to see. */
    async edit({ channel, externalId, text, at: editedAt }: Edit): Promise<void> {
      const message = await store.messages.findByExternal(channel, externalId);
      if (!message) return;
      const conversation = await store.conversations.find(message.conversationId);
      const masked = mask(message.conversationId, cut(text), expectsIin(conversation));
      const counts = await store.messages.revise(message._id, {
        ...{ ...masked, iins: [...masked.iins], editedAt, revisedAt: clocks.real.now() },
      });
      if (counts) wake(message.conversationId);
      else await store.messages.addEdit(message, { text: masked.text, at: editedAt });
    },
  };
};

/** The file that came with a message, to be fetched when the message is safe; refused where its kind is not kept. */
const fileOf = (
  { from: [{ channel }], content }: ArrivedMessage,
  messageId: string,
  conversationId: string,
  now: Date,
  { mostBytes, keptMs }: IntakeParts['media'],
): FileDocument | null => {
  if (content.kind !== 'media' || !content.file) return null;
  const { ref, mimeType, name, size } = content.file;
  const why = refusalOf(content.media, content.file, mostBytes);
  return {
    ...{ _id: messageId, conversationId, channel, ref, mimeType },
    ...(name === undefined ? {} : { name: cleanName(name, mimeType) }),
    ...(size === undefined ? {} : { size }),
    ...(why === null ? { status: 'wanted' } : { status: 'refused', why }),
    ...{ attempts: 0, nextAttemptAt: now, receivedAt: now, expiresAt: new Date(now.getTime() + keptMs) },
  };
};

/** A mark is no question; where a person has the conversation the bot is silent, and what came late waits for one. */
const isAnswered = (
  { content, late }: ArrivedMessage,
  { heldBy, phoneUntil }: ConversationDocument,
  now: Date,
): boolean =>
  content.kind !== 'reaction' && !late && heldBy === undefined && (phoneUntil === undefined || phoneUntil <= now);

const expectsIin = (conversation: ConversationDocument | null): boolean =>
  conversation?.state.expecting?.kind === 'iin' || conversation?.state.expecting?.kind === 'seal-iin';

const cut = (text: string): string => (text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`);

const writtenText = ({ content }: ArrivedMessage): string => {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'choice':
      return content.title;
    case 'location':
      return content.name ?? '';
    case 'media':
      return content.caption ?? '';
    case 'reaction':
      return content.emoji;
    case 'call':
    case 'unsupported':
      return '';
  }
};

const contentFields = ({
  content,
}: ArrivedMessage): Pick<MessageDocument, 'kind' | 'choiceId' | 'location' | 'media'> => {
  switch (content.kind) {
    case 'text':
      return { kind: 'text' };
    case 'choice':
      return { kind: 'choice', choiceId: content.choiceId };
    case 'location':
      return { kind: 'location', location: { latitude: content.latitude, longitude: content.longitude } };
    case 'media':
      return { kind: 'media', media: content.media };
    case 'reaction':
    case 'call':
    case 'unsupported':
      return { kind: content.kind };
  }
};
