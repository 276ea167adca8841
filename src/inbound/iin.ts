/** The form of an IIN (ЖСН/ИИН), checked without any register: whether such a number can have been issued. */
import type { IinFault } from './masked.js';

export type IinForm = { readonly ok: true } | { readonly ok: false; readonly fault: IinFault };

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const;

/**
 * The twelfth digit that belongs to the first eleven, or null where both weightings leave 10: such a number is never issued.
 * Source: Government of Kazakhstan, resolution No 565 of 11.06.2003 (programme of the single number) and the rules approved by
 * resolution No 406 of 22.05.2007: weights 1..11 modulo 11; where that leaves 10, weights 3..11, 1, 2.
 */
export const checkDigit = (eleven: string): number | null => {
  const remainder = (weights: readonly number[]): number =>
    weights.reduce((sum, weight, index) => sum + weight * Number(eleven[index]), 0) % 11;
  const first = remainder(firstWeights);
  if (first !== 10) return first;
  const second = remainder(secondWeights);
  return second === 10 ? null : second;
};

/** Century (and sex, which nobody here asks for) of the seventh digit: 1–2 the 1800s, 3–4 the 1900s, 5–6 the 2000s. */
const centuryStart = (digit: number): number | null =>
  digit >= 1 && digit <= 6 ? 1800 + 100 * Math.floor((digit - 1) / 2) : null;

const dayExists = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** True where six digits YYMMDD are a day of some century (29 February counts: 1900 is told from 2000 only by the seventh digit). */
export const isBirthPrefix = (six: string): boolean =>
  /^\d{6}$/.test(six) &&
  [1800, 1900, 2000].some((start) =>
    dayExists(start + Number(six.slice(0, 2)), Number(six.slice(2, 4)), Number(six.slice(4, 6))),
  );

/**
 * Checks the form of one number: twelve digits YYMMDD, century and sex, four of a serial, a check digit.
 * The seventh digit is 1–6: the published rules give no other, though a few descriptions name 0 for foreigners; a resident whose
 * number is refused here is offered a person. The order of the faults is that of reading: length, date, century, check digit.
 * @param written ASCII digits without spacing; anything else is `not-digits`.
 */
export const checkIin = (written: string): IinForm => {
  if (!/^\d*$/.test(written)) return { ok: false, fault: 'not-digits' };
  if (written.length !== 12) return { ok: false, fault: 'length' };
  if (!isBirthPrefix(written.slice(0, 6))) return { ok: false, fault: 'date' };
  const start = centuryStart(Number(written[6]));
  if (start === null) return { ok: false, fault: 'century' };
  const [year, month, day] = [written.slice(0, 2), written.slice(2, 4), written.slice(4, 6)].map(Number);
  if (!dayExists(start + (year ?? 0), month ?? 0, day ?? 0)) return { ok: false, fault: 'date' };
  return checkDigit(written.slice(0, 11)) === Number(written[11]) ? { ok: true } : { ok: false, fault: 'checksum' };
};
