/** When specialists work: the honest time that a receipt promises. Pure. */
import type { OfficeHours } from '../office-hours.js';

interface Local {
  readonly weekday: number;
  readonly minute: number;
}
/** By ISO: the place in the list plus one. */
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const localOf = (at: Date, timeZone: string): Local => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { weekday: weekdays.indexOf(part('weekday')) + 1, minute: Number(part('hour')) * 60 + Number(part('minute')) };
};

const minuteMs = 60_000;
const minutesOfDay = 1_440;

/**
 * Whether specialists work at `now`, and if not, when they next begin (to the minute; the zone is taken to have no clock change, as
 * Asia/Qyzylorda has none). With no working day at all, `opensAt` is a week ahead.
 */
export const officeAt = (
  week: readonly OfficeHours[],
  timeZone: string,
  now: Date,
): { readonly openNow: boolean; readonly opensAt: Date } => {
  const local = localOf(now, timeZone);
  const today = week.filter((hours) => hours.days.includes(local.weekday));
  if (today.some((hours) => local.minute >= hours.fromMinute && local.minute < hours.toMinute)) {
    return { openNow: true, opensAt: now };
  }
  const startOfMinute = now.getTime() - (now.getTime() % minuteMs);
  const waits = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((ahead) => {
    const weekday = ((local.weekday - 1 + ahead) % 7) + 1;
    return week
      .filter((hours) => hours.days.includes(weekday))
      .map((hours) => ahead * minutesOfDay + hours.fromMinute - local.minute)
      .filter((wait) => wait > 0);
  });
  const wait = waits.length > 0 ? Math.min(...waits) : 7 * minutesOfDay;
  return { openNow: false, opensAt: new Date(startOfMinute + wait * minuteMs) };
};
