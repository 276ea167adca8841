/** When specialists work, as the configuration writes it: "Mon-Fri 09:00-18:00, Sat 10:00-14:00"; read, written again, and told in words. */
import type { Language } from './language.js';

/** One stretch of working time on some days of the week. */
export interface OfficeHours {
  /** Days by ISO: 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** Minutes after local midnight; the first is worked, the last is not. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const stretch = /^([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;

const dayNumber = (name: string): number => (dayNames as readonly string[]).indexOf(name) + 1;

/** Days from the first to the last, over the end of the week where needed ("Sat-Mon" is 6, 7, 1). */
const daysBetween = (first: number, last: number): number[] =>
  Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1);

const minuteOfDay = (hour: string, minute: string): number | undefined => {
  const total = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && total <= 24 * 60 ? total : undefined;
};

const parseStretch = (written: string): OfficeHours | undefined => {
  const found = stretch.exec(written.trim().toLowerCase());
  if (!found) return undefined;
  const [, first = '', last = first, fromHour = '', from = '', toHour = '', to = ''] = found;
  const days = [dayNumber(first), dayNumber(last)] as const;
  const fromMinute = minuteOfDay(fromHour, from);
  const toMinute = minuteOfDay(toHour, to);
  if (days.includes(0) || fromMinute === undefined || toMinute === undefined || fromMinute >= toMinute)
    return undefined;
  return { days: daysBetween(...days), fromMinute, toMinute };
};

/** Stretches separated by commas; undefined where any of them is not understood. */
export const parseOfficeHours = (written: string): readonly OfficeHours[] | undefined => {
  const stretches = written.split(',').map(parseStretch);
  const understood = stretches.filter((one) => one !== undefined);
  return understood.length === stretches.length ? understood : undefined;
};

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** "09:00-18:00"; `dash` parts the two. */
export const writeStretch = ({ fromMinute, toMinute }: Omit<OfficeHours, 'days'>, dash = '-'): string =>
  `${clockTime(fromMinute)}${dash}${clockTime(toMinute)}`;

const weekAs = (week: readonly OfficeHours[], nameOf: (day: number) => string, dash: string): string =>
  week
    .map((hours) => {
      const [first = 1] = hours.days;
      const last = hours.days.at(-1) ?? first;
      const names = first === last ? nameOf(first) : `${nameOf(first)}${dash}${nameOf(last)}`;
      return `${names} ${writeStretch(hours, dash)}`;
    })
    .join(', ');

const writtenDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** "Mon-Fri 09:00-18:00, Sat 10:00-14:00", as `parseOfficeHours` reads it. */
export const writeWeek = (week: readonly OfficeHours[]): string =>
  weekAs(week, (day) => writtenDays[day - 1] ?? '', '-');

/** A Monday: the names of the days are counted from it. */
const monday = Date.UTC(2020, 5, 1);
const dayMs = 86_400_000;
/** "пн–пт 09:00–18:00, сб 10:00–14:00", with the language's own names of the days. */
export const weekInWords = (week: readonly OfficeHours[], language: Language): string => {
  const names = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return weekAs(week, (day) => names.format(new Date(monday + (day - 1) * dayMs)), '–');
};
