/** Reads one cell of a list strictly: a value that can be meant in one way only, or the reason why not. Pure. */
import { checkDigit, checkIin } from '../../inbound/iin.js';
import type { IinFault } from '../../inbound/masked.js';
import type { FaultCode } from './findings.js';

export type Read<T> = { readonly value: T } | { readonly code: FaultCode; readonly detail?: string };
const fault = (code: FaultCode, detail?: string): Read<never> => (detail === undefined ? { code } : { code, detail });

/** Without spaces of any kind and signs that cannot be seen around it (a BOM, a zero-width space, a no-break space). */
export const trimmed = (cell: string): string => cell.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');

const isFormula = (cell: string): boolean => cell.startsWith('=');
/** What Excel writes for a formula that failed. */
const isCellError = (cell: string): boolean =>
  /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|Н\/Д|ЗНАЧ!|ССЫЛКА!|ИМЯ\?|ДЕЛ\/0!|ЧИСЛО!)$/i.test(cell);

/** The signs that do not belong there, each once and named where the eye cannot tell it: "O, А (U+0410)". */
const strangers = (cell: string): string =>
  [...new Set(cell.replace(/[0-9]/g, ''))]
    .slice(0, 5)
    .map((sign) => {
      const point = sign.codePointAt(0) ?? 0;
      const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
      if (point > 0x20 && point < 0x7f) return sign;
      return /\p{L}|\p{N}|\p{S}|\p{P}/u.test(sign) ? `${sign} (${code})` : code;
    })
    .join(', ');

const iinFaults: Readonly<Record<IinFault, FaultCode>> = {
  length: 'wrong-length',
  'not-digits': 'not-digits',
  date: 'birth-date',
  century: 'century-digit',
  checksum: 'check-digit',
};
/** Twelve digits, or why not; the reason never repeats the digits. Spaces among them are no fault. */
export const readIin = (written: string): Read<string> => {
  const cell = trimmed(written);
  if (cell === '') return fault('empty');
  if (isFormula(cell)) return fault('formula');
  if (isCellError(cell)) return fault('cell-error');
  // Excel shows a long number as 9.00101E+11 and exports it so: the last digits are lost for good.
  if (/^\d(?:[.,]\d+)?[eеE]\+?\d{1,2}$/iu.test(cell)) return fault('excel-exponent');
  const digits = cell.replace(/[\s\p{Cf}]/gu, '');
  if (!/^\d+$/.test(digits)) return fault('not-digits', strangers(digits));
  // The same, saved and opened again: what the exponent had hidden are zeros now. A seventh digit is never 0.
  if (/^[1-9]\d{4,5}0{6}$/.test(digits)) return fault('excel-exponent');
  // A column of numbers drops the zeros in front: with them put back it would be right, but only the list's owner can say so.
  if (digits.length < 12 && digits.length >= 6 && checkIin(digits.padStart(12, '0')).ok) {
    return fault('leading-zeros', String(12 - digits.length));
  }
  const form = checkIin(digits);
  if (form.ok) return { value: digits };
  if (form.fault === 'length') return fault('wrong-length', String(digits.length));
  if (form.fault === 'checksum' && checkDigit(digits.slice(0, 11)) === null) return fault('never-issued');
  return fault(iinFaults[form.fault]);
};

const largestAmount = 999_999_999;
/** Whole tenge above zero: 42500, "42 500", "42 500,00", "42500 ₸". What has two readings ("42,500") is none. */
export const readAmount = (written: string): Read<number> => {
  const cell = trimmed(written);
  if (cell === '') return fault('empty');
  if (isFormula(cell)) return fault('formula');
  if (isCellError(cell)) return fault('cell-error');
  const bare = cell.replace(/\s*(?:₸|тг\.?|тенге|теңге|kzt)$/iu, '').replace(/^[\u2212\u2013-]\s*/u, '-');
  if (!/^-?(?:\d+|\d{1,3}(?:[\s\u00a0\u202f]\d{3})+)(?:[.,]0{1,2})?$/u.test(bare)) return fault('not-an-amount');
  const amount = Number(bare.replace(/[.,]0{1,2}$/, '').replace(/[\s\u00a0\u202f]/gu, ''));
  if (amount <= 0) return fault('amount-not-positive');
  return amount > largestAmount ? fault('amount-too-large') : { value: amount };
};

const dateForms: readonly RegExp[] = [
  /^(?<year>\d{4})([-./])(?<month>\d{1,2})\2(?<day>\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/,
  /^(?<day>\d{1,2})([-.])(?<month>\d{1,2})\2(?<year>\d{4})(?:\s*(?:г|ж)\.?)?(?:,? \d{1,2}:\d{2}(?::\d{2})?)?$/u,
];
/** Earliest year of a payment that a list can be about. */
const firstYear = 2000;
/** A day as YYYY-MM-DD from 2020-04-20, 20.04.2020 and their like; "04/05/2020" may be two days and is none. @param latest YYYY-MM-DD */
export const readDate = (written: string, latest: string): Read<string> => {
  const cell = trimmed(written);
  if (cell === '') return fault('empty');
  if (isFormula(cell)) return fault('formula');
  if (isCellError(cell)) return fault('cell-error');
  const found = dateForms.map((form) => form.exec(cell)?.groups).find((groups) => groups !== undefined);
  if (!found) return fault('not-a-date');
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return fault('no-such-day');
  const iso = date.toISOString().slice(0, 10);
  return year < firstYear || iso > latest ? fault('date-far') : { value: iso };
};

/** A word of a list compared with the known ones: without case and spaces around. */
export const plainWord = (cell: string): string =>
  trimmed(cell)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ');

/** Words of the list's own, shown to the person they are about. @param masked the same text without what may be an IIN */
export const readWords = (written: string, longest: number, mask: (text: string) => string): Read<string> => {
  const cell = trimmed(written).replace(/\s+/gu, ' ');
  if (cell === '') return { value: '' };
  if (isFormula(cell)) return fault('formula');
  if (isCellError(cell)) return fault('cell-error');
  if (/[\ufffd\p{Cc}]/u.test(cell)) return fault('broken-characters');
  if (/\d{6}/.test(cell.replace(/[\s-]/g, '')) && mask(cell) !== cell) return fault('iin-in-text');
  return [...cell].length > longest ? fault('too-long', String(longest)) : { value: cell };
};
