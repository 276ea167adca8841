/** What was written while nobody listened, and the answers that wait for their release: one for each resident, never a flood. */
import type { Clock } from '../../clock.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Store } from '../../store/store.js';

/** Released at once, at most; what is more waits for the next press of the button. */
export const mostReleased = 200;

export interface LateAnswersParts {
  readonly store: Store;
  /** Real time. */
  readonly clock: Clock;
}

export const createLateAnswers = ({ store, clock }: LateAnswersParts) => ({
  /** Oldest first, at most `mostReleased`. */
  waiting: (): Promise<readonly OutboxDocument[]> => store.outbox.lateDrafts(mostReleased),
  /**
   * Sends the given answers, each with its ticket closed by whoever pressed the button. What a specialist took meanwhile, or somebody sent
   * or put aside before, stays as it is.
   * @returns how many go out
   */
  async release(ids: readonly string[], staffId: string): Promise<number> {
    let released = 0;
    for (const row of await store.outbox.lateDrafts(mostReleased)) {
      if (!ids.includes(row._id)) continue;
      const at = clock.now();
      const { ticketId } = row;
      const closed = { status: 'resolved', firstReplyAt: at, resolvedAt: at, resolvedBy: staffId } as const;
      const sent = await store.transaction(async (session) => {
        if (ticketId !== undefined) {
          const free = await store.tickets.change(session, ticketId, { status: ['waiting'] }, closed);
          if (!free) return false;
        }
        const change = { status: 'queued', staffId, nextAttemptAt: at } as const;
        return store.outbox.move(row._id, { status: 'draft' }, change, session);
      });
      if (sent) released += 1;
    }
    return released;
  },
});
export type LateAnswers = ReturnType<typeof createLateAnswers>;
