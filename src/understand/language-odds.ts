/** What letters and whole words say of a message's language: log-odds that are learnt from the training phrasings. */
import type { Language } from '../language.js';
import { hashOn } from './feature-hashes.js';
import type { Token } from './normalise.js';
import { bucketsOf, placeOf } from './vocabulary.js';

/** Log-odds by hashes of letter trigrams and of whole words ("^отказ$"), without Kazakh letters: positive speaks for Kazakh. */
export interface LanguageOdds {
  /** Ascending. */
  readonly keys: Uint32Array;
  /** Where to look for a key, see `bucketsOf`. */
  readonly buckets: Int32Array;
  /** By the place of the key. */
  readonly odds: Float32Array;
}
const seed = 0x811c9dc5;
const hashed = (text: string): number => hashOn(seed, text) >>> 0;
function oddsAt({ keys, buckets, odds }: LanguageOdds, text: string): number | undefined {
  const place = placeOf(keys, buckets, hashed(text));
  return place < 0 ? undefined : odds[place];
}
export interface LanguageSample {
  readonly language: Language;
  readonly tokens: readonly Token[];
}

/** Kazakh letters as people type them without a Kazakh keyboard, so that both habits train the same trigrams. */
const plain: Readonly<Record<string, string>> = {
  ә: 'а',
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
};
const plainWord = (word: string): string => [...word].map((letter) => plain[letter] ?? letter).join('');
function trigrams(word: string): string[] {
  const framed = `^${plainWord(word)}$`;
  const found: string[] = [];
  for (let at = 0; at + 3 <= framed.length; at += 1) found.push(framed.slice(at, at + 3));
  return found;
}

const wholeWord = ({ cyrillic }: Pick<Token, 'cyrillic'>): string => `^${plainWord(cyrillic)}$`;

/** A word is judged as a whole once so many phrasings held it, else by its letters. */
const leastSeen = 4;

interface Count {
  kk: number;
  ru: number;
}

/** Log-odds of what was counted, for Kazakh. */
function oddsOf(counts: ReadonlyMap<string, Count>, least: number): [string, number][] {
  const totals = { kk: 0, ru: 0 };
  for (const { kk, ru } of counts.values()) {
    totals.kk += kk;
    totals.ru += ru;
  }
  const kinds = counts.size + 1;
  return [...counts].flatMap(([key, { kk, ru }]) => {
    const value = Math.log((kk + 0.5) / (totals.kk + kinds)) - Math.log((ru + 0.5) / (totals.ru + kinds));
    return kk + ru < least ? [] : [[key, Math.round(value * 1000) / 1000]];
  });
}

/**
 * Naive Bayes over the training phrasings: letter trigrams, and whole words ("^отказ$"), since a borrowed noun looks like the language
 * it came from and is at home in both.
 */
export function trainLanguage(samples: readonly LanguageSample[]): LanguageOdds {
  const letters = new Map<string, Count>();
  const words = new Map<string, Count>();
  const count = (counts: Map<string, Count>, key: string, language: Language): void => {
    const now = counts.get(key) ?? { kk: 0, ru: 0 };
    now[language] += 1;
    counts.set(key, now);
  };
  for (const { language, tokens } of samples) {
    for (const token of tokens) {
      if (token.kind !== 'word') continue;
      for (const trigram of trigrams(token.cyrillic)) count(letters, trigram, language);
      count(words, wholeWord(token), language);
    }
  }
  // Words of one letter are trigrams themselves and stay so.
  const all = [...oddsOf(words, leastSeen).filter(([key]) => key.length > 3), ...oddsOf(letters, 1)]
    .map(([key, odds]) => ({ key: hashed(key), odds }))
    .sort((a, b) => a.key - b.key);
  const keys = Uint32Array.from(all, ({ key }) => key);
  return { keys, buckets: bucketsOf(keys), odds: Float32Array.from(all, ({ odds }) => odds) };
}

const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
/** What a word may weigh by its looks: less than one of grammar. */
export const mostOfWord = 2.4;
const mostOfLetters = 2;

/** What a word weighs: by its own odds where they are known, else by its letters. */
export function looksOf(token: Pick<Token, 'cyrillic'>, odds: LanguageOdds): number {
  const seen = oddsAt(odds, wholeWord(token));
  if (seen !== undefined) return clip(seen, mostOfWord);
  const sum = trigrams(token.cyrillic).reduce((total, trigram) => total + (oddsAt(odds, trigram) ?? 0), 0);
  return clip(sum * 0.4, mostOfLetters);
}
