/** What comes for one resident is taken in one after the other, and again until it stands: a failed write holds up that resident alone. */
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Logger } from 'pino';

/** A crowd's messages are written so many at once: more only wait for each other in the database. */
const writesAtOnce = 8;
const longestPauseMs = 10_000;
/** After so many tries, about a minute, a person has to look. */
const triesToCry = 12;

export const createLanes = (logger: Logger) => {
  const atOnce = pLimit(writesAtOnce);
  const lanes = new Map<string, Promise<void>>();
  const stopped = new AbortController();
  const insist = async (work: () => Promise<void>): Promise<void> => {
    for (let tries = 1; !stopped.signal.aborted; tries += 1) {
      try {
        return await atOnce(work);
      } catch (error) {
        const fault = { error: (error as Error).message, tries };
        if (tries % triesToCry === 0)
          logger.error(
            fault,
            'A message cannot be stored, and this resident waits: look at the database, then report it.',
          );
        else logger.warn(fault, 'A message could not be stored; it is tried again.');
        await pause(Math.min(100 * 2 ** tries, longestPauseMs), undefined, { signal: stopped.signal }).catch(
          () => undefined,
        );
      }
    }
  };
  return {
    /** Resolves when the work is done, or when the lanes were stopped. */
    add(key: string, work: () => Promise<void>): Promise<void> {
      const before = lanes.get(key) ?? Promise.resolve();
      const turn = before
        .then(() => insist(work))
        .finally(() => {
          if (lanes.get(key) === turn) lanes.delete(key);
        });
      lanes.set(key, turn);
      return turn;
    },
    /** Everything that was added so far is done. */
    async empty(): Promise<void> {
      await Promise.all(lanes.values());
    },
    isEmpty: (): boolean => lanes.size === 0,
    /** What did not stand yet is left to the channel, which shows it again. */
    stop: (): void => stopped.abort(),
  };
};
export type Lanes = ReturnType<typeof createLanes>;
