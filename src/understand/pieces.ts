/** Parts a masked text into pieces: words, numbers and signs, by sentences; case, one form for each sign, and stretched letters are settled here. */
import { iinMark } from '../inbound/masked.js';
import { marksPattern } from './numbers/marks.js';

/** Longest text that is read, in UTF-16 units; what is longer is cut (a WhatsApp message has at most 65,536). */
export const longestText = 65_536;
/** Most pieces that are read: the first and the last of a longer message, since stories end with their question. */
const mostPieces = { head: 120, tail: 280 };

/** Most messages are made of signs below this one: a table of those is quicker than a pattern. */
const tableEnd = 0x530;
const tableOf = (valueFor: (sign: string) => number): Uint8Array =>
  Uint8Array.from({ length: tableEnd }, (_, code) => valueFor(String.fromCharCode(code)));

/** Signs that few messages hold: only those are looked through for each of them. */
const oddSigns = /[\u0307\u200b-\u200f\u00ad\ufeff’ʼ`´‘4]/u;
const withoutOddSigns = (text: string): string =>
  text
    .replaceAll('\u0307', '')
    .replace(/[\u200b-\u200f\u00ad\ufeff]/gu, '')
    .replace(/[’ʼ`´‘]/gu, "'")
    .replace(/(?<=[a-z])4(?=[a-z])|(?<![\p{L}\p{Nd}])4(?=to\b|e\b|em\b)/gu, 'ch');

/** 1 for signs that cleaning may change. */
const unclean = tableOf((sign) => Number(/[№#’ʼ`´‘\u00ad\p{M}]/u.test(sign) || sign.normalize('NFKC') !== sign));
const isLatinLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
/** Whether cleaning changes nothing more of a text in lower case: no odd sign, none three times in a row, no 4 that may be ч. */
function isClean(text: string): boolean {
  let before = 0;
  let row = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= tableEnd || unclean[code] === 1) return false;
    row = code === before ? row + 1 : 1;
    if (row === 3 || (before === 0x34 && isLatinLetter(code))) return false;
    before = code;
  }
  return true;
}

/** Lower case, one form for each sign, no marks that only decorate, no letter more than twice in a row; ⟨iin⟩ stays as it is. */
export function cleaned(text: string): string {
  const cut = text.slice(0, longestText);
  const small = cut.toLowerCase();
  if (isClean(small)) return small;
  const lower = cut.replace(/[№#]/gu, ' ').normalize('NFKC').toLowerCase();
  const plain = oddSigns.test(lower) ? withoutOddSigns(lower) : lower;
  return plain.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** What a text is parted into: a word, a number, a sign, or signs that end a sentence. */
export interface Found {
  readonly word: string;
  readonly index: number;
  /** Letters alone, or signs that end a sentence. */
  readonly sort: 'letters' | 'stop' | 'other';
}
const lettersAlone = /^[\p{L}\p{M}']+$/u;
const stop = /^[.!?…\n]/u;
const everyPiece = new RegExp(
  `${iinMark}|${marksPattern}|\\p{Nd}+(?:[.,]\\p{Nd}+)*|[\\p{L}\\p{M}']+|\\p{Extended_Pictographic}|[.!?…\\n]+`,
  'gu',
);
/** The pieces of a cleaned text. */
export const allPieces = (clean: string): readonly Found[] =>
  Array.from(clean.matchAll(everyPiece), ({ 0: word, index }) => ({
    word,
    index,
    sort: lettersAlone.test(word) ? 'letters' : stop.test(word) ? 'stop' : 'other',
  }));

const sort = { nothing: 0, letter: 1, stop: 2, figure: 3, other: 4 } as const;
const sorts = tableOf((sign) => {
  if (/[\p{L}\p{M}']/u.test(sign)) return sort.letter;
  if (/[.!?\n]/u.test(sign)) return sort.stop;
  if (/\d/u.test(sign)) return sort.figure;
  return /[\p{Nd}\p{Extended_Pictographic}]/u.test(sign) ? sort.other : sort.nothing;
});
const sortAt = (text: string, at: number): number =>
  at < text.length ? (sorts[text.charCodeAt(at)] ?? sort.other) : sort.nothing;

/** So few numbers of so few figures are no telephone number and no account, and without a sign between them no date and no time. */
const plainFigures = { numbers: 2, length: 6 };
const callCentre = '400';
/** Where a number ends, its thousands and its fraction parted by commas; -1 where it may be a part of something else than an amount. */
function numberEnd(clean: string, from: number): number {
  // "kz86 …" is an account's beginning.
  if (/[zз] ?$/u.test(clean.slice(Math.max(0, from - 2), from))) return -1;
  let end = from;
  for (;;) {
    while (sortAt(clean, end) === sort.figure) end += 1;
    if (sortAt(clean, end + 1) !== sort.figure) break;
    if ('.:/-'.includes(clean[end] as string)) return -1;
    if (clean[end] !== ',') break;
    end += 1;
  }
  return end - from > plainFigures.length || clean.slice(from, end) === callCentre ? -1 : end;
}
const sortName = (kind: number): Found['sort'] =>
  kind === sort.letter ? 'letters' : kind === sort.stop ? 'stop' : 'other';
/** The same as `allPieces`, in less time, of a text of words and amounts; undefined where it may hold more. */
export function plainPieces(clean: string): readonly Found[] | undefined {
  const found: Found[] = [];
  let numbers = 0;
  for (let from = 0; from < clean.length; ) {
    const kind = sortAt(clean, from);
    if (kind === sort.other) return undefined;
    let end = from + 1;
    if (kind === sort.figure) {
      numbers += 1;
      end = numberEnd(clean, from);
      if (end < 0 || numbers > plainFigures.numbers) return undefined;
    } else while (end < clean.length && sortAt(clean, end) === kind) end += 1;
    if (kind !== sort.nothing) found.push({ word: clean.slice(from, end), index: from, sort: sortName(kind) });
    from = end;
  }
  return found;
}

/** A piece of a text, with the number of its sentence. */
export interface Piece {
  readonly word: string;
  readonly sentence: number;
  readonly isLetters: boolean;
  /** Nothing stands between it and the piece before. */
  readonly glued: boolean;
}
/**
 * The first and the last pieces of a cleaned text; the signs that part sentences fall out. `asks` says of each sentence whether it ends in a
 * question mark.
 */
export function piecesOf(clean: string): { readonly pieces: readonly Piece[]; readonly asks: readonly boolean[] } {
  const found = plainPieces(clean) ?? allPieces(clean);
  const all: Piece[] = [];
  const asks: boolean[] = [];
  let isOpen = false;
  let end = 0;
  for (let at = 0; at < found.length; at += 1) {
    const { word, index, sort } = found[at] as Found;
    const glued = index === end;
    end = index + word.length;
    if (sort === 'stop') {
      if (isOpen) asks[asks.length - 1] = word.includes('?');
      isOpen = false;
      continue;
    }
    if (!isOpen) asks.push(false);
    isOpen = true;
    all.push({ word, glued, sentence: asks.length - 1, isLetters: sort === 'letters' });
  }
  const { head, tail } = mostPieces;
  return { pieces: all.length > head + tail ? [...all.slice(0, head), ...all.slice(-tail)] : all, asks };
}
