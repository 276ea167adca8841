/**
 * Every open ticket in a few words, in the memory of each process that shows lists: so that a list costs its page and not the queue, on
 * every engine. Loaded once, kept by the change stream; what a page shows of a ticket is read afresh by its id.
 */
import { type Clock, systemClock } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Changes } from '../../store/changes.js';
import type { Store } from '../../store/store.js';
import { type OpenTicketRow, openTicketRow } from '../../store/ticket-document.js';

/** A channel that stops letting us write within so many milliseconds. */
const windowClosesMs = 2 * 3_600_000;
/** Made anew so often, since windows close without a change. */
const staleMs = 60_000;
/** Danger and urgent words, a broken promise, a channel about to close, a promise about to break, all others. */
const rankAt =
  (now: number) =>
  ({ urgent, late, windowEnds, soon, status }: OpenTicketRow): number => {
    if (urgent) return 0;
    if (late) return 1;
    const left = windowEnds ? windowEnds.getTime() - now : Number.POSITIVE_INFINITY;
    if (status !== 'answered' && left > 0 && left < windowClosesMs) return 2;
    return soon ? 3 : 4;
  };
/** By what presses, then whose promised time comes first. */
const byNeed =
  (rank: (row: OpenTicketRow) => number) =>
  (a: OpenTicketRow, b: OpenTicketRow): number =>
    rank(a) - rank(b) ||
    (a.answerBy ?? a.waitingSince).getTime() - (b.answerBy ?? b.waitingSince).getTime() ||
    (a._id < b._id ? -1 : 1);

export const createOpenTickets = async (
  store: Pick<Store, 'tickets'>,
  changes: Pick<Changes, 'on' | 'onReset'>,
  onFailure: (error: Error) => void,
  clock: Clock = systemClock,
) => {
  const rows = new Map<string, OpenTicketRow>();
  /** In order of need; made anew when somebody asks after a change. */
  let sorted: readonly OpenTicketRow[] | undefined;
  let sortedAt = 0;
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
      const now = clock.now().getTime();
      if (!sorted || now - sortedAt > staleMs) {
        sorted = [...rows.values()].sort(byNeed(rankAt(now)));
        sortedAt = now;
      }
      return sorted.filter((row) => queues.includes(row.queue));
    },
  };
};
export type OpenTickets = Awaited<ReturnType<typeof createOpenTickets>>;
