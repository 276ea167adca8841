/** An account that is tried too often is locked for a while, from whatever addresses the tries come. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/store.js';

/** Wrong passwords in a row, each within the time of the lock after the one before. */
export const failuresBeforeLock = 8;
const lockMs = 15 * 60_000;

const idOf = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('hex');

export const createLockout = (store: Pick<Store, 'lockouts'>, clock: Clock) => ({
  /** Until when nobody gets in under this e-mail, or null. */
  until: (email: string): Promise<Date | null> => store.lockouts.until(idOf(email), clock.now()),
  async failed(email: string): Promise<void> {
    const now = clock.now();
    const until = new Date(now.getTime() + lockMs);
    if ((await store.lockouts.fail(idOf(email), now, until)) >= failuresBeforeLock) {
      await store.lockouts.lock(idOf(email), until);
    }
  },
  cleared: (email: string): Promise<void> => store.lockouts.clear(idOf(email)),
});
export type Lockout = ReturnType<typeof createLockout>;
