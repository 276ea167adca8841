/**
 * What happens in the inbox when nobody does anything: promises are told of before and after they break, a conversation whose specialist
 * is silent goes back to the bot, and at a queue's end of day what was taken there goes back to it. Each looks at how things stand.
 */
import type { Clocks } from '../../clock.js';
import type { Texts } from '../../i18n.js';
import type { ConversationDocument } from '../../store/conversations.js';
import type { Session } from '../../store/session.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Audit } from '../audit/audit.js';
import type { Queues } from '../queues/queues.js';
import { closedSince } from '../queues/working-time.js';
import { createTicketHold } from './ticket-hold.js';

export interface InboxClockParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly queues: Pick<Queues, 'list'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly texts: Texts;
  /** Minutes of a specialist's silence after which the bot answers again. */
  readonly silentMinutes: number;
}
const minuteMs = 60_000;
/** A promise is told of before it breaks by a quarter of its time, between these minutes. */
const soonest = 60;
const latest = 5;
/** After closing, who is in the middle of an answer has so many minutes. */
const closingMinutes = 15;
/** Tickets and conversations of one look; the next one goes on. */
const atOnce = 500;
/** Who wrote longer ago is told nothing by the clock: a channel's window may be closed, and a held notice would come too late to mean anything. */
const toldWithinMs = 23 * 60 * minuteMs;

/** Written as the service itself. */
const system = 'system';

export const createInboxClock = ({ store, clocks, newId, queues, audit, texts, silentMinutes }: InboxClockParts) => {
  const { letGo } = createTicketHold(store);
  const now = () => clocks.real.now();
  const isPresent = async (ticketId: string, staffId: string | undefined, at: Date): Promise<boolean> =>
    (await store.presence.at([ticketId], at)).some((one) => one.staffId === staffId && one.typing);
  const noteOf = (ticket: TicketDocument, kind: 'shift' | 'handed-back', at: Date) => ({
    ...{
      _id: newId(),
      ticketId: ticket._id,
      conversationId: ticket.conversationId,
      staffId: system,
      kind,
      text: '',
      at,
    },
  });
  /** What the resident is told, unless they are left alone by their own wish or wrote too long ago. */
  const notice = async (conversation: ConversationDocument, ticket: TicketDocument, key: string, at: Date) => {
    const contact = await store.contacts.find(conversation._id);
    if (contact?.stopped || at.getTime() - conversation.lastMessageAt.getTime() > toldWithinMs) return [];
    const { language, receipt, _id: ticketId } = ticket;
    return [
      {
        ...{ _id: newId(), conversationId: conversation._id, address: conversation.address, language },
        ...{ text: texts(language, key, { ticket: receipt }), choices: [], asksLocation: false, answers: [] },
        ...{ origin: 'job' as const, ticketId, status: 'queued' as const, position: at.getTime(), attempts: 0 },
        ...{ nextAttemptAt: at, createdAt: at },
      },
    ];
  };

  return {
    /** Marks what is about to break, and what broke: that is told to the leads, once, and stands in the audit log. */
    async watchPromises(): Promise<void> {
      const at = now();
      const targets = new Map((await queues.list()).map(({ id, firstReplyMinutes }) => [id, firstReplyMinutes]));
      const due = await store.tickets.promised(new Date(at.getTime() + soonest * minuteMs), at, atOnce);
      for (const ticket of due) {
        const waits = ticket.status !== 'answered' && ticket.answerBy !== undefined;
        const late =
          ticket.resolveBy && ticket.resolveBy < at
            ? ('resolve' as const)
            : waits && ticket.answerBy && ticket.answerBy < at
              ? ('reply' as const)
              : null;
        if (late && late !== ticket.late && !(late === 'reply' && ticket.late)) {
          const id = newId();
          await store.transaction(async (session) => {
            if (!(await store.tickets.markLate(session, ticket, late))) return;
            const details = { queue: ticket.queue, promise: late };
            const entry = {
              by: system,
              action: 'ticket-escalated',
              subject: `ticket:${ticket.receipt}`,
              details,
            } as const;
            await audit.record(entry, session, id);
          });
        } else if (!late && !ticket.soon && waits && ticket.answerBy) {
          const before = Math.min(soonest, Math.max(latest, (targets.get(ticket.queue) ?? 0) / 4));
          if (ticket.answerBy.getTime() - at.getTime() <= before * minuteMs)
            await store.tickets.markSoon(ticket._id, ticket.answerBy);
        }
      }
    },
    /**
     * A conversation whose specialist neither wrote nor writes for so long goes back to the bot, which says so to both. Who still waits for an
     * answer waits in the queue again; what was answered stays with who answered it.
     */
    async handBack(): Promise<void> {
      const at = now();
      const silent = new Date(at.getTime() - silentMinutes * minuteMs);
      for (const conversation of await store.conversations.heldBefore(silent, atOnce)) {
        const { heldBy } = conversation;
        const ticket = heldBy && (await store.tickets.find(heldBy.ticketId));
        if (!heldBy || !ticket || (await isPresent(ticket._id, heldBy.staffId, at))) continue;
        const waits = ticket.status === 'claimed';
        const rows = await notice(conversation, ticket, waits ? 'inbox:handBack.waits' : 'inbox:handBack.answered', at);
        const note = noteOf(ticket, 'handed-back', at);
        await store.transaction(async (session) => {
          if (!(await store.conversations.unholdSilent(session, conversation._id, heldBy))) return;
          if (waits) await store.tickets.unclaim(session, ticket._id, heldBy.staffId, at);
          await store.notes.addWithin(session, { ...note, to: heldBy.staffId });
          await store.outbox.insert(session, rows);
          await letGo(session, ticket, at);
        });
      }
    },
    /** What was claimed before a queue closed, and is nobody's work any more, goes back to the queue. */
    async endShifts(): Promise<void> {
      const [business, at] = [clocks.business.now(), now()];
      for (const { id, calendar } of (await queues.list()).filter(({ openNow }) => !openNow)) {
        const closed = closedSince(calendar, business);
        if (!closed || business.getTime() - closed.getTime() < closingMinutes * minuteMs) continue;
        const closedAt = new Date(at.getTime() - (business.getTime() - closed.getTime()));
        for (const ticket of await store.tickets.claimedIn(id, closedAt, atOnce)) {
          const { claimedBy } = ticket;
          if (claimedBy === undefined || (await isPresent(ticket._id, claimedBy, at))) continue;
          const note = noteOf(ticket, 'shift', at);
          await store.transaction(async (session: Session) => {
            if (!(await store.tickets.unclaim(session, ticket._id, claimedBy, at))) return;
            await store.notes.addWithin(session, note);
            await letGo(session, ticket, at);
          });
        }
      }
    },
  };
};
export type InboxClock = ReturnType<typeof createInboxClock>;
