/** How much was said in one conversation lately: what no person keeps up, and what two machines that answer each other do. Pure. */

export interface Burst {
  /** When counting began. */
  readonly from: Date;
  /** Turns since then. */
  readonly turns: number;
  /** The same of a whole day: a machine that waits half a minute before each word is never quick. */
  readonly dayFrom?: Date;
  readonly dayTurns?: number;
}

/** Counting begins anew after these, in milliseconds: a breaker that has tripped closes again by itself. */
const countedMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
/** Most turns of a day, in turns of ten minutes: 240 where 30 are the most, ten waking hours of a word each two and a half minutes. */
const shortOnesOfADay = 8;

/** The count with the turn that is being settled at `now`. */
export const nextBurst = (before: Burst | undefined, now: Date): Burst => {
  const isOver = (from: Date | undefined, ms: number): boolean =>
    from === undefined || now.getTime() - from.getTime() >= ms;
  const day = isOver(before?.dayFrom, dayMs)
    ? { dayFrom: now, dayTurns: 1 }
    : { dayFrom: before?.dayFrom ?? now, dayTurns: (before?.dayTurns ?? 0) + 1 };
  return before && !isOver(before.from, countedMs)
    ? { from: before.from, turns: before.turns + 1, ...day }
    : { from: now, turns: 1, ...day };
};

/** More was said than a person says: `most` is the turns of ten minutes that are still believed. */
export const isLoop = ({ turns, dayTurns = 0 }: Burst, most: number): boolean =>
  turns > most || dayTurns > most * shortOnesOfADay;
