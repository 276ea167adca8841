/** Numbers that are no IIN and must survive the door: accounts, phones, dates, times, amounts, short numbers. Pure. */
import type { DigitGroup } from './digit-groups.js';

const joined = (groups: readonly DigitGroup[]): string => groups.map((group) => group.digits).join('');

const ibanForm = /(?<![\p{L}\d])[KК]Z(?:[\s\p{Pd}]{0,2}[A-Z\d]){18}(?![\p{L}\d])/giu;

/** True where the two check digits of the account fit (ISO 13616, modulo 97). */
export const isIban = (written: string): boolean => {
  const plain = written
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replace('К', 'K');
  const moved = plain.slice(4) + plain.slice(0, 4);
  let remainder = 0;
  for (const character of moved) {
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
};
/** Accounts of Kazakhstan (KZ and 18 letters or digits, in any spacing). */
export const ibanSpans = (text: string): readonly { start: number; end: number; sure: boolean }[] =>
  [...text.matchAll(ibanForm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    sure: isIban(match[0]),
  }));

/** Luhn's sum of a bank card. */
export const isCard = (digits: string): boolean => {
  if (!/^[2-6]\d{15,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

const year = /^(?:19|20)\d\d$/;
const within = (digits: string | undefined, low: number, high: number): boolean =>
  digits !== undefined && digits.length <= 2 && Number(digits) >= low && Number(digits) <= high;

/** How many groups from `at` on are one date: 20.04.2020, 2020-04-20; with `short` also 20.04.20. Zero where none. */
export const dateLength = (groups: readonly DigitGroup[], at: number, short: boolean): 0 | 3 => {
  const [first, second, third] = groups.slice(at, at + 3);
  if (!first || !second || !third || second.gap !== third.gap || !/^[./\p{Pd}]$/u.test(second.gap ?? '')) return 0;
  if (!within(second.digits, 1, 12)) return 0;
  if (within(first.digits, 1, 31) && (year.test(third.digits) || (short && third.digits.length === 2))) {
    return year.test(third.digits) || /[./]/.test(third.gap ?? '') ? 3 : 0;
  }
  return year.test(first.digits) && within(third.digits, 1, 31) ? 3 : 0;
};
/** A time of day such as 09:00. */
export const timeLength = (groups: readonly DigitGroup[], at: number): 0 | 2 => {
  const [hours, minutes] = groups.slice(at, at + 2);
  const fits = minutes?.gap === ':' && minutes.digits.length === 2 && within(minutes.digits, 0, 59);
  return fits && within(hours?.digits, 0, 24) ? 2 : 0;
};

const shapes11 = [
  '11',
  '1-10',
  '1-3-7',
  '1-3-3-4',
  '1-3-3-2-2',
  '1-3-2-2-3',
  '1-3-4-3',
  '4-7',
  '4-3-4',
  '4-3-2-2',
  '4-2-2-3',
  '1-4-6',
  '1-4-2-2-2',
  '1-4-3-3',
  '5-6',
  '5-2-2-2',
  '5-3-3',
];
const shapes10 = ['10', '3-7', '3-3-4', '3-3-2-2', '3-2-2-3', '3-4-3', '4-6', '4-2-2-2', '4-3-3'];
/** Prefixes of Kazakhstan: mobile 700–708, 747, 750–751, 760–764, 771, 775–778; landlines 710–729 (Kyzylorda 7242). */
const kzPrefix = /^7(?:0[0-8]|47|5[01]|6[0-4]|7[15678]|1\d|2\d)/;
const neighbours = /^(?:99[2-8]|37[45]|380)\d{9}$/;

export interface Phone {
  /** Groups it takes. */
  readonly groups: number;
  /** How it was known: `+`, a national form of eleven digits, or only its ten digits. */
  readonly form: 'plus' | 'national' | 'bare';
}
/** The phone number that begins with group `at`, if one does. */
export const phoneAt = (text: string, groups: readonly DigitGroup[], at: number): Phone | null => {
  const first = groups[at];
  if (!first || first.weak || first.broken) return null;
  const plus = /\+\s?$/.test(text.slice(Math.max(0, first.start - 2), first.start));
  if (plus && neighbours.test(first.digits)) return { groups: 1, form: 'plus' };
  const taken: DigitGroup[] = [];
  for (const group of groups.slice(at, at + 7)) {
    if (taken.length > 0 && (group.gap === null || group.weak || group.broken || /[\n:,;]/.test(group.gap))) break;
    taken.push(group);
    const digits = joined(taken);
    if (digits.length > 11) break;
    const shape = taken.map((part) => part.digits.length).join('-');
    const national = digits.length === 11 && /^[78]/.test(digits) && kzPrefix.test(digits.slice(1));
    if (plus && digits.length === 11 && digits.startsWith('7')) return { groups: taken.length, form: 'plus' };
    if (national && shapes11.includes(shape)) return { groups: taken.length, form: 'national' };
    if (!plus && digits.length === 10 && kzPrefix.test(digits) && shapes10.includes(shape) && taken.length < 5) {
      return { groups: taken.length, form: 'bare' };
    }
  }
  return null;
};

/** Amounts the programmes pay, and the call centre's number: known even where an IIN is expected. */
export const knownAmounts = new Set(['42500', '50000', '15000', '400100']);
const shortNumber = /^(?:10[1-9]|11[0-2]|1414|1330|1406|400100|5000100)$/;

/** How many groups from `at` on are one amount ("42 500", "50000"), a year or a short number ("103", "400-100"). */
export const amountLength = (groups: readonly DigitGroup[], at: number, expectsIin: boolean): number => {
  const first = groups[at];
  if (!first || first.weak || first.broken) return 0;
  const thousands = [first];
  for (const group of groups.slice(at + 1, at + 3)) {
    if (group.digits.length !== 3 || group.weak || !/^[.,'’\p{Pd}]?$/u.test(group.gap ?? 'words')) break;
    thousands.push(group);
  }
  for (let length = thousands.length; length > 1 && first.digits.length <= 3; length -= 1) {
    const amount = joined(thousands.slice(0, length));
    const round = amount.endsWith('00') && !amount.startsWith('0') && !expectsIin;
    if (round || knownAmounts.has(amount)) return length;
  }
  const alone = first.digits;
  if (alone.length <= 7 && /^[1-9]\d*[05]00$/.test(alone) && (alone.length >= 5 || !expectsIin)) return 1;
  return !expectsIin && (shortNumber.test(alone) || year.test(alone) || /^[1-9]\d{0,4}00$/.test(alone)) ? 1 : 0;
};
