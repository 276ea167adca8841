/**
 * Every open ticket in a few words, in the memory of each process that shows lists: so that a list costs its page and not the queue, on
 * every engine. Loaded once, kept by the change stream; what a page shows of a ticket is read afresh by its id.
 */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Changes } from '../../store/changes.js';
import type { Store } from '../../store/store.js';
import { type OpenTicketRow, openTicketRow } from '../../store/ticket-document.js';

/** Urgent first, then whose promised time comes first. */
const byNeed = (a: OpenTicketRow, b: OpenTicketRow): number =>
  Number(b.urgent) - Number(a.urgent) ||
  (a.answerBy ?? a.waitingSince).getTime() - (b.answerBy ?? b.waitingSince).getTime() ||
  (a._id < b._id ? -1 : 1);

export const createOpenTickets = async (
  store: Pick<Store, 'tickets'>,
  changes: Pick<Changes, 'on' | 'onReset'>,
  onFailure: (error: Error) => void,
) => {
  const rows = new Map<string, OpenTicketRow>();
  /** In order of need; made anew when somebody asks after a change. */
  let sorted: readonly OpenTicketRow[] | undefined;
  const put = (row: OpenTicketRow): void => {
    const known = rows.get(row._id);
    if (known && known.version > row.version) return;
    sorted = undefined;
    if (row.status === 'resolved') rows.delete(row._id);
    else rows.set(row._id, row);
  };
  const load = async (): Promise<void> => {
    const open = await store.tickets.open();
    const ids = new Set(open.map((row) => row._id));
    for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
    for (const row of open) put(row);
    sorted = undefined;
  };
  // Listened to before it is loaded: what happens in between arrives as news.
  changes.on('tickets', ({ id, document }) => {
    if (document) put(openTicketRow(document));
    else if (rows.delete(id)) sorted = undefined;
  });
  changes.onReset(() => void load().catch(onFailure));
  await load();
  return {
    /** Open tickets of these queues, who needs an answer first in front. */
    of(queues: readonly Queue[]): readonly OpenTicketRow[] {
      sorted ??= [...rows.values()].sort(byNeed);
      return sorted.filter((row) => queues.includes(row.queue));
    },
  };
};
export type OpenTickets = Awaited<ReturnType<typeof createOpenTickets>>;
