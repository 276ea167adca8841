/** The number's pace: a few go at once, what is more is spaced; who was told to slow down waits, alone or with all. */
import type { Clock } from '../../clock.js';

/** A message waits for its turn in hand no longer than this, in milliseconds; past it, it goes back to the outbox until then. */
const longestInHandMs = 2_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const longestPairPauseMs = 256_000;
/** Meta asks to wait 4^n seconds after the n-th refusal of the same pair. */
const pairPauseMs = (refusals: number): number => Math.min(4 ** refusals * 1_000, longestPairPauseMs);

export type Turn =
  | { readonly kind: 'go'; readonly inMs: number }
  | { readonly kind: 'later'; readonly afterMs: number };

/** A wait that was asked for; `times` refusals in a row asked for it. */
interface Pause {
  readonly until: number;
  readonly times: number;
}
const none: Pause = { until: 0, times: 0 };

export interface PaceParts {
  readonly perSecond: number;
  readonly clock: Clock;
}

/**
 * No second, wherever it begins, sees more than `perSecond` messages leave: what goes at once and what is spaced after it share them. `leftAt`
 * of the others is when the message was sent that they speak of: Meta's word on one that was under way before a pause began changes nothing.
 */
export const createPace = ({ perSecond, clock }: PaceParts) => {
  const atOnce = Math.max(1, Math.floor(perSecond / 8));
  /** Two milliseconds more than a second holds: messages at both its ends are counted, and waits are whole milliseconds. */
  const spaceMs = 1_002 / (perSecond - atOnce + 1);
  /** How far ahead of now the last message may lie for the next to go at once. */
  const aheadMs = (atOnce - 1) * spaceMs;
  /** When the next message would go if all were spaced. */
  let next = 0;
  let pause = none;
  const pairs = new Map<string, Pause>();
  const now = (): number => clock.now().getTime();
  /** An end further ahead than any pause lasts was written before the clock was set back, and holds nobody up. */
  const known = (given: Pause, longestMs: number): Pause => (given.until - now() > longestMs ? none : given);
  const numberPause = (): Pause => known(pause, longestPauseMs);
  const pairPause = (to: string): Pause => known(pairs.get(to) ?? none, longestPairPauseMs);
  const restOf = ({ until }: Pause): number => Math.max(0, until - now());
  const pausedFor = (to: string): number => Math.max(restOf(numberPause()), restOf(pairPause(to)));
  return {
    /** After how many milliseconds a message to this resident may be sent as far as pauses go. */
    pausedFor,
    /** Takes the next place for a message to this resident, or says after how long to ask again. */
    take(to: string): Turn {
      const paused = pausedFor(to);
      if (paused > 0) return { kind: 'later', afterMs: paused };
      const at = now();
      const furthest = at + aheadMs + longestInHandMs + spaceMs + 1;
      // As after a message of this moment where the clock was set back: nobody waits for the time before.
      const from = next > furthest ? at + aheadMs : Math.max(next, at);
      const inMs = Math.max(0, Math.round(from - at - aheadMs));
      if (inMs > longestInHandMs) return { kind: 'later', afterMs: inMs };
      next = from + spaceMs;
      return { kind: 'go', inMs };
    },
    /** The number was too quick: all of it waits, twice as long each time. Gives the wait in milliseconds. */
    slowNumber(leftAt: Date): number {
      const { until, times } = numberPause();
      if (leftAt.getTime() >= until) {
        pause = { until: now() + Math.min(firstPauseMs * 2 ** times, longestPauseMs), times: times + 1 };
      }
      return restOf(pause);
    },
    /** This resident got too much at once: only they wait. Gives the wait in milliseconds. */
    slowPair(to: string, leftAt: Date): number {
      const at = now();
      for (const [other, { until }] of pairs) if (until < at - longestPauseMs * 10) pairs.delete(other);
      const { until, times } = pairPause(to);
      if (leftAt.getTime() >= until) pairs.set(to, { until: at + pairPauseMs(times + 1), times: times + 1 });
      return restOf(pairPause(to));
    },
    /** A message was taken that was sent after the last pause: the next refusal is the first again. */
    taken(to: string, leftAt: Date): void {
      if (leftAt.getTime() >= numberPause().until) pause = none;
      if (leftAt.getTime() >= pairPause(to).until) pairs.delete(to);
    },
  };
};
export type Pace = ReturnType<typeof createPace>;
