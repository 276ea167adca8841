/** How much was said in one conversation lately: what no person keeps up, and what two machines that answer each other do. Pure. */

export interface Burst {
  /** When counting began. */
  readonly from: Date;
  /** Turns since then. */
  readonly turns: number;
}

/** Counting begins anew after it, in milliseconds: a breaker that has tripped closes again by itself. */
const countedMs = 10 * 60_000;

/** The count with the turn that is being settled at `now`. */
export const nextBurst = (before: Burst | undefined, now: Date): Burst =>
  before && now.getTime() - before.from.getTime() < countedMs
    ? { from: before.from, turns: before.turns + 1 }
    : { from: now, turns: 1 };
