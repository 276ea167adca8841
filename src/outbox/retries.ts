/** When a message that the channel did not take is tried again, and when it is given up. Pure. */
import type { OutboxDocument } from '../store/outbox.js';
import type { NotSent } from '../transport/contract.js';

/** Tries after which a message is given up, for a person to look at. */
export const mostAttempts = 8;
const longestBackoffMs = 300_000;
/** A channel that is busy is asked again no sooner. */
const leastBusyMs = 500;
const backoffMs = (attempts: number): number => Math.min(2 ** attempts * 1_000, longestBackoffMs);

/**
 * Null when the channel refused the message for good or it had all its tries. Where the channel was busy, or the resident wrote while
 * the message was to be held for it, the try is given back.
 */
export const nextTry = (
  { attempts }: Pick<OutboxDocument, 'attempts'>,
  result: NotSent,
  now: Date,
): Pick<OutboxDocument, 'attempts' | 'nextAttemptAt' | 'failure'> | null => {
  if (result.kind === 'refused') return null;
  const { afterMs = 0, busy = false, reason = undefined } = result.kind === 'held' ? { busy: true } : result;
  if (!busy && attempts >= mostAttempts) return null;
  const waitMs = busy ? Math.max(afterMs, leastBusyMs) : Math.max(afterMs, backoffMs(attempts));
  return {
    attempts: busy ? attempts - 1 : attempts,
    nextAttemptAt: new Date(now.getTime() + waitMs),
    ...(reason === undefined ? {} : { failure: reason }),
  };
};
