/** When specialists work: the honest time that a receipt promises. Pure. */

/** Minutes from midnight, local time; `from` is before `to`. Absent days are closed. */
export interface OfficeDay {
  readonly from: number;
  readonly to: number;
}
/** By weekday, 0 = Sunday. */
export type OfficeWeek = Readonly<Partial<Record<number, OfficeDay>>>;

const minutes = (clock: string): number => {
  const [hours = '0', rest = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(rest);
};

interface Local {
  readonly weekday: number;
  readonly minute: number;
}
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const localOf = (at: Date, timeZone: string): Local => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { weekday: weekdays.indexOf(part('weekday')), minute: minutes(`${part('hour')}:${part('minute')}`) };
};

const minuteMs = 60_000;

/**
 * Whether specialists work at `now`, and if not, when they next begin (to the minute; the zone is taken to have no clock change, as
 * Asia/Qyzylorda has none). With no working day at all, `opensAt` is a week ahead.
 */
export const officeAt = (
  week: OfficeWeek,
  timeZone: string,
  now: Date,
): { readonly openNow: boolean; readonly opensAt: Date } => {
  const local = localOf(now, timeZone);
  const today = week[local.weekday];
  if (today && local.minute >= today.from && local.minute < today.to) return { openNow: true, opensAt: now };
  const startOfMinute = now.getTime() - (now.getTime() % minuteMs);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = week[(local.weekday + ahead) % 7];
    const wait = day ? ahead * 1440 + day.from - local.minute : -1;
    if (wait > 0) return { openNow: false, opensAt: new Date(startOfMinute + wait * minuteMs) };
  }
  return { openNow: false, opensAt: new Date(startOfMinute + 7 * 1440 * minuteMs) };
};
