/** Finds a ticket's receipt in a message, however it was typed: "K-7F3Q", "№к 7ф3q", Cyrillic look-alikes for Latin letters. */

/** Letters and digits of a receipt: no 0/O, 1/I/L and U, which people confuse. */
export const receiptAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  Қ: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
};
const shape = new RegExp(`(?<![\\p{L}\\p{Nd}])K\\s?[-–—−_.]?\\s?([${receiptAlphabet}]{4})(?![\\p{L}\\p{Nd}])`, 'gu');

/** A receipt has a figure or a dash, and its letter with four more behind it, or signs that may stand for them: most messages hold none. */
const figureOrDash = /[\p{N}\-–—−_]/u;
const begun =
  /(?<![\p{L}\p{Nd}])[KkКкҚқ]\s?[-–—−_.]?\s?[\p{L}\d]{4}(?![\p{L}\d])|[\u{1100}-\u{1fff}\u{2060}-\u{2115}\u{2117}-\u{10ffff}]/u;
const longestRead = 2000;

/**
 * The receipt in canonical form ("K-7F3Q"), or undefined. A letter-only word such as "кран" counts only where the dash stands,
 * or where the message is nothing else and was typed with a capital or a sign before it.
 */
export function receiptIn(text: string): string | undefined {
  const cut = text.slice(0, longestRead);
  if (!figureOrDash.test(cut) || !begun.test(cut)) return undefined;
  const upper = cut.replaceAll('№', ' ').normalize('NFKC').toUpperCase();
  const latin = [...upper].map((letter) => lookAlikes[letter] ?? letter).join('');
  for (const match of latin.matchAll(shape)) {
    const code = match[1] ?? '';
    const dashed = /^K\s?[-–—−_]/u.test(match[0]);
    const joined = /^K\S{4}$/u.test(match[0]);
    const hasDigit = /\d/u.test(code);
    const hasLetter = /[A-Z]/u.test(code);
    // "к 2500" is an amount in words' company, "K2020" a year: figures alone need the dash.
    if (dashed || (hasDigit && hasLetter && (joined || match[0].startsWith('K ')))) return `K-${code}`;
  }
  return undefined;
}
