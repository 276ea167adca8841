/** Working time of a queue: when it is open, when it next opens, and how much of a stretch of time was worked. Pure. */
import type { OfficeHours } from '../../office-hours.js';

/** Minutes after local midnight; the first is worked, the last is not. */
export interface Stretch {
  readonly fromMinute: number;
  readonly toMinute: number;
}
/** A day that does not follow the week: a holiday (no stretch) or other hours. `day` is an ISO date of the region. */
export interface ExceptionalDay {
  readonly day: string;
  readonly stretches: readonly Stretch[];
}
export interface Calendar {
  readonly week: readonly OfficeHours[];
  readonly days: readonly ExceptionalDay[];
  /** Taken to have no clock change, as Asia/Qyzylorda has none. */
  readonly timeZone: string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far ahead an opening is looked for: past any holidays that a calendar may hold. */
const daysAhead = 60;

/** Milliseconds by which the zone's clock is ahead of UTC at this moment. */
const offsetOf = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return local - Math.floor(at.getTime() / minuteMs) * minuteMs;
};

/** Stretches worked on the local day that begins at `midnight` (milliseconds of the local clock), as instants, in order, without overlap. */
const workedOn = (
  { week, days }: Calendar,
  midnight: number,
  offset: number,
): readonly (readonly [number, number])[] => {
  const day = new Date(midnight);
  const iso = day.toISOString().slice(0, 10);
  const weekday = ((day.getUTCDay() + 6) % 7) + 1;
  const exception = days.find((one) => one.day === iso);
  const stretches = exception ? exception.stretches : week.filter((hours) => hours.days.includes(weekday));
  const sorted = stretches
    .map(({ fromMinute, toMinute }) => [fromMinute, toMinute] as const)
    .toSorted(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.map(([from, to]) => [midnight - offset + from * minuteMs, midnight - offset + to * minuteMs]);
};

/** Worked stretches from the day of `from` on, one day after the other, at most `limit` days. */
function* stretchesFrom(calendar: Calendar, from: Date, limit: number) {
  const offset = offsetOf(from, calendar.timeZone);
  const first = Math.floor((from.getTime() + offset) / dayMs) * dayMs;
  for (let ahead = 0; ahead <= limit; ahead += 1) yield* workedOn(calendar, first + ahead * dayMs, offset);
}

/**
 * Whether somebody works at `now`, and if not, when they next begin. Where no day of the next sixty is worked, `opensAt` is the end of
 * those sixty days.
 */
export const openAt = (calendar: Calendar, now: Date): { readonly openNow: boolean; readonly opensAt: Date } => {
  const at = now.getTime();
  for (const [from, to] of stretchesFrom(calendar, now, daysAhead)) {
    if (from <= at && at < to) return { openNow: true, opensAt: now };
    if (from > at) return { openNow: false, opensAt: new Date(from) };
  }
  return { openNow: false, opensAt: new Date(at + daysAhead * dayMs) };
};

/** When the work that goes on at `now` ends; null where nobody works now, or the end is more than a day away. */
export const closesAt = (calendar: Calendar, now: Date): Date | null => {
  const at = now.getTime();
  let end: number | null = null;
  for (const [from, to] of stretchesFrom(calendar, now, 1)) {
    // Work that goes on over midnight stands in two days.
    if (end === null ? from <= at && at < to : from === end) end = to;
  }
  return end === null || end - at > dayMs ? null : new Date(end);
};

/** How far back a closing is looked for. */
const daysBack = 14;
/** When work last ended before `now`; null where nobody worked for two weeks. */
export const closedSince = (calendar: Calendar, now: Date): Date | null => {
  const at = now.getTime();
  let closed: number | null = null;
  for (const [, end] of stretchesFrom(calendar, new Date(at - daysBack * dayMs), daysBack)) if (end <= at) closed = end;
  return closed === null ? null : new Date(closed);
};

/** The moment at which `ms` milliseconds have been worked since `from`: the clock stops outside hours. */
export const afterWorking = (calendar: Calendar, from: Date, ms: number): Date => {
  let left = ms;
  for (const [begin, end] of stretchesFrom(calendar, from, daysAhead)) {
    const start = Math.max(begin, from.getTime());
    if (end <= start) continue;
    if (end - start >= left) return new Date(start + left);
    left -= end - start;
  }
  return new Date(from.getTime() + daysAhead * dayMs);
};
