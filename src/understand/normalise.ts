/** Turns a masked message into tokens: case, signs, stretched letters, Latin letters, numbers and the IIN mark are settled here. */
import { iinMark } from '../inbound/masked.js';
import type { Language } from '../language.js';
import { fold } from './fold.js';
import { markOf, marksPattern } from './numbers/marks.js';
import { type NumberPiece, numberAt } from './numbers/read.js';
import { calendarToken, numberToken } from './numbers/tokens.js';
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

/** Lower case, one form for each sign, no marks that only decorate; ⟨iin⟩ stays as it is. */
export function cleaned(text: string): string {
  return text
    .slice(0, longestText)
    .replace(/[№#]/gu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u0307', '')
    .replace(/[\u200b-\u200f\u00ad\ufeff]/gu, '')
    .replace(/[’ʼ`´‘]/gu, "'")
    .replace(/(?<=[a-z])4(?=[a-z])|(?<![\p{L}\p{Nd}])4(?=to\b|e\b|em\b)/gu, 'ch')
    .replace(/(\p{L})\1{2,}/gu, '$1');
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
  for (const match of clean.matchAll(pieces)) {
    const word = match[0];
    const glued = match.index === end;
    end = match.index + word.length;
    if (/^[.!?…\n]/u.test(word)) {
      asks[sentences.length - 1] = word.includes('?');
      if ((sentences.at(-1)?.length ?? 0) > 0) {
        sentences.push([]);
        asks.push(false);
      }
    } else sentences.at(-1)?.push({ word, glued });
  }
  if (sentences.at(-1)?.length === 0) sentences.pop();
  const weightOf = weights(sentences, asks);
  const flat = sentences.flatMap((words, at) => words.map((piece) => ({ ...piece, weight: weightOf[at] ?? 1 })));
  return flat.length > mostTokens.head + mostTokens.tail
    ? [...flat.slice(0, mostTokens.head), ...flat.slice(-mostTokens.tail)]
    : flat;
}

/** Reads a text as of one language; the language settles only how Latin letters sound. Pure, linear in the (cut) length. */
export function normalise(text: string, language: Language): Normalised {
  const clean = cleaned(text);
  const kazakhLetters = clean.match(/[әіңғүұқөһǵńáı]/gu)?.length ?? 0;
  const flat = piecesOf(clean);
  const row = flat.map(({ word, glued }): NumberPiece => {
    const isWord = /^[\p{L}\p{M}']/u.test(word) && markOf(word) === undefined;
    const cyrillic = isWord ? toCyrillic(word, language).slice(0, longestWord) : word;
    return { cyrillic, folded: isWord && /^\p{L}/u.test(cyrillic) ? fold(cyrillic) : cyrillic, glued };
  });
  const tokens: Token[] = [];
  const numbers: number[] = [];
  for (let at = 0; at < row.length; ) {
    const { token, length } = tokenAt(row, at, flat[at]?.weight ?? 1);
    if (token !== null) tokens.push(token);
    if (token?.value !== undefined) numbers.push(token.value);
    at += length;
  }
  return { tokens, kazakhLetters, numbers, line: tokens.map((token) => token.folded).join(' ') };
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
