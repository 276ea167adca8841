/** The one transaction of a turn: state, reply, ticket and each message's single outcome stand together or not at all. */
import type { Clocks } from '../clock.js';
import type { Settled, Turn } from '../dialogue/contract.js';
import type { Queue } from '../dialogue/fact-requests.js';
import type { Deadlines } from '../facts/queues/queues.js';
import { phoneFromEnd, searchWords } from '../facts/tickets/search-words.js';
import type { Language } from '../language.js';
import type { ConversationDocument, Lease } from '../store/conversations.js';
import type { MessageDocument, Outcome } from '../store/messages.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import type { TicketDocument } from '../store/ticket-document.js';
import type { WatchDocument } from '../store/watches.js';
import type { ChannelName } from '../transport/contract.js';
import type { Burst } from './burst.js';

/** Another process took the conversation over; what was decided here is dropped, nothing was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The resident changed a message while its answer was made: nothing was written, and the new text is to be read. */
export class TurnOutdated extends Error {
  override readonly name = 'TurnOutdated';
}

export interface SettleRequest {
  readonly conversation: ConversationDocument;
  readonly lease: Lease;
  readonly turn: Turn;
  readonly messages: readonly MessageDocument[];
  readonly settled: Settled;
  readonly draftOnly: boolean;
  readonly burst: Burst;
}

export interface SettleTurnParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly leaseMs: number;
  /** The words of an answer to what was written long ago, with the moment in front. */
  readonly sayWhen: (language: Language, writtenAt: Date, words: string) => string;
  /** Name of the lists' key. */
  readonly listsKey: string;
  /** For how many days a wish to be told is kept. */
  readonly wishDays: number;
  /** How long after a resident's message the channel lets us write; undefined where it always does. */
  readonly replyWindowMs: (channel: ChannelName) => number | undefined;
  /** What this queue promises now. */
  readonly deadlines: (queue: Queue) => Promise<Deadlines>;
}

/**
 * Writes a turn. The transaction's first write is fenced by the lease's token, and gives the lease back (`released`) where nothing is
 * left to settle; `held` where more messages wait.
 * @throws LeaseLost when the lease is another's by now.
 * @throws TurnOutdated when a message of the turn was changed since it was read.
 */
export const createSettleTurn =
  ({ store, clocks, newId, leaseMs, sayWhen, listsKey, wishDays, deadlines, replyWindowMs }: SettleTurnParts) =>
  async (request: SettleRequest): Promise<'released' | 'held'> => {
    const { conversation, lease, turn, messages, settled, draftOnly, burst } = request;
    const now = clocks.real.now();
    const ids = messages.map((message) => message._id);
    const words = searchWords(turn.text);
    const windowMs = replyWindowMs(conversation.address.channel);
    const wroteLast = Math.max(...messages.map(({ sentAt }) => sentAt.getTime()));
    const window = windowMs === undefined ? {} : { windowEnds: new Date(wroteLast + windowMs) };
    const opened = settled.ticket
      ? { ...settled.ticket, ...(await deadlines(settled.ticket.queue)), ...window, words }
      : null;
    const ticket = opened ? ticketRow(newId(), conversation, opened, ids, now) : null;
    const joined =
      settled.joinsTicket?.id ?? (settled.silence === 'held-by-specialist' ? conversation.heldBy?.ticketId : undefined);
    const joinedTicket = joined === undefined ? null : await store.tickets.find(joined);
    const joining = joinedTicket && { id: joinedTicket._id, deadlines: await deadlines(joinedTicket.queue) };
    const reply = settled.reply ? replyRow(newId(), conversation, settled.reply, ids, now, draftOnly) : null;
    const ticketId = ticket?._id ?? settled.joinsTicket?.id;
    const writtenLate = messages.find((message) => message.late)?.sentAt;
    if (reply && writtenLate)
      Object.assign(reply, { late: true, text: sayWhen(reply.language, writtenLate, reply.text) });
    if (reply && ticketId) reply.ticketId = ticketId;
    const outcome = outcomeOf(settled, ticketId, reply);
    const understood = {
      ...(turn.understanding.candidates[0] ? { label: turn.understanding.candidates[0].label } : {}),
      confidence: turn.understanding.confidence,
      language: turn.understanding.language,
      outcome: settled.outcome,
      ...(settled.wouldSay === undefined ? {} : { wouldSay: settled.wouldSay }),
      ...(settled.checks ? { checks: settled.checks } : {}),
    };
    const lastRevision = new Date(Math.max(0, ...messages.map(({ revisedAt }) => revisedAt?.getTime() ?? 0)));
    const settledSeq = Math.max(...messages.map((message) => message.seq));
    return store.transaction(async (session) => {
      const written = { settledSeq, state: settled.state, burst };
      const after = await store.conversations.settle(session, conversation._id, lease, written);
      if (after === 'lost') throw new LeaseLost();
      if (reply) await store.outbox.insert(session, [reply]);
      if (ticket) await store.tickets.insert(session, ticket);
      if (joining) {
        const messages = [...(settled.joinsTicket?.about ?? []), ...ids];
        const joined = { ...joining.deadlines, ...window, messages, words, urgent: settled.urgent ?? false, now };
        await store.tickets.join(session, joining.id, joined);
      }
      if (settled.rates) await store.tickets.rate(session, settled.rates.ticketId, settled.rates.rating, now);
      if (settled.contact) await store.contacts.change(session, conversation._id, settled.contact);
      if (settled.contact?.stopped) await store.watches.removeOf(session, conversation._id);
      else if (settled.wish)
        await store.watches.put(session, watchRows(conversation._id, settled.wish, listsKey, now, wishDays));
      const count = await store.messages.settle(session, ids, { outcome, settledAt: now, understood }, lastRevision);
      if (count !== ids.length) {
        const found = await store.messages.findMany(ids);
        const isRevised = found.some(({ revisedAt }) => revisedAt !== undefined && revisedAt > lastRevision);
        throw isRevised ? new TurnOutdated() : new Error('A message of this turn has its outcome already.');
      }
      return after;
    }, leaseMs);
  };

const watchRows = (
  contactId: string,
  { iinHmac, formerHmac, seen }: NonNullable<Settled['wish']>,
  key: string,
  now: Date,
  days: number,
): WatchDocument[] =>
  seen.map(({ programme: programmeId, stands, batch }) => ({
    _id: `${contactId}:${programmeId}:${iinHmac}`,
    contactId,
    programmeId,
    iinHmac,
    key,
    ...(formerHmac === undefined ? {} : { formerHmac }),
    seen: stands,
    seenBatch: batch,
    createdAt: now,
    expiresAt: new Date(now.getTime() + days * 86_400_000),
  }));

const outcomeOf = (settled: Settled, ticketId: string | undefined, reply: OutboxDocument | null): Outcome => {
  if (ticketId) return { kind: 'ticket', ticketId, ...(reply ? { outboxId: reply._id } : {}) };
  if (reply) return { kind: 'reply', outboxId: reply._id };
  if (settled.silence) return { kind: 'silence', reason: settled.silence };
  throw new Error('A decision must end in a reply, a ticket or a stated silence.');
};

const ticketRow = (
  id: string,
  conversation: ConversationDocument,
  draft: NonNullable<Settled['ticket']> & Deadlines & { readonly words: string[]; readonly windowEnds?: Date },
  messages: string[],
  now: Date,
): TicketDocument => ({
  _id: id,
  receipt: draft.receipt,
  conversationId: conversation._id,
  queue: draft.queue,
  reason: draft.reason,
  urgent: draft.urgent,
  ...(draft.label === undefined ? {} : { label: draft.label }),
  language: draft.language,
  status: 'waiting',
  messages: [...new Set([...(draft.about ?? []), ...messages])],
  createdAt: now,
  waitingSince: now,
  answerBy: draft.answerBy,
  resolveBy: draft.resolveBy,
  ...(draft.windowEnds ? { windowEnds: draft.windowEnds } : {}),
  lastMessageAt: now,
  words: draft.words,
  ...phoneOf(conversation),
  version: 0,
});
const phoneOf = ({ address }: ConversationDocument): Pick<TicketDocument, 'phone'> => {
  const phone = phoneFromEnd(address);
  return phone === undefined ? {} : { phone };
};

const replyRow = (
  id: string,
  conversation: ConversationDocument,
  reply: NonNullable<Settled['reply']>,
  answers: string[],
  now: Date,
  draftOnly: boolean,
): OutboxDocument => ({
  _id: id,
  conversationId: conversation._id,
  address: conversation.address,
  text: reply.text,
  choices: [...reply.choices],
  asksLocation: reply.asksLocation,
  language: reply.language,
  ...(reply.article === undefined ? {} : { article: reply.article }),
  answers,
  origin: 'bot',
  status: draftOnly ? 'draft' : 'queued',
  position: now.getTime(),
  attempts: 0,
  nextAttemptAt: now,
  createdAt: now,
});
