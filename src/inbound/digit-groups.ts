/** First half of the door's masking: finds the groups of digits in a text, whatever alphabet or look-alike they are written in. */

/** One unbroken group of digits; `start` and `end` are offsets in the normalised text. */
export interface DigitGroup {
  readonly start: number;
  readonly end: number;
  /** ASCII digits, look-alike letters replaced. */
  readonly digits: string;
  /** Nothing but a letter that looks like a digit ("О"): part of a number only between digits. */
  readonly weak: boolean;
  /** Letters stand among the digits of what has an IIN's length. */
  readonly broken: boolean;
  /** Punctuation and signs between the group before and this one; null where words stand between. */
  readonly gap: string | null;
  /** Between the group before and this one stand only spaces of one line, with at most one dash, dot or underscore. */
  readonly close: boolean;
}

const lookalikes = new Map([
  ...[...'OoОоΟοӨө'].map((letter) => [letter, '0'] as const),
  ...[...'lIІіıӏӀ'].map((letter) => [letter, '1'] as const),
  ...[...'Зз'].map((letter) => [letter, '3'] as const),
]);
const token = /[\p{L}\d]+/gu;
const likeDigits = /^[\dOoОоΟοӨөlIІіıӏӀЗз]+$/;
const onlyZeros = /^[\dOoОоΟοӨө]+$/;
const innerRun = /\d[\dOoОоΟοӨөlIІіıӏӀЗз]*/g;
const trailingLetters = /\D+$/;

const asciiDigit = (character: string): string => {
  if (/\p{No}/u.test(character)) {
    const plain = character.normalize('NFKC');
    return /^\d+$/.test(plain) ? plain : character;
  }
  const point = character.codePointAt(0) ?? 0;
  // The styled digits of mathematics stand in five sets of ten without a gap; every other set of ten stands alone.
  if (point >= 0x1d7ce && point <= 0x1d7ff) return String((point - 0x1d7ce) % 10);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
};

/** Writes the digits of every script (Arabic, full-width, circled, superscript) as ASCII; the rest of the text stays. */
export const asciiDigits = (text: string): string =>
  text.replace(/[\p{Nd}\p{No}]/gu, (character) => (/\d/.test(character) ? character : asciiDigit(character)));

const toDigits = (written: string): string => [...written].map((letter) => lookalikes.get(letter) ?? letter).join('');
const countDigits = (written: string): number => written.replace(/\D/g, '').length;

type Bare = Omit<DigitGroup, 'gap' | 'close'>;

const groupsOfToken = (written: string, start: number): Bare[] => {
  const end = start + written.length;
  const digits = countDigits(written);
  if (likeDigits.test(written)) {
    const zeros = onlyZeros.test(written);
    if (digits === 0) {
      const short = written.length <= (zeros ? 11 : 2);
      return short ? [{ start, end, digits: toDigits(written), weak: true, broken: false }] : [];
    }
    if (zeros || digits * 2 >= written.length)
      return [{ start, end, digits: toDigits(written), weak: false, broken: false }];
  }
  if (digits === 0) return [];
  const runs = [...written.matchAll(innerRun)].map((match) => {
    const run = match[0].replace(trailingLetters, '');
    const from = start + match.index;
    return { start: from, end: from + run.length, digits: toDigits(run), weak: false, broken: false };
  });
  const looksLikeOneNumber =
    written.length >= 10 && written.length <= 14 && digits >= 9 && /^\d.*\d$/.test(written) && runs.length > 1;
  return looksLikeOneNumber && runs.every((run) => run.digits.length < 12)
    ? [{ start, end, digits: written.replace(/\D/g, ''), weak: false, broken: true }]
    : runs;
};

/** @param text after `asciiDigits`. Work is linear in its length. */
export const digitGroups = (text: string): readonly DigitGroup[] => {
  const groups: DigitGroup[] = [];
  for (const match of text.matchAll(token)) {
    for (const group of groupsOfToken(match[0], match.index)) {
      const before = groups.at(-1);
      const between = before ? text.slice(before.end, group.start) : null;
      const gap = between?.replace(/[\s\p{M}\p{Cf}]+/gu, '') ?? null;
      const joins = gap !== null && gap.length <= 4 && /^[\p{P}\p{S}]*$/u.test(gap);
      groups.push({
        ...group,
        gap: joins ? gap : null,
        close: joins && /^[\p{Pd}−._]?$/u.test(gap) && !/[\n\r\u2028\u2029]/.test(between ?? ''),
      });
    }
  }
  return groups;
};
