/** Who asks the same, for one reader: the groups of the inbox, and the tickets of one of them. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { MessageDocument } from '../../store/messages.js';
import type { Store } from '../../store/store.js';
import type { OpenTicketRow, TicketDocument } from '../../store/ticket-document.js';
import { alikeTo, groupsOf, membersOf } from './alike.js';
import { mostTickets } from './group-replies.js';
import type { OpenTickets } from './open-tickets.js';
import { readSearch } from './search-words.js';

export interface GroupMember {
  readonly ticket: TicketDocument;
  /** What the resident wrote last. */
  readonly words: MessageDocument | undefined;
  /** See `Alike`. */
  readonly near: boolean;
}
export interface TicketGroup {
  readonly seed: TicketDocument;
  readonly words: MessageDocument | undefined;
  readonly count: number;
  readonly languages: Readonly<Record<'kk' | 'ru', number>>;
}
/** Groups that a page lists. */
const listedGroups = 30;
const waits = ({ status }: Pick<TicketDocument, 'status'>): boolean => status === 'waiting' || status === 'claimed';

export const createGroups = ({ store, open }: { readonly store: Store; readonly open: OpenTickets }) => {
  const rowsOf = (reach: readonly Queue[]): readonly OpenTicketRow[] => open.of(reach).filter(waits);
  const wordsOf = async (tickets: readonly TicketDocument[]) => {
    const found = await store.messages.findMany(tickets.flatMap((ticket) => ticket.messages.slice(-1)));
    const byId = new Map(found.map((message) => [message._id, message]));
    return (ticket: TicketDocument) => byId.get(ticket.messages.at(-1) ?? '');
  };
  const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, TicketDocument>> =>
    new Map((await store.tickets.findMany(ids)).map((ticket) => [ticket._id, ticket]));

  return {
    /** How many others wait for the same answer. */
    othersAlike: (ticket: TicketDocument, reach: readonly Queue[]): number =>
      membersOf(ticket, rowsOf(reach)).filter((row) => row._id !== ticket._id).length,
    /** The largest groups of two and more; read by the page, however many tickets are open. */
    async groups(reach: readonly Queue[]): Promise<readonly TicketGroup[]> {
      const groups = groupsOf(rowsOf(reach)).slice(0, listedGroups);
      const tickets = await read(groups.flatMap(([first]) => (first ? [first._id] : [])));
      const words = await wordsOf([...tickets.values()]);
      return groups.flatMap((rows) => {
        const seed = tickets.get(rows[0]?._id ?? '');
        if (!seed) return [];
        const kk = rows.filter((row) => row.language === 'kk').length;
        return [{ seed, words: words(seed), count: rows.length, languages: { kk, ru: rows.length - kk } }];
      });
    },
    /**
     * The tickets that ask what this one asks, itself among them, as they stand now; at most `mostTickets`, who needs an answer first.
     * @param changed a ticket whose group was set a moment ago, which may not have come round to the lists
     */
    async alike(ticket: TicketDocument, reach: readonly Queue[], changed?: string): Promise<readonly GroupMember[]> {
      const members = membersOf(ticket, rowsOf(reach)).map((row) => row._id);
      const ids = new Set([...members.slice(0, mostTickets), ...(changed === undefined ? [] : [changed])]);
      const tickets = await read([...ids]);
      const words = await wordsOf([...tickets.values()]);
      const fresh = [...ids].flatMap((id) => tickets.get(id) ?? []).filter(waits);
      return alikeTo(ticket, fresh).map(({ row, near }) => ({ ticket: row, near, words: words(row) }));
    },
    /** What the resident of a ticket wrote last. */
    lastWords: async (ticket: TicketDocument) => (await wordsOf([ticket]))(ticket),
    /** Those of the tickets that this reader may read. */
    async within(ids: readonly string[], reach: readonly Queue[]): Promise<readonly TicketDocument[]> {
      const found = await read(ids.slice(0, mostTickets));
      return ids.flatMap((id) => found.get(id) ?? []).filter((ticket) => reach.includes(ticket.queue));
    },
    /** The open ticket of a receipt as people type it; null where there is none within reach. */
    async openByReceipt(typed: string, reach: readonly Queue[]): Promise<TicketDocument | null> {
      const wanted = readSearch(typed);
      const ticket = wanted?.kind === 'receipt' ? await store.tickets.byReceipt(wanted.receipt) : null;
      return ticket && ticket.status !== 'resolved' && reach.includes(ticket.queue) ? ticket : null;
    },
  };
};
export type Groups = ReturnType<typeof createGroups>;
