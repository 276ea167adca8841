/** Gaps between messages, of uneven length, as a person leaves them: a number that writes like a machine is banned. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../clock.js';

/**
 * Gives the function that resolves when the next message may go, first come first served.
 * @param gapMs mean gap in milliseconds; each is from half of it to one and a half
 * @param random from 0 to 1
 * @param wait resolves after so many milliseconds
 */
export const createPace = (
  gapMs: number,
  clock: Clock,
  random: () => number,
  wait: (ms: number) => Promise<unknown> = pause,
) => {
  let nextAt = 0;
  return async (): Promise<void> => {
    const now = clock.now().getTime();
    const at = Math.max(now, nextAt);
    nextAt = at + gapMs * (0.5 + random());
    if (at > now) await wait(at - now);
  };
};
