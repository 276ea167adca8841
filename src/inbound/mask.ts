/** The door: before anything is written or logged, digits that may be an IIN leave the text; only keyed hashes of them go on. */
import { asciiDigits, type DigitGroup, digitGroups } from './digit-groups.js';
import { checkIin, isBirthPrefix } from './iin.js';
import { maskedIin } from './iin-hmac.js';
import { amountLength, dateLength, ibanSpans, isCard, phoneAt, timeLength } from './known-numbers.js';
import { cardMark, iinMark, type MaskedIin, type MaskedText } from './masked.js';

export interface MaskOptions {
  /** Secret of the lists: the same number gives the same hash here and there. */
  readonly secret: string;
  /** The secret before it, while lists stand under that. */
  readonly previousSecret?: string | undefined;
  /** The resident was just asked for an IIN: what could be either is then taken for one. */
  readonly expectsIin: boolean;
  /** Is handed each whole number, in memory: for a sealed copy that the resident agreed to. */
  readonly onWhole?: ((digits: string) => void) | undefined;
}

type Claim = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'kept' }
  | { readonly kind: 'card' }
  | { readonly kind: 'iin'; readonly iins: readonly MaskedIin[] }
);

const phoneSign =
  /(?:тел|phone|ұялы|уялы|сотка|ватсап|уатсап|whats|вацап|хабарлас|звон|қоңырау|конырау|номер|нөмір|номир|нөмер)[^\d]*$/iu;
const iinSign = /(?:иин|жсн|iin|zhsn|jsn)[^\d]*$/iu;
const before = (text: string, group: DigitGroup): string => text.slice(Math.max(0, group.start - 28), group.start);

/**
 * Replaces every number that may be an IIN by `iinMark` and a bank card's number by `cardMark`; writes other digits as ASCII.
 *
 * Kept: amounts, phones of Kazakhstan, accounts (KZ…), receipts, dates, times, short numbers. Where a number could be either, a valid
 * IIN always goes; ten or eleven digits in the form of a phone stay unless `expectsIin` or the word ИИН/ЖСН stands before them.
 * Never throws; the work is linear in the length of the text.
 */
export const maskText = (raw: string, options: MaskOptions): MaskedText => {
  const text = asciiDigits(raw);
  const groups = digitGroups(text);
  if (groups.length === 0) return { text, iins: [] };
  const claims: (Claim | undefined)[] = new Array(groups.length);
  const free = (from: number, to: number): boolean => {
    for (let at = from; at < to; at += 1) if (claims[at]) return false;
    return to <= groups.length;
  };
  const claim = (made: Claim): void => {
    for (let at = made.from; at < made.to; at += 1) claims[at] = made;
  };
  const each = (visit: (group: DigitGroup, at: number) => void): void =>
    groups.forEach((group, at) => {
      if (!claims[at]) visit(group, at);
    });
  const keep = (from: number, length: number): void => {
    if (length > 0 && free(from, from + length)) claim({ kind: 'kept', from, to: from + length });
  };
  const hide = (from: number, to: number): void => {
    const part = groups.slice(from, to);
    const digits = part.map((group) => group.digits).join('');
    const fault = part.some((group) => group.broken) ? 'not-digits' : undefined;
    if (fault === undefined && checkIin(digits).ok) options.onWhole?.(digits);
    claim({ kind: 'iin', from, to, iins: [maskedIin(digits, options.secret, fault, options.previousSecret)] });
  };
  /** Ends (exclusive) of runs from `at` whose digits are exactly twelve. */
  const twelveFrom = (at: number, joins: (group: DigitGroup) => boolean): { digits: string; to: number } | null => {
    let digits = '';
    for (let to = at; to < groups.length && digits.length < 12; to += 1) {
      const group = groups[to];
      if (!group || group.broken || claims[to] || (to > at && !joins(group))) return null;
      digits += group.digits;
      if (digits.length === 12) return { digits, to: to + 1 };
    }
    return null;
  };
  const keepIbans = (wanted: 'sure' | 'any'): void => {
    let at = 0;
    for (const span of ibanSpans(text)) {
      if (wanted === 'sure' && !span.sure) continue;
      while (at < groups.length && (groups[at]?.start ?? 0) < span.start) at += 1;
      for (; at < groups.length && (groups[at]?.end ?? 0) <= span.end; at += 1) keep(at, 1);
    }
  };

  const hideCards = (isOne: (digits: string) => boolean): void =>
    each((group, at) => {
      const four = groups.slice(at, at + 4);
      const spaced = four.every((part) => part.digits.length === 4) && four.slice(1).every((part) => part.close);
      const account = /[KК]Z\d\d\s?$/iu.test(before(text, group));
      if (spaced && !account && free(at, at + 4) && isOne(four.map((part) => part.digits).join(''))) {
        claim({ kind: 'card', from: at, to: at + 4 });
      } else if (isOne(group.digits)) claim({ kind: 'card', from: at, to: at + 1 });
    });

  keepIbans('sure');
  hideCards(isCard);
  each((_, at) => {
    const phone = phoneAt(text, groups, at);
    if (phone?.form === 'plus') keep(at, phone.groups);
    // A date of 2010–2029 would be an IIN of the 1800s: no living person's.
    else if (dateLength(groups, at, false) && /^[12]/.test(groups[at + 2]?.digits.slice(2) ?? '')) keep(at, 3);
  });
  each((group, at) => {
    const run = twelveFrom(at, (next) => next.gap !== null);
    if (run && (checkIin(run.digits).ok || group.digits.length === 12)) hide(at, run.to);
  });
  keepIbans('any');
  // A mistyped card number is a card number: sixteen digits in one or in fours.
  hideCards((digits) => digits.length === 16 && !/^(?:19|20)/.test(digits));
  each((group, at) => {
    const phone = phoneAt(text, groups, at);
    if (!phone) return;
    const words = before(text, group);
    const signed =
      (phoneSign.test(words) || groups[at + 1]?.gap?.includes('(') === true || words.endsWith('(')) &&
      !iinSign.test(words);
    const wanted = options.expectsIin || iinSign.test(words);
    const birthday = phone.form === 'bare' && isBirthPrefix(digitsFrom(groups, at, phone.groups).slice(0, 6));
    if (signed || (!wanted && !birthday)) keep(at, phone.groups);
  });
  each((_, at) => keep(at, dateLength(groups, at, !options.expectsIin) || timeLength(groups, at)));
  each((group, at) => {
    const { length } = group.digits;
    if (group.broken || (length >= 10 && length < 15)) hide(at, at + 1);
    else if (length === 24 && [group.digits.slice(0, 12), group.digits.slice(12)].every((half) => checkIin(half).ok)) {
      for (const half of [group.digits.slice(0, 12), group.digits.slice(12)]) options.onWhole?.(half);
      const iins = [group.digits.slice(0, 12), group.digits.slice(12)].map((half) =>
        maskedIin(half, options.secret, undefined, options.previousSecret),
      );
      claim({ kind: 'iin', from: at, to: at + 1, iins });
    } else if (length >= 15) hide(at, at + 1);
  });
  each((group, at) => {
    const run = twelveFrom(at, (next) => next.close);
    const form = run ? checkIin(run.digits) : null;
    if (run && !group.weak && form && !form.ok && form.fault === 'checksum') hide(at, run.to);
  });
  each((_, at) => keep(at, amountLength(groups, at, options.expectsIin)));
  for (let from = 0; from < groups.length; ) {
    let to = from;
    let digits = 0;
    for (; to < groups.length && !claims[to] && !groups[to]?.weak && (to === from || groups[to]?.close); to += 1) {
      digits += groups[to]?.digits.length ?? 0;
    }
    if (digits >= 10 && digits <= 14) hide(from, to);
    from = Math.max(to, from + 1);
  }
  return rewrite(text, groups, claims);
};

const digitsFrom = (groups: readonly DigitGroup[], at: number, length: number): string =>
  groups
    .slice(at, at + length)
    .map((group) => group.digits)
    .join('');

const rewrite = (text: string, groups: readonly DigitGroup[], claims: readonly (Claim | undefined)[]): MaskedText => {
  const iins: MaskedIin[] = [];
  const pieces: string[] = [];
  let written = 0;
  groups.forEach((group, at) => {
    const made = claims[at];
    if (!made || made.kind === 'kept' || made.from !== at) return;
    pieces.push(text.slice(written, group.start));
    if (made.kind === 'card') pieces.push(cardMark);
    else {
      pieces.push(made.iins.map(() => iinMark).join(' '));
      iins.push(...made.iins);
    }
    written = groups[made.to - 1]?.end ?? group.end;
  });
  return { text: pieces.join('') + text.slice(written), iins };
};
