/** Calendar days of the region, as content and lists count them. */

/** The day (YYYY-MM-DD) it is at `instant` in the time zone. */
export const dayAt = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** Whole days from one day (YYYY-MM-DD) to another; negative where `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export const regionTimeZone = 'Asia/Qyzylorda';
