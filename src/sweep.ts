/** Looking again and again for what no event told of: the worker's and the sender's second way to their work. */
import type { Clock } from './clock.js';
import { inTime } from './in-time.js';

export interface SweepParts {
  readonly look: () => Promise<void>;
  /** Milliseconds from the end of one look to the next. */
  readonly everyMs: number;
  /** A look that takes longer, in milliseconds, is given up; 30 seconds where nothing else is said. */
  readonly longestMs?: number;
  readonly clock: Clock;
  /** Told why a look failed; the next one comes all the same. */
  readonly onFailure: (error: Error) => void;
}

const usualLongestMs = 30_000;

/** One look after the other, the first at once; a look that fails or hangs does not end them. */
export const createSweep = ({ look, everyMs, longestMs = usualLongestMs, clock, onFailure }: SweepParts) => {
  /** When a look last came to its end; 0 before the first. */
  let lookedAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const next = (): void => {
    looking = inTime(look(), longestMs, 'A look at the database took too long and is given up.')
      .then(() => {
        lookedAt = clock.now().getTime();
      })
      .catch(onFailure)
      .finally(() => {
        if (!stopped) timer = setTimeout(next, everyMs);
      });
  };
  return {
    start: next,
    /** Milliseconds since a look last succeeded: what stands still shows here. */
    idleMs: (): number => clock.now().getTime() - lookedAt,
    /** Waits for the look that runs; none comes after it. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
