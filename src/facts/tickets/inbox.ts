/** The lists of the inbox: who waits, what is mine, what colleagues have, what was answered or resolved; filtered, searched, by the page. */
import type { Clocks } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Language } from '../../language.js';
import type { MessageDocument } from '../../store/messages.js';
import type { PresenceDocument } from '../../store/presence.js';
import type { Store } from '../../store/store.js';
import type { OpenTicketRow, TicketDocument } from '../../store/ticket-document.js';
import { createGroups } from './groups.js';
import type { OpenTickets } from './open-tickets.js';
import { readSearch } from './search-words.js';

export const inboxViews = ['waiting', 'mine', 'others', 'answered', 'resolved'] as const;
export type InboxView = (typeof inboxViews)[number];

export interface InboxQuestion {
  readonly staffId: string;
  /** Queues this person may read. */
  readonly reach: readonly Queue[];
  /** One view by the page; without it the beginning of each view of open tickets. */
  readonly view?: InboxView | undefined;
  readonly queue?: Queue | undefined;
  readonly language?: Language | undefined;
  readonly urgent?: boolean;
  /** Only those whose promise was broken. */
  readonly late?: boolean;
  readonly search?: string;
  /** From 1. */
  readonly page: number;
}
export interface InboxGroup {
  readonly view: InboxView | 'found';
  readonly tickets: readonly TicketDocument[];
  /** How many there are in all; where nobody counts that far, as many as are shown. */
  readonly count: number;
  readonly pages: number;
}
export interface Inbox {
  readonly groups: readonly InboxGroup[];
  /** The last message of each listed ticket, by the message's id. */
  readonly lastWords: ReadonlyMap<string, MessageDocument>;
  /** Who looks at each listed ticket, by the ticket's id; the one who asks is left out. */
  readonly present: ReadonlyMap<string, readonly PresenceDocument[]>;
  /** Ids of listed tickets whose resident wrote since this person looked. */
  readonly unread: ReadonlySet<string>;
}

/** Rows of a page, and of each view where all are shown. */
export const pageSize = 50;
export const groupSize = 20;
/** Resolved tickets are listed for so many days; a search finds older ones. */
export const resolvedDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

const viewOf = (row: OpenTicketRow, staffId: string): InboxView =>
  row.status === 'claimed' ? (row.claimedBy === staffId ? 'mine' : 'others') : (row.status as InboxView);

export interface InboxParts {
  readonly store: Store;
  readonly open: OpenTickets;
  readonly clocks: Clocks;
}

export const createInbox = ({ store, open, clocks }: InboxParts) => {
  /** The page's tickets, read afresh, in the order of the rows. */
  const fresh = async (rows: readonly OpenTicketRow[]): Promise<TicketDocument[]> => {
    const found = new Map((await store.tickets.findMany(rows.map(({ _id }) => _id))).map((one) => [one._id, one]));
    return rows.flatMap(({ _id }) => found.get(_id) ?? []);
  };
  const openGroups = async (question: InboxQuestion, reach: readonly Queue[]): Promise<InboxGroup[]> => {
    const { staffId, view, language, urgent, late, page } = question;
    const rows = open
      .of(reach)
      .filter((row) => (!language || row.language === language) && (!urgent || row.urgent) && (!late || row.late));
    const views = view ? [view] : inboxViews.filter((one) => one !== 'resolved');
    const size = view ? pageSize : groupSize;
    const from = view ? (page - 1) * size : 0;
    return Promise.all(
      views.map(async (one) => {
        const all = rows.filter((row) => viewOf(row, staffId) === one);
        const tickets = await fresh(all.slice(from, from + size));
        return { view: one, tickets, count: all.length, pages: Math.ceil(all.length / size) };
      }),
    );
  };
  const resolved = async (question: InboxQuestion, reach: readonly Queue[]): Promise<InboxGroup[]> => {
    const since = new Date(clocks.real.now().getTime() - resolvedDays * dayMs);
    const found = await store.tickets.resolved(reach, since, question.page * pageSize + 1);
    const tickets = found.slice((question.page - 1) * pageSize, question.page * pageSize);
    return [{ view: 'resolved', tickets, count: found.length, pages: Math.ceil(found.length / pageSize) }];
  };
  const found = async (typed: string, reach: readonly Queue[]): Promise<InboxGroup[]> => {
    const wanted = readSearch(typed);
    const one = wanted?.kind === 'receipt' ? await store.tickets.byReceipt(wanted.receipt) : null;
    const tickets =
      wanted === null
        ? []
        : wanted.kind === 'receipt'
          ? one && reach.includes(one.queue)
            ? [one]
            : []
          : await store.tickets.search(
              reach,
              wanted.kind === 'phone' ? { phoneEnds: wanted.ends } : { starts: wanted.starts },
              pageSize,
            );
    return [{ view: 'found', tickets, count: tickets.length, pages: 1 }];
  };

  return {
    ...createGroups({ store, open }),
    /** At most a page of tickets (or the beginnings of four views), whatever the number of open ones. */
    async list(question: InboxQuestion): Promise<Inbox> {
      const { queue, search, view, staffId } = question;
      const reach = queue === undefined ? question.reach : question.reach.filter((one) => one === queue);
      const groups =
        search !== undefined
          ? await found(search, reach)
          : view === 'resolved'
            ? await resolved(question, reach)
            : await openGroups(question, reach);
      const tickets = groups.flatMap((group) => group.tickets);
      const ids = tickets.map((ticket) => ticket._id);
      const [last, present, seen] = await Promise.all([
        store.messages.findMany(tickets.flatMap((ticket) => ticket.messages.slice(-1))),
        store.presence.at(ids, clocks.real.now()),
        store.reads.of(staffId, ids),
      ]);
      const others = present.filter((one) => one.staffId !== staffId);
      const isUnread = ({ _id, status, lastMessageAt, createdAt }: TicketDocument): boolean =>
        status !== 'resolved' && (seen.get(_id)?.getTime() ?? 0) < (lastMessageAt ?? createdAt).getTime();
      return {
        groups,
        lastWords: new Map(last.map((message) => [message._id, message])),
        present: new Map(ids.map((id) => [id, others.filter((one) => one.ticketId === id)])),
        unread: new Set(tickets.filter(isUnread).map((ticket) => ticket._id)),
      };
    },
    /** How many tickets of these queues nobody has taken yet. */
    waiting: (reach: readonly Queue[]): number => open.of(reach).filter((row) => row.status === 'waiting').length,
    /** How many promises to residents of these queues are broken. */
    late: (reach: readonly Queue[]): number => open.of(reach).filter((row) => row.late).length,
    /** Queues in which this person has tickets that a resident waits for; from memory. */
    queuesWithMine: (staffId: string, reach: readonly Queue[]): ReadonlySet<Queue> =>
      new Set(
        open
          .of(reach)
          .filter((row) => row.status === 'claimed' && row.claimedBy === staffId)
          .map(({ queue }) => queue),
      ),
    /** What this person has and the resident waits for. */
    claimedBy: (staffId: string): Promise<TicketDocument[]> => store.tickets.claimedBy(staffId),
    /** The open tickets after and before one in the order of need, among those this person could take or has. */
    neighbours(staffId: string, reach: readonly Queue[], ticketId: string) {
      const rows = open
        .of(reach)
        .filter((row) => row.status === 'waiting' || row.claimedBy === staffId || row._id === ticketId);
      const place = rows.findIndex((row) => row._id === ticketId);
      return { next: rows[place + 1]?._id, previous: place > 0 ? rows[place - 1]?._id : undefined };
    },
  };
};
export type InboxLists = ReturnType<typeof createInbox>;
