/** One answer for all who ask the same: queued for each ticket by itself, held back for ten seconds, taken back whole until then. */
import { type Language, languages } from '../../language.js';
import type { GroupReplyDocument, GroupReplyPart, TicketBefore } from '../../store/group-replies.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Session } from '../../store/session.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { createAnswering, longestMessage } from './answering.js';
import type { AskRating } from './closing.js';
import { TicketError } from './ticket-error.js';
import type { TicketHold } from './ticket-hold.js';
import type { TicketsOptions } from './tickets.js';

/** How long a reply to many can be taken back, in milliseconds. */
export const undoMs = 10_000;
/** What queueing one of many may take: the time for taking back counts from the last of them. */
const queueingMs = 60;
/** Most tickets of one reply; the rest is for the next one. */
export const mostTickets = 200;

export interface GroupReplyRequest {
  /** The ticket whose group it is. */
  readonly seed: string;
  readonly tickets: readonly string[];
  readonly texts: Readonly<Partial<Record<Language, string>>>;
  readonly closes: boolean;
  readonly requestId: string;
  readonly staffId: string;
}
interface GroupRepliesOptions extends Pick<TicketsOptions, 'store' | 'clocks' | 'newId' | 'mask'> {
  readonly ticketHold: TicketHold;
  readonly askRating: AskRating;
}
type Queued = Extract<GroupReplyPart, { outboxId: string }>;
export const queuedParts = ({ parts }: GroupReplyDocument): readonly Queued[] =>
  parts.filter((part): part is Queued => 'outboxId' in part);

/** It leaves when it can be taken back no more. */
const whenDue = ({ dueAt }: GroupReplyDocument) => ({ nextAttemptAt: dueAt, undoUntil: dueAt });

const beforeOf = ({ status, firstReplyAt, answeredAt, claimedBy, claimedAt }: TicketDocument): TicketBefore => ({
  status,
  ...(firstReplyAt ? { firstReplyAt } : {}),
  ...(answeredAt ? { answeredAt } : {}),
  ...(claimedBy ? { claimedBy } : {}),
  ...(claimedAt ? { claimedAt } : {}),
});

export const createGroupReplies = ({ store, clocks, newId, mask, ticketHold, askRating }: GroupRepliesOptions) => {
  const { letGo } = ticketHold;
  const { checked, markAnswered, unanswered } = createAnswering({ store, mask, ticketHold });
  const now = () => clocks.real.now();

  const close = async (
    session: Session,
    ticket: TicketDocument,
    { staffId, at }: GroupReplyDocument,
    asks: OutboxDocument | null,
  ): Promise<void> => {
    const mine = { status: ['answered'], claimedBy: staffId } as const;
    const asked = asks ? { ratingAskedAt: at } : {};
    const resolved = { status: 'resolved', resolvedAt: at, resolvedBy: staffId, ...asked } as const;
    await store.tickets.change(session, ticket._id, mine, resolved);
    if (asks) await store.outbox.insert(session, [asks]);
    await letGo(session, ticket, at);
  };
  /** Queues the reply of one ticket, or notes why not; twice is once. */
  const queue = async (reply: GroupReplyDocument, ticketId: string): Promise<void> => {
    const ticket = await store.tickets.find(ticketId);
    const part = { ticketId, receipt: ticket?.receipt ?? '', language: ticket?.language ?? 'kk' };
    const leaveOut = (error: TicketError): Promise<boolean> =>
      store.transaction((session) =>
        store.groupReplies.addPart(session, reply._id, {
          ...part,
          leftOut: error.code,
          ...(error.by === undefined ? {} : { by: error.by }),
        }),
      );
    const text = reply.texts[part.language];
    const conversation = ticket && (await store.conversations.find(ticket.conversationId));
    if (!ticket || !conversation || text === undefined) return void (await leaveOut(new TicketError('not-found')));
    const [answers, drafts] = await Promise.all([unanswered(ticket), store.outbox.drafts(conversation._id)]);
    const outboxId = newId();
    const asks = reply.closes ? await askRating(ticket, reply.at, true) : null;
    const { staffId, at } = reply;
    try {
      await store.transaction(async (session) => {
        await markAnswered(session, ticket, staffId, at);
        const queued = {
          ...{ ...part, outboxId, before: beforeOf(ticket), drafts: drafts.map(({ _id }) => _id) },
          ...(asks ? { ratingId: asks._id } : {}),
        };
        if (!(await store.groupReplies.addPart(session, reply._id, queued))) throw new TicketError('row-gone');
        await store.outbox.withdrawDrafts(session, conversation._id);
        await store.outbox.insert(session, [
          {
            ...{ _id: outboxId, conversationId: conversation._id, address: conversation.address, text },
            ...{ choices: [], asksLocation: false, language: ticket.language, answers, origin: 'specialist', staffId },
            ...{ ticketId, groupReply: reply._id, requestId: `group:${reply._id}:${ticketId}`, status: 'queued' },
            ...{ position: at.getTime(), attempts: 0, createdAt: at, ...whenDue(reply) },
          },
        ]);
        if (reply.closes) await close(session, ticket, reply, asks && { ...asks, ...whenDue(reply) });
      });
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      if (error.code !== 'row-gone') await leaveOut(error);
    }
  };
  /** Goes on where it stands: what has its part is left alone. */
  const carryOn = async (reply: GroupReplyDocument): Promise<void> => {
    const known = new Set(reply.parts.map(({ ticketId }) => ticketId));
    for (const ticketId of reply.tickets) if (!known.has(ticketId)) await queue(reply, ticketId);
    await store.groupReplies.finish(reply._id);
  };
  /** Puts tickets back whose reply did not leave. */
  const restore = async (reply: GroupReplyDocument): Promise<void> => {
    const parts = queuedParts(reply).filter(({ ticketId }) => !reply.restored.includes(ticketId));
    await store.outbox.withdrawUnsent(parts.map(({ outboxId }) => outboxId));
    const withdrawn = new Set(await store.outbox.withdrawnOf(parts.map(({ outboxId }) => outboxId)));
    // Nobody is asked about an answer that they did not get.
    await store.outbox.withdrawUnsent(
      parts.flatMap(({ outboxId, ratingId }) => (ratingId && withdrawn.has(outboxId) ? [ratingId] : [])),
    );
    for (const { ticketId, outboxId, before, drafts } of parts) {
      if (!withdrawn.has(outboxId)) continue;
      const ticket = await store.tickets.find(ticketId);
      if (!ticket) continue;
      await store.transaction(async (session) => {
        if (!(await store.groupReplies.addRestored(session, reply._id, ticketId))) return;
        if (!(await store.tickets.takeBack(session, ticketId, reply.at, before))) return;
        for (const draft of drafts)
          await store.outbox.move(draft, { status: 'withdrawn' }, { status: 'draft' }, session);
        if (before.claimedBy === undefined) await letGo(session, ticket, now());
        else
          await store.conversations.hold(session, ticket.conversationId, {
            ticketId,
            staffId: before.claimedBy,
            since: now(),
          });
      });
    }
    await store.groupReplies.finish(reply._id);
  };

  return {
    /**
     * Queues the reply for each ticket, in the resident's language, to leave after the time for taking back; gives what became of each.
     * What a colleague took meanwhile is left out. The same request twice is carried out once.
     * @throws TicketError empty-text (a language of the group has no text), too-long, not-found (no ticket was chosen)
     */
    async replyToGroup(request: GroupReplyRequest): Promise<void> {
      const { seed, texts, closes, requestId, staffId } = request;
      const chosen = [...new Set(request.tickets)].slice(0, mostTickets);
      const tickets = await store.tickets.findMany(chosen);
      if (tickets.length === 0) throw new TicketError('not-found');
      const said = languages.filter((language) => tickets.some((ticket) => ticket.language === language));
      const clean = Object.fromEntries(said.map((one) => [one, checked(texts[one] ?? '', longestMessage)]));
      const at = now();
      const reply: GroupReplyDocument = {
        ...{ _id: requestId, staffId, at, texts: clean, closes, seed, tickets: chosen, parts: [] },
        dueAt: new Date(at.getTime() + undoMs + queueingMs * chosen.length),
        ...{ finished: false, restored: [] },
      };
      if (await store.groupReplies.begin(reply)) await carryOn(reply);
    },
    groupReplyRows: store.outbox.findMany,
    setGroupArticle: store.groupReplies.setArticle,
    groupReply: (id: string): Promise<GroupReplyDocument | null> => store.groupReplies.find(id),
    /**
     * Takes back what has not left: its tickets stand again as before. Twice is once.
     * @throws TicketError not-found, not-yours
     */
    async undoGroupReply(id: string, staffId: string): Promise<void> {
      const reply = await store.groupReplies.find(id);
      if (!reply) throw new TicketError('not-found');
      if (reply.staffId !== staffId) throw new TicketError('not-yours', reply.staffId);
      await store.groupReplies.undo(id, now());
      const after = await store.groupReplies.find(id);
      if (after) await restore(after);
    },
    /** What a dead process left half done is brought to its end: every ticket gets its reply once, or stands as before. */
    async finishGroupReplies(begunBefore: Date): Promise<void> {
      for (const reply of await store.groupReplies.unfinished(begunBefore))
        await (reply.undoneAt ? restore(reply) : carryOn(reply));
    },
    /** Sets by hand which group a ticket stands in: that of another, or one of its own. @throws TicketError not-found */
    async setGroup(ticketId: string, group: string): Promise<void> {
      const set = (session: Session) =>
        store.tickets.change(session, ticketId, { status: ['waiting', 'claimed', 'answered'] }, { group });
      if (!(await store.transaction(set))) throw new TicketError('not-found');
    },
  };
};
