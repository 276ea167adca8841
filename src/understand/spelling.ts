/** The words of the phrasings and their stems, found also by what is left of them after a slip of the finger. */
import { fold } from './fold.js';
import { neighboursOf } from './keyboard.js';
import type { Token } from './normalise.js';
import { type PackedTexts, packTexts, textAt } from './packed-texts.js';

/** The words as a model keeps them. */
export interface Spelling {
  /** Each word, lower case and Cyrillic, by its place; after the last of them stems that are no words themselves, folded. */
  readonly words: PackedTexts;
  /** How many phrasings hold the word, or words of the stem, by place. */
  readonly counts: Uint16Array;
  /** How many of the places are words. */
  readonly wholeWords: number;
  /** Hashes, ascending, of each folded word and of all that is left of it without one letter. */
  readonly keys: Uint32Array;
  /** The word's place for each of the keys. */
  readonly places: Int32Array;
}

/** Shorter words have too many neighbours; longer ones are none. */
export const spelledLengths = { least: 4, most: 24 } as const;
const shortestWord = 3;
/** More words than any index holds: what is over is not corrected to. */
const mostPlaces = 2 ** 20;
/** A part of two joined words is in so many phrasings at least. */
const partSeen = 4;
/** What a likely slip, any other one (twice), and one in the first letter cost, in log-odds beside how usual the word is. */
const costs = { slip: 1.5, firstLetter: 1 } as const;

/** FNV-1a over UTF-16 units without the one at `left`. */
function hashWithout(word: string, left: number): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1)
    if (at !== left) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
/** Hashes of a word and of what is left of it without one letter. */
function keysOf(word: string): Set<number> {
  const keys = new Set([hashWithout(word, -1)]);
  for (let at = 0; at < word.length; at += 1) keys.add(hashWithout(word, at));
  return keys;
}

/** The words of read phrasings and their stems. */
export function learnSpelling(phrasings: readonly (readonly Token[])[], stemOf: (token: Token) => string): Spelling {
  const words = new Map<string, { count: number; readonly spelled: string }>();
  const stems = new Map<string, { count: number; readonly spelled: string }>();
  const count = (seen: typeof words, key: string, spelled: string): void => {
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { count: 1, spelled });
    else known.count += 1;
  };
  for (const tokens of phrasings) {
    for (const token of tokens) {
      const { kind, folded, cyrillic } = token;
      if (kind !== 'word' || folded.length < shortestWord || folded.length > spelledLengths.most) continue;
      count(words, folded, cyrillic);
      const stem = stemOf(token);
      if (stem.length >= spelledLengths.least) count(stems, stem, stem);
    }
  }
  for (const stem of stems.keys()) if (words.has(stem)) stems.delete(stem);
  const all = [...words, ...stems].slice(0, mostPlaces);
  // Key and place in one number, so that sorting is quick.
  const entries = Float64Array.from(
    all.flatMap(([folded], place) => [...keysOf(folded)].map((key) => key * mostPlaces + place)),
  ).sort();
  return {
    words: packTexts(all.map(([, { spelled }]) => spelled)),
    counts: Uint16Array.from(all, ([, seen]) => Math.min(seen.count, 65_535)),
    wholeWords: Math.min(words.size, mostPlaces),
    keys: Uint32Array.from(entries, (entry) => Math.floor(entry / mostPlaces)),
    places: Int32Array.from(entries, (entry) => entry % mostPlaces),
  };
}

/** Whether a finger may hit one folded letter instead of the other; "и" is typed for ы, і and й. */
const typedBeside = (typed: string, meant: string): boolean =>
  (meant === 'и' ? ['и', 'ы', 'й'] : [meant]).some((letter) => neighboursOf(letter).some((key) => fold(key) === typed));

/** 0 where the words are the same, 1 for what fingers do, 2 for any other letter; undefined where it takes more than one slip. */
function slipsBetween(typed: string, word: string): number | undefined {
  const shorter = Math.min(typed.length, word.length);
  let from = 0;
  while (from < shorter && typed[from] === word[from]) from += 1;
  let same = 0;
  while (same < shorter - from && typed.at(-1 - same) === word.at(-1 - same)) same += 1;
  const [typedLeft, wordLeft] = [typed.length - from - same, word.length - from - same];
  if (typedLeft === 2 && wordLeft === 2)
    return typed[from] === word[from + 1] && typed[from + 1] === word[from] ? 1 : undefined;
  if (typedLeft > 1 || wordLeft > 1) return undefined;
  if (typedLeft === 0) return wordLeft;
  // An added letter stands beside the one before it or after it.
  const meant = wordLeft === 1 ? [word[from]] : [word[from - 1], word[from]];
  return meant.some((letter) => letter !== undefined && typedBeside(typed[from] ?? '', letter)) ? 1 : 2;
}

/** The first place in `keys` (ascending) that is not below `key`. */
function firstAt(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface SpelledWord {
  /** Cyrillic; of a stem that is no word, folded. */
  readonly spelled: string;
  readonly merit: number;
}

/** Finds the words. Every answer takes as many steps as the word's length allows. */
export function createSpelling({ words, counts, wholeWords, keys, places }: Spelling) {
  const placesOf = (key: number): number[] => {
    const found: number[] = [];
    for (let at = firstAt(keys, key); at < keys.length && keys[at] === key; at += 1) found.push(places[at] as number);
    return found;
  };
  const spelledAt = (place: number): string => textAt(words, place);
  /** The place of a folded word, or -1. */
  const placeOf = (folded: string): number =>
    placesOf(hashWithout(folded, -1)).find((place) => place < wholeWords && fold(spelledAt(place)) === folded) ?? -1;
  /** The word (or stem) one slip away that is likeliest by how usual it is and by the slip. */
  const nearest = (folded: string, among: 'words' | 'stems'): SpelledWord | undefined => {
    let best: SpelledWord | undefined;
    for (const place of new Set([...keysOf(folded)].flatMap(placesOf))) {
      if (among === 'words' && place >= wholeWords) continue;
      const spelled = spelledAt(place);
      const word = fold(spelled);
      const slips = slipsBetween(folded, word);
      if (slips === undefined) continue;
      const first = word[0] === folded[0] ? 0 : costs.firstLetter;
      const merit = Math.log(counts[place] as number) - costs.slip * slips - first;
      if (best === undefined || merit > best.merit) best = { spelled, merit };
    }
    return best;
  };
  /** The two usual words that one was joined of; of several ways the one whose rarer word is the most usual. */
  const parts = (folded: string): readonly [string, string] | undefined => {
    let best: { readonly two: readonly [number, number]; readonly rarer: number } | undefined;
    for (let at = shortestWord; at <= folded.length - shortestWord; at += 1) {
      const two = [placeOf(folded.slice(0, at)), placeOf(folded.slice(at))] as const;
      const rarer = Math.min(...two.map((place) => (place < 0 ? 0 : (counts[place] as number))));
      if (rarer >= partSeen && rarer > (best?.rarer ?? 0)) best = { two, rarer };
    }
    return best && [spelledAt(best.two[0]), spelledAt(best.two[1])];
  };
  return { knows: (folded: string): boolean => placeOf(folded) >= 0, nearest, parts };
}
