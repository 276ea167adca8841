/** Turns a masked message into tokens: case, signs, stretched letters, Latin letters, numbers and the IIN mark are settled here. */
import { iinMark } from '../inbound/masked.js';
import type { Language } from '../language.js';
import { fold } from './fold.js';
import { numberAt, numberToken } from './numbers.js';
import { hasLatin, toCyrillic } from './transliterate.js';

export interface Token {
  readonly kind: 'word' | 'number' | 'iin' | 'sign';
  /** Lower case, Cyrillic, not folded: for the Russian stemmer and for language. */
  readonly cyrillic: string;
  /** What the index compares: the folded word, `#42500`, `#iin`, or an emoji. */
  readonly folded: string;
  /** How much of the message's meaning it carries by its place; 1 in short messages. */
  readonly weight: number;
  /** Of a number that could be read. */
  readonly value?: number;
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

const pieces = /⟨iin⟩|\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}'’ʼ`]+|\p{Extended_Pictographic}|[.!?…\n]+/gu;

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
function weights(sentences: readonly (readonly string[])[], asks: readonly boolean[]): number[] {
  const total = sentences.reduce((sum, words) => sum + words.length, 0);
  return sentences.map((_, at) => {
    if (total < storyFrom) return 1;
    const last = at === sentences.length - 1 ? 0.6 : 0;
    return 0.4 + last + (asks[at] === true ? 0.6 : 0);
  });
}

/** Reads a text as of one language; the language settles only how Latin letters sound. Pure, linear in the (cut) length. */
export function normalise(text: string, language: Language): Normalised {
  const clean = cleaned(text);
  const kazakhLetters = clean.match(/[әіңғүұқөһǵńáı]/gu)?.length ?? 0;
  const sentences: string[][] = [[]];
  const asks: boolean[] = [false];
  for (const match of clean.matchAll(pieces)) {
    const piece = match[0];
    if (/^[.!?…\n]/u.test(piece)) {
      asks[sentences.length - 1] = piece.includes('?');
      if ((sentences.at(-1)?.length ?? 0) > 0) {
        sentences.push([]);
        asks.push(false);
      }
    } else sentences.at(-1)?.push(piece);
  }
  if (sentences.at(-1)?.length === 0) sentences.pop();
  const weightOf = weights(sentences, asks);
  const flat = sentences.flatMap((words, at) => words.map((word) => ({ word, weight: weightOf[at] ?? 1 })));
  const kept =
    flat.length > mostTokens.head + mostTokens.tail
      ? [...flat.slice(0, mostTokens.head), ...flat.slice(-mostTokens.tail)]
      : flat;
  return read(kept, language, kazakhLetters);
}

function read(
  flat: readonly { word: string; weight: number }[],
  language: Language,
  kazakhLetters: number,
): Normalised {
  const cyrillic = flat.map(({ word }) =>
    /^[\p{L}\p{M}']/u.test(word) ? toCyrillic(word, language).slice(0, longestWord) : word,
  );
  const folded = cyrillic.map((word) => (/^\p{L}/u.test(word) ? fold(word) : word));
  const tokens: Token[] = [];
  const numbers: number[] = [];
  for (let at = 0; at < flat.length; ) {
    const weight = flat[at]?.weight ?? 1;
    const word = folded[at] ?? '';
    if (word === iinMark) {
      tokens.push({ kind: 'iin', cyrillic: '', folded: '#iin', weight });
      at += 1;
      continue;
    }
    const span = numberAt(folded, at);
    if (span !== null) {
      numbers.push(span.value);
      tokens.push({ kind: 'number', cyrillic: '', folded: numberToken(span.value), weight, value: span.value });
      at += span.length;
      continue;
    }
    if (/^\p{L}/u.test(word)) tokens.push({ kind: 'word', cyrillic: cyrillic[at] ?? '', folded: word, weight });
    else if (/^\p{Nd}/u.test(word)) tokens.push({ kind: 'number', cyrillic: '', folded: '#many', weight });
    else if (word !== '' && !/^\p{M}|^'/u.test(word)) tokens.push({ kind: 'sign', cyrillic: '', folded: word, weight });
    at += 1;
  }
  return { tokens, kazakhLetters, numbers, line: tokens.map((token) => token.folded).join(' ') };
}

/** Whether any word was typed in Latin letters: then the language is guessed before the letters are read. */
export const typedLatin = (text: string): boolean => hasLatin(text.slice(0, longestText).replaceAll(iinMark, ''));
