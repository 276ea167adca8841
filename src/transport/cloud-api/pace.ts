/** The number's pace: a burst goes at once, what is more is spaced; who was told to slow down waits, alone or with all. */
import type { Clock } from '../../clock.js';

/** A message waits for its turn in hand no longer than this, in milliseconds; past it, it goes back to the outbox until then. */
const longestInHandMs = 2_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** Meta asks to wait 4^n seconds after the n-th refusal of the same pair. */
const pairPauseMs = (refusals: number): number => Math.min(4 ** refusals * 1_000, 256_000);

export type Turn =
  | { readonly kind: 'go'; readonly inMs: number }
  | { readonly kind: 'later'; readonly afterMs: number };

export const createPace = ({ perSecond, clock }: { readonly perSecond: number; readonly clock: Clock }) => {
  const spaceMs = 1_000 / perSecond;
  /** When the next message would go if all were spaced; it may lie up to a second ahead, which is the burst. */
  let next = 0;
  let pause = { until: 0, ms: firstPauseMs };
  const pairs = new Map<string, { until: number; refusals: number }>();
  const now = (): number => clock.now().getTime();
  return {
    /** Takes the next place for a message to this resident, or says after how long to ask again. */
    take(to: string): Turn {
      const at = now();
      const paused = Math.max(Math.min(pause.until - at, longestPauseMs), (pairs.get(to)?.until ?? 0) - at);
      if (paused > 0) return { kind: 'later', afterMs: paused };
      // A clock that was set back must not make anybody wait for the time before.
      const from = Math.min(Math.max(next, at), at + 1_000 + longestInHandMs + spaceMs);
      const inMs = Math.max(0, from - at - 1_000);
      if (inMs > longestInHandMs) return { kind: 'later', afterMs: inMs };
      next = from + spaceMs;
      return { kind: 'go', inMs };
    },
    /** The number was too quick: all of it waits, twice as long each time. Gives the wait in milliseconds. */
    slowNumber(): number {
      const { ms } = pause;
      pause = { until: now() + ms, ms: Math.min(ms * 2, longestPauseMs) };
      return ms;
    },
    /** This resident got too much at once: only they wait. Gives the wait in milliseconds. */
    slowPair(to: string): number {
      const at = now();
      for (const [other, { until }] of pairs) if (until < at - longestPauseMs * 10) pairs.delete(other);
      const refusals = (pairs.get(to)?.refusals ?? 0) + 1;
      const ms = pairPauseMs(refusals);
      pairs.set(to, { until: at + ms, refusals });
      return ms;
    },
    /** A message was taken: whoever waited may go at full pace again. */
    taken(to: string): void {
      pause = { until: pause.until, ms: firstPauseMs };
      pairs.delete(to);
    },
  };
};
export type Pace = ReturnType<typeof createPace>;
