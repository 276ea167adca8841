/** What the index sees of a message: hashed words, stems, pairs, concepts and letter n-grams, each with a weight. */

import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import type { ConceptOf } from './lexicon.js';
import type { Normalised, Token } from './normalise.js';
import { stemRussian } from './stem-russian.js';

/** Weight by 32-bit hash of the feature. */
export type Features = Map<number, number>;

const seeds = {
  word: 0x811c9dc5,
  stem: 0x1b873593,
  pair: 0x2c1b3c6d,
  concept: 0x297a2d39,
  conceptPair: 0x5bd1e995,
  letters: 0x165667b1,
} as const;
export type Kind = keyof typeof seeds;

/** FNV-1a over UTF-16 units, a different start for each kind. */
function hash(kind: Kind, text: string): number {
  let value: number = seeds[kind];
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Share of each kind in the length of the whole vector; chosen by cross-validation. */
export const shares: Readonly<Record<Kind, number>> = {
  word: 0.6,
  stem: 0.9,
  pair: 0.5,
  concept: 1.1,
  conceptPair: 0.8,
  letters: 1.2,
};
/** Most letter n-grams of one message: bounds the work on texts that are no messages. */
const mostGrams = 6000;

/** A Kazakh root that is known is the stem; of what only the rules give, the shorter is nearer to a stem. */
const stemOf = (token: Token): string => {
  const { stem, known } = analyseKazakh(token.folded);
  if (known) return stem;
  const russian = fold(stemRussian(token.cyrillic));
  return russian.length < stem.length && russian.length > 2 ? russian : stem;
};

/** Concept of the lexicon that "не", "емес" and "жоқ" belong to: a Kazakh verb that denies says the same by an ending ("түспеді"). */
const denial = 'not';
function conceptsOf({ kind, folded }: Token, conceptOf: ConceptOf): readonly string[] {
  if (kind !== 'word') return [folded];
  const concept = conceptOf(folded);
  const found = concept === undefined ? [] : [concept];
  return analyseKazakh(folded).denied && concept !== denial ? [...found, denial] : found;
}

/** Features of a message by kind, before their rarity is known. */
export type RawFeatures = ReadonlyMap<Kind, Features>;

/** Hears of which tokens a feature was made (one or two), and what it says: a word, a stem, the ids of concepts, letters. */
export type NoteFeature = (hash: number, kind: Kind, text: string, tokens: readonly Token[]) => void;

/** All features of a read message with their weight by place. */
export function rawFeaturesOf(message: Normalised, conceptOf: ConceptOf, note?: NoteFeature): RawFeatures {
  const kinds = new Map<Kind, Features>();
  const add = (kind: Kind, text: string, weight: number, ...tokens: readonly Token[]): void => {
    const key = hash(kind, text);
    note?.(key, kind, text, tokens);
    const group = kinds.get(kind) ?? new Map<number, number>();
    kinds.set(kind, group);
    group.set(key, Math.max(group.get(key) ?? 0, weight));
  };
  const { tokens } = message;
  const concepts: { concept: string; weight: number; token: Token }[] = [];
  let grams = 0;
  let before = '^';
  let last: Token | undefined;
  for (const token of tokens) {
    const { folded, weight } = token;
    add('word', folded, weight, token);
    const stem = token.kind === 'word' ? stemOf(token) : folded;
    add('stem', stem, weight, token);
    add('pair', `${before} ${stem}`, weight, ...(last ? [last] : []), token);
    before = stem;
    last = token;
    for (const concept of conceptsOf(token, conceptOf)) {
      add('concept', concept, weight, token);
      if (concepts.length < 24 && !concepts.some((known) => known.concept === concept))
        concepts.push({ concept, weight, token });
    }
    if (token.kind !== 'word') continue;
    const framed = ` ${folded} `;
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= framed.length && grams < mostGrams; at += 1, grams += 1) {
        add('letters', framed.slice(at, at + size), weight, token);
      }
    }
  }
  if (last) add('pair', `${before} $`, 1, last);
  concepts.sort((a, b) => (a.concept < b.concept ? -1 : 1));
  concepts.forEach((one, at) => {
    for (const other of concepts.slice(at + 1))
      add('conceptPair', `${one.concept} ${other.concept}`, Math.min(one.weight, other.weight), one.token, other.token);
  });
  return kinds;
}

/**
 * One vector of unit length, each kind scaled to its share. `weigh` gives a feature's rarity; a feature weighed 0 falls out.
 */
export function weighed(kinds: RawFeatures, weigh: (hash: number) => number): Features {
  const all: Features = new Map();
  for (const [kind, group] of kinds) {
    let square = 0;
    const known: [number, number][] = [];
    for (const [key, weight] of group) {
      const value = weight * weigh(key);
      if (value === 0) continue;
      known.push([key, value]);
      square += value * value;
    }
    const scale = shares[kind] / Math.sqrt(square);
    for (const [key, value] of known) all.set(key, value * scale);
  }
  let square = 0;
  for (const value of all.values()) square += value * value;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (const [key, value] of all) all.set(key, value * scale);
  return all;
}
