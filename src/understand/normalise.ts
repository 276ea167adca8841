/** Turns the pieces of a masked message into tokens: Latin letters, numbers and the IIN mark are settled here. */
import { iinMark } from '../inbound/masked.js';
import type { Language } from '../language.js';
import { fold } from './fold.js';
import { markOf } from './numbers/marks.js';
import { mayCount, type NumberPiece, numberAt } from './numbers/read.js';
import { calendarToken, numberToken } from './numbers/tokens.js';
import { cleaned, longestText, type Piece, piecesOf } from './pieces.js';
import { remembered } from './remembered.js';
import { hasLatin, toCyrillic } from './transliterate.js';
import { newWord, type Word } from './words.js';

/** A word of a message, at its place. */
export interface Token extends Word {
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
  /** Exact amounts and numbers, in order. */
  readonly numbers: readonly number[];
  /** Folded tokens joined by spaces: for patterns of several words and for explanations. */
  readonly line: string;
}
/** The line of these tokens. */
export function lineOf(tokens: readonly Pick<Token, 'folded'>[]): string {
  let line = '';
  for (let at = 0; at < tokens.length; at += 1) line += (at === 0 ? '' : ' ') + (tokens[at] as Token).folded;
  return line;
}

const longestWord = 40;

/** From so many pieces on a message is a story: its last sentence and those that ask carry the question. */
const storyFrom = 26;
function weightsOf(asks: readonly boolean[]): readonly number[] {
  return asks.map((asked, at) => 0.4 + (at === asks.length - 1 ? 0.6 : 0) + (asked ? 0.6 : 0));
}

/** A typed word as it is read. */
interface ReadWord {
  readonly word: Word;
  /** No number, nor the beginning of one: a word whatever stands around it. */
  readonly isPlain: boolean;
}
/** Words that are kept with their facts, of each language, and numbers and signs. */
const mostWords = 8_000;
const mostOthers = 500;
const wordReader = (language: Language): ((typed: string) => ReadWord) =>
  remembered(mostWords, (typed) => {
    const cyrillic = toCyrillic(typed, language).slice(0, longestWord);
    const isLetters = /^\p{L}/u.test(cyrillic);
    const folded = isLetters ? fold(cyrillic) : cyrillic;
    const isPlain = isLetters && /^\p{L}/u.test(folded) && !mayCount(folded);
    return { word: newWord('word', cyrillic, folded), isPlain };
  });
const readWord: Readonly<Record<Language, (typed: string) => ReadWord>> = {
  kk: wordReader('kk'),
  ru: wordReader('ru'),
};
const others: Readonly<Record<Exclude<Word['kind'], 'word'>, (folded: string) => Word>> = {
  number: remembered(mostOthers, (folded) => newWord('number', '', folded)),
  iin: remembered(1, (folded) => newWord('iin', '', folded)),
  sign: remembered(mostOthers, (folded) => newWord('sign', '', folded)),
};
/** What is no word, by what the index compares. */
export const otherWord = (kind: keyof typeof others, folded: string): Word => others[kind](folded);

/** What is read of a piece before its neighbours are looked at. */
const readPiece = ({ word, isLetters }: Piece, language: Language): ReadWord =>
  isLetters ? readWord[language](word) : { word: newWord('sign', word, word), isPlain: false };

/** Reads a text as of one language; the language settles only how Latin letters sound. Pure, linear in the (cut) length. */
export function normalise(text: string, language: Language): Normalised {
  const { pieces, asks } = piecesOf(cleaned(text));
  const weights = pieces.length < storyFrom ? [] : weightsOf(asks);
  const row: (NumberPiece & { readonly isPlain: boolean; readonly word: Word })[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as Piece;
    const { word, isPlain } = readPiece(piece, language);
    row.push({ cyrillic: word.cyrillic, folded: word.folded, glued: piece.glued, isPlain, word });
  }
  const tokens: Token[] = [];
  const numbers: number[] = [];
  for (let at = 0; at < row.length; ) {
    const { isPlain, word } = row[at] as (typeof row)[number];
    const weight = weights[(pieces[at] as Piece).sentence] ?? 1;
    if (isPlain) {
      tokens.push(tokenOf(word, weight));
      at += 1;
      continue;
    }
    const { token, length } = tokenAt(row, at, word, weight);
    if (token !== null) tokens.push(token);
    if (token?.value !== undefined) numbers.push(token.value);
    at += length;
  }
  return { tokens, numbers, line: lineOf(tokens) };
}
const tokenOf = ({ kind, cyrillic, folded, facts }: Word, weight: number): Token => ({
  kind,
  cyrillic,
  folded,
  facts,
  weight,
});

/** The token that begins at a piece, or null where the piece says nothing, and how many pieces it takes. */
function tokenAt(
  row: readonly NumberPiece[],
  at: number,
  word: Word,
  weight: number,
): { token: Token | null; length: number } {
  const { folded } = word;
  const number = (name: string): Token => tokenOf(otherWord('number', name), weight);
  if (folded === iinMark) return { token: tokenOf(otherWord('iin', '#iin'), weight), length: 1 };
  const mark = markOf(folded);
  if (mark !== undefined) return { token: number(mark), length: 1 };
  const span = numberAt(row, at);
  if (span !== null) {
    const wordAt = (place: number): string => row[place]?.folded ?? '';
    const around = { before: wordAt(at - 1), after: wordAt(at + 1), afterNext: wordAt(at + 2) };
    const name = (span.length === 1 ? calendarToken(span.value, around) : undefined) ?? numberToken(span.value);
    const spelled = span.spelled === undefined ? {} : { spelled: span.spelled };
    return { token: { ...number(name), value: span.value, ...spelled }, length: span.length };
  }
  if (/^\p{L}/u.test(folded)) return { token: tokenOf(word, weight), length: 1 };
  if (/^\p{Nd}/u.test(folded)) return { token: number('#many'), length: 1 };
  const says = folded !== '' && !/^\p{M}|^'/u.test(folded);
  return { token: says ? tokenOf(otherWord('sign', folded), weight) : null, length: 1 };
}

/** Whether any word was typed in Latin letters: then the language is guessed before the letters are read. */
export const typedLatin = (text: string): boolean => hasLatin(text.slice(0, longestText).replaceAll(iinMark, ''));
