/** Times and numbers as staff read them: the region's clock (UTC+5), day first, a decimal comma. */
import type { Translate } from './staff-texts.js';

const timeZone = 'Asia/Qyzylorda';

/** "23.04.2020, 14:05"; the year stands there since an old ticket is an old ticket. */
export const formatMoment = (at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

/** The time alone where it was today: "14:05"; else with its day. */
export const formatRecent = (at: Date, now: Date): string => {
  const [day, time = ''] = formatMoment(at).split(', ');
  return formatMoment(now).startsWith(`${day},`) ? time : formatMoment(at);
};

/** How long somebody has waited: less than a minute, minutes, hours up to two days, then days. */
export const formatWait = (since: Date, now: Date, t: Translate): string => {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 1) return t('wait.moment');
  if (minutes < 60) return t('wait.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('wait.hours', { count: Math.floor(minutes / 60) });
  return t('wait.days', { count: Math.floor(minutes / 1440) });
};

/** "2020-04-23" as "23.04.2020". */
export const formatDay = (iso: string): string => iso.split('-').reverse().join('.');

/** 0.5854 as "58,5 %" (no line breaks before the sign): never rounded up past a threshold that it did not reach. */
export const formatPercent = (share: number): string => `${decimal(Math.floor(share * 1000) / 10)}\u00a0%`;
/** 2.39 as "+2,4", -0.31 as "−0,3". */
export const formatWeight = (weight: number): string => `${weight < 0 ? '−' : '+'}${decimal(Math.abs(weight), 1)}`;

/** Kilometres with at most one decimal: "12,4". */
export const formatKm = (km: number): string => decimal(km);

const decimal = (value: number, digits = 0): string =>
  value.toLocaleString('ru-RU', { minimumFractionDigits: digits, maximumFractionDigits: 1 });
