/** Turns a masked message into tokens: case, signs, stretched letters, Latin letters, numbers and the IIN mark are settled here. */
import { iinMark } from '../inbound/masked.js';
import type { Language } from '../language.js';
import { fold } from './fold.js';
import { markOf, marksPattern } from './numbers/marks.js';
import { mayCount, type NumberPiece, numberAt } from './numbers/read.js';
import { calendarToken, numberToken } from './numbers/tokens.js';
import { remembered } from './remembered.js';
import { hasLatin, toCyrillic } from './transliterate.js';

export interface Token {
  readonly kind: 'word' | 'number' | 'iin' | 'sign';
  /** Lower case, Cyrillic, not folded: for the Russian stemmer and for language. */
  readonly cyrillic: string;
  /** What the index compares: the folded word, `#42500`, `#iin`, or an emoji. */
  readonly folded: string;
  /** How much of the message's meaning it carries by its place; 1 in short messages. */
  readonly weight: number;
  /** Of a word that was corrected: as it was typed, in Cyrillic. */
  readonly typed?: string;
  /** Of a number that could be read. */
  readonly value?: number;
  /** Of a number in words: their language. */
  readonly spelled?: Language;
}
export interface Normalised {
  readonly tokens: readonly Token[];
  /** Any letter that only Kazakh has stood in the message as it was typed. */
  readonly kazakhLetters: number;
  /** Exact amounts and numbers, in order. */
  readonly numbers: readonly number[];
  /** Folded tokens joined by spaces: for patterns of several words and for explanations. */
  readonly line: string;
}

/** Longest text that is read, in UTF-16 units; what is longer is cut (a WhatsApp message has at most 65,536). */
export const longestText = 65_536;
/** Most tokens that are read: the first and the last of a longer message, since stories end with their question. */
const mostTokens = { head: 120, tail: 280 };
const longestWord = 40;

const pieces = new RegExp(
  `${iinMark}|${marksPattern}|\\p{Nd}+(?:[.,]\\p{Nd}+)*|[\\p{L}\\p{M}']+|\\p{Extended_Pictographic}|[.!?…\\n]+`,
  'gu',
);

/** Signs that few messages hold: only those are looked through for each of them. */
const oddSigns = /[\u0307\u200b-\u200f\u00ad\ufeff’ʼ`´‘4]/u;
const withoutOddSigns = (text: string): string =>
  text
    .replaceAll('\u0307', '')
    .replace(/[\u200b-\u200f\u00ad\ufeff]/gu, '')
    .replace(/[’ʼ`´‘]/gu, "'")
    .replace(/(?<=[a-z])4(?=[a-z])|(?<![\p{L}\p{Nd}])4(?=to\b|e\b|em\b)/gu, 'ch');
/** Whether any sign stands three times in a row. */
function isStretched(text: string): boolean {
  let row = 1;
  for (let at = 1; at < text.length; at += 1) {
    row = text.charCodeAt(at) === text.charCodeAt(at - 1) ? row + 1 : 1;
    if (row === 3) return true;
  }
  return false;
}

/** Lower case, one form for each sign, no marks that only decorate; ⟨iin⟩ stays as it is. */
export function cleaned(text: string): string {
  const lower = text.slice(0, longestText).replace(/[№#]/gu, ' ').normalize('NFKC').toLowerCase();
  const plain = oddSigns.test(lower) ? withoutOddSigns(lower) : lower;
  return isStretched(plain) ? plain.replace(/(\p{L})\1{2,}/gu, '$1') : plain;
}

/** Sentences of long stories: the last ones and those that ask carry the question. */
const storyFrom = 26;
function weights(sentences: readonly (readonly unknown[])[], asks: readonly boolean[]): number[] {
  const total = sentences.reduce((sum, words) => sum + words.length, 0);
  return sentences.map((_, at) => {
    if (total < storyFrom) return 1;
    const last = at === sentences.length - 1 ? 0.6 : 0;
    return 0.4 + last + (asks[at] === true ? 0.6 : 0);
  });
}

/** What a message is parted into: a word, a number, a sign, or signs that end a sentence. */
interface Found {
  readonly word: string;
  readonly index: number;
}
/** Sorts of the signs that most messages are made of: a loop over them is quicker than a pattern. */
const sort = { nothing: 0, letter: 1, stop: 2, other: 3 } as const;
const sorts = Uint8Array.from({ length: 0x530 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/[\p{L}\p{M}']/u.test(sign)) return sort.letter;
  if (/[.!?\n]/u.test(sign)) return sort.stop;
  return /[\p{Nd}\p{Extended_Pictographic}]/u.test(sign) ? sort.other : sort.nothing;
});
/** The pieces of a text of letters, blanks and stops; undefined where it holds more. */
function plainPieces(clean: string): readonly Found[] | undefined {
  const found: Found[] = [];
  let from = 0;
  let row: number = sort.nothing;
  for (let at = 0; at <= clean.length; at += 1) {
    const next = at < clean.length ? (sorts[clean.charCodeAt(at)] ?? sort.other) : sort.nothing;
    if (next === sort.other) return undefined;
    if (next === row) continue;
    if (row !== sort.nothing) found.push({ word: clean.slice(from, at), index: from });
    from = at;
    row = next;
  }
  return found;
}
const allPieces = (clean: string): readonly Found[] =>
  Array.from(clean.matchAll(pieces), ({ 0: word, index }) => ({ word, index }));

/** A piece of the cleaned text with its place in the message. */
interface Piece {
  readonly word: string;
  readonly weight: number;
  /** Nothing stands between it and the piece before. */
  readonly glued: boolean;
}

/** The first and the last pieces of a text, by sentences: the signs that part them fall out. */
function piecesOf(clean: string): readonly Piece[] {
  const sentences: Omit<Piece, 'weight'>[][] = [[]];
  const asks: boolean[] = [false];
  let end = 0;
  for (const { word, index } of plainPieces(clean) ?? allPieces(clean)) {
    const glued = index === end;
    end = index + word.length;
    if (!/^[.!?…\n]/u.test(word)) sentences.at(-1)?.push({ word, glued });
    else {
      asks[sentences.length - 1] = word.includes('?');
      if ((sentences.at(-1)?.length ?? 0) > 0) {
        sentences.push([]);
        asks.push(false);
      }
    }
  }
  if (sentences.at(-1)?.length === 0) sentences.pop();
  const weightOf = weights(sentences, asks);
  const flat = sentences.flatMap((found, at) =>
    found.map(({ word, glued }): Piece => ({ word, glued, weight: weightOf[at] ?? 1 })),
  );
  return flat.length > mostTokens.head + mostTokens.tail
    ? [...flat.slice(0, mostTokens.head), ...flat.slice(-mostTokens.tail)]
    : flat;
}

/** A typed word in Cyrillic, and folded. */
interface ReadWord {
  readonly cyrillic: string;
  readonly folded: string;
  /** No number, nor the beginning of one: a word whatever stands around it. */
  readonly isPlain: boolean;
}
const mostWords = 20_000;
const wordReader = (language: Language): ((word: string) => ReadWord) =>
  remembered(mostWords, (word) => {
    const cyrillic = toCyrillic(word, language).slice(0, longestWord);
    const isLetters = /^\p{L}/u.test(cyrillic);
    const folded = isLetters ? fold(cyrillic) : cyrillic;
    return { cyrillic, folded, isPlain: isLetters && /^\p{L}/u.test(folded) && !mayCount(folded) };
  });
const readWord: Readonly<Record<Language, (word: string) => ReadWord>> = { kk: wordReader('kk'), ru: wordReader('ru') };

/** Reads a text as of one language; the language settles only how Latin letters sound. Pure, linear in the (cut) length. */
export function normalise(text: string, language: Language): Normalised {
  const clean = cleaned(text);
  const kazakhLetters = clean.match(/[әіңғүұқөһǵńáı]/gu)?.length ?? 0;
  const flat = piecesOf(clean);
  const row = flat.map(({ word, glued }): NumberPiece & { readonly isPlain: boolean } => {
    const isWord = /^[\p{L}\p{M}']/u.test(word) && markOf(word) === undefined;
    const { cyrillic, folded, isPlain } = isWord
      ? readWord[language](word)
      : { cyrillic: word, folded: word, isPlain: false };
    return { cyrillic, folded, glued, isPlain };
  });
  const tokens: Token[] = [];
  const numbers: number[] = [];
  for (let at = 0; at < row.length; ) {
    const { cyrillic = '', folded = '', isPlain } = row[at] ?? {};
    const weight = flat[at]?.weight ?? 1;
    if (isPlain === true) {
      tokens.push({ kind: 'word', cyrillic, folded, weight });
      at += 1;
      continue;
    }
    const { token, length } = tokenAt(row, at, weight);
    if (token !== null) tokens.push(token);
    if (token?.value !== undefined) numbers.push(token.value);
    at += length;
  }
  return { tokens, kazakhLetters, numbers, line: tokens.map(({ folded }) => folded).join(' ') };
}

/** The token that begins at a piece, or null where the piece says nothing, and how many pieces it takes. */
function tokenAt(row: readonly NumberPiece[], at: number, weight: number): { token: Token | null; length: number } {
  const { cyrillic, folded } = row[at] ?? { cyrillic: '', folded: '' };
  const number = (name: string): Token => ({ kind: 'number', cyrillic: '', folded: name, weight });
  if (folded === iinMark) return { token: { kind: 'iin', cyrillic: '', folded: '#iin', weight }, length: 1 };
  const mark = markOf(folded);
  if (mark !== undefined) return { token: number(mark), length: 1 };
  const span = numberAt(row, at);
  if (span !== null) {
    const word = (place: number): string => row[place]?.folded ?? '';
    const around = { before: word(at - 1), after: word(at + 1), afterNext: word(at + 2) };
    const name = (span.length === 1 ? calendarToken(span.value, around) : undefined) ?? numberToken(span.value);
    const spelled = span.spelled === undefined ? {} : { spelled: span.spelled };
    return { token: { ...number(name), value: span.value, ...spelled }, length: span.length };
  }
  if (/^\p{L}/u.test(folded)) return { token: { kind: 'word', cyrillic, folded, weight }, length: 1 };
  if (/^\p{Nd}/u.test(folded)) return { token: number('#many'), length: 1 };
  const says = folded !== '' && !/^\p{M}|^'/u.test(folded);
  return { token: says ? { kind: 'sign', cyrillic: '', folded, weight } : null, length: 1 };
}

/** Whether any word was typed in Latin letters: then the language is guessed before the letters are read. */
export const typedLatin = (text: string): boolean => hasLatin(text.slice(0, longestText).replaceAll(iinMark, ''));
