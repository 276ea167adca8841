/** What somebody wrote on the telephone itself, past the outbox: it joins the conversation, answers its tickets and silences the bot there. */
import type { Clocks } from '../clock.js';
import type { Language } from '../language.js';
import { isDuplicateKey } from '../store/connect.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import type { OwnMessage } from '../transport/contract.js';
import type { MaskedText } from './masked.js';

export interface OwnMessagesParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly mask: (residentKey: string, text: string, expectsIin: boolean) => MaskedText;
  readonly defaultLanguage: Language;
  /** How long the bot stays silent after the last word from the telephone, in milliseconds of real time. */
  readonly holdMs: number;
}

/** Among so many of the conversation's last rows is one that the channel shows before its id is recorded. */
const lookedThrough = 50;
/** The channel's time of a message and ours of its handing over differ by no more, in milliseconds. */
const skewMs = 300_000;
const mayLackId: ReadonlySet<OutboxDocument['status']> = new Set(['sending', 'uncertain', 'sent']);

/** The row that is this message: by an id that it has or had, else one without an id that says the same and was handed over at the time. */
const ourRow = (
  rows: readonly OutboxDocument[],
  { externalId, text, sentAt }: OwnMessage,
): OutboxDocument | undefined =>
  rows.find((row) => row.externalId === externalId || row.pastExternalIds?.includes(externalId)) ??
  rows.find(
    (row) =>
      row.externalId === undefined &&
      row.text === text &&
      mayLackId.has(row.status) &&
      row.sendingSince !== undefined &&
      Math.abs(row.sendingSince.getTime() - sentAt.getTime()) <= skewMs,
  );

/**
 * Gives the handler for own messages. What the outbox sent, and what was joined before, changes nothing, but that a row of which nobody
 * knew whether it left is known by now. Waiting questions are marked as answered by it, those of which nothing became yet are left to it,
 * and the resident's next ones go to the inbox without a word of the bot's until `holdMs` after it.
 */
export const createOwnMessages =
  ({ store, clocks, newId, mask, defaultLanguage, holdMs }: OwnMessagesParts) =>
  async (own: OwnMessage): Promise<void> => {
    const [address] = own.to;
    const now = clocks.real.now();
    const contactId = await store.contacts.resolve(own.to, now, newId);
    const sent =
      (await store.outbox.byExternal(address.channel, own.externalId)) ??
      ourRow(await store.outbox.latest(contactId, lookedThrough), own);
    if (sent) {
      // The channel shows what we send before it is recorded: the sender itself settles what it is sending.
      if (sent.status === 'uncertain' && own.withServer)
        await store.outbox.recordAccepted(sent._id, own.externalId, own.sentAt);
      if (sent.status === 'sent') await store.outbox.nameSent(sent._id, own.externalId);
      return;
    }
    const [contact, tickets] = await Promise.all([store.contacts.find(contactId), store.tickets.openOf(contactId)]);
    const unanswered = tickets.filter(({ status }) => status === 'waiting' || status === 'claimed');
    const row: OutboxDocument = {
      _id: newId(),
      conversationId: contactId,
      address,
      text: mask(contactId, own.text, false).text,
      choices: [],
      asksLocation: false,
      language: contact?.language ?? defaultLanguage,
      answers: [...new Set(unanswered.flatMap((ticket) => ticket.messages))],
      origin: 'phone',
      // The channel's own id of the message: the same news again meets the unique index.
      requestId: `${address.channel}:${own.externalId}`,
      status: 'sent',
      position: own.sentAt.getTime(),
      attempts: 0,
      nextAttemptAt: now,
      createdAt: own.sentAt,
      externalId: own.externalId,
      sentAt: own.sentAt,
    };
    const until = new Date(own.sentAt.getTime() + holdMs);
    try {
      await store.transaction(async (session) => {
        await store.conversations.leaveToPhone(session, contactId, address, own.sentAt, until);
        await store.outbox.insert(session, [row]);
        for (const ticket of unanswered) {
          const answered = { status: 'answered', firstReplyAt: ticket.firstReplyAt ?? own.sentAt } as const;
          await store.tickets.change(session, ticket._id, { status: ['waiting', 'claimed'] }, answered);
        }
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };
