/** What the index sees of a message: hashed stems, pairs, concepts, letter n-grams and its length, each with a weight. */

import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import type { ConceptOf } from './lexicon.js';
import type { Normalised, Token } from './normalise.js';
import { stemRussian } from './stem-russian.js';

const seeds = {
  stem: 0x1b873593,
  pair: 0x2c1b3c6d,
  concept: 0x297a2d39,
  conceptPair: 0x5bd1e995,
  letters: 0x165667b1,
  length: 0x811c9dc5,
} as const;
export type Kind = keyof typeof seeds;

/** FNV-1a over UTF-16 units, a different start for each kind. */
export function hash(kind: Kind, text: string): number {
  let value: number = seeds[kind];
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Share of each kind in the length of the whole vector; chosen by cross-validation (docs/adr/0006-understanding.md). */
export const shares: Readonly<Record<Kind, number>> = {
  stem: 0.9,
  pair: 0.9,
  concept: 1.1,
  conceptPair: 1.1,
  letters: 1.2,
  length: 0.3,
};
/** How far two words of a pair may be apart: neither order nor what stands between them is kept in chats. */
const pairReach = 4;
/** Most words to which a message is counted as so long. */
const lengths = [1, 2, 4, 8, 16];
/** Most letter n-grams of one message: bounds the work on texts that are no messages. */
const mostGrams = 6000;

/** A Kazakh root that is known is the stem; of what only the rules give, the shorter is nearer to a stem. */
export const stemOf = (token: Token): string => {
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

/** Features of a message by kind, before their rarity is known: weight by 32-bit hash. */
export type RawFeatures = ReadonlyMap<Kind, ReadonlyMap<number, number>>;

/** Hears of which tokens a feature was made (one or two), and what it says: a word, a stem, the ids of concepts, letters. */
export type NoteFeature = (hash: number, kind: Kind, text: string, tokens: readonly Token[]) => void;

/** All features of a read message with their weight by place. */
export function rawFeaturesOf(message: Normalised, conceptOf: ConceptOf, note?: NoteFeature): RawFeatures {
  const kinds = new Map<Kind, Map<number, number>>();
  const add = (kind: Kind, text: string, weight: number, ...tokens: readonly Token[]): void => {
    const key = hash(kind, text);
    note?.(key, kind, text, tokens);
    const group = kinds.get(kind) ?? new Map<number, number>();
    kinds.set(kind, group);
    group.set(key, Math.max(group.get(key) ?? 0, weight));
  };
  const { tokens } = message;
  const concepts: { concept: string; weight: number; token: Token }[] = [];
  /** The words and numbers before, each by its concept, else by its stem. */
  const before: { symbol: string; token: Token }[] = [];
  let grams = 0;
  for (const token of tokens) {
    const { folded, weight } = token;
    const stem = token.kind === 'word' ? stemOf(token) : folded;
    add('stem', stem, weight, token);
    const own = conceptsOf(token, conceptOf);
    for (const concept of own) {
      add('concept', concept, weight, token);
      if (concepts.length < 24 && !concepts.some((known) => known.concept === concept))
        concepts.push({ concept, weight, token });
    }
    const symbol = own[0] ?? stem;
    for (const other of before.slice(-pairReach)) {
      const pair = other.symbol < symbol ? `${other.symbol} ${symbol}` : `${symbol} ${other.symbol}`;
      add('pair', pair, Math.min(weight, other.token.weight), other.token, token);
    }
    before.push({ symbol, token });
    if (token.kind !== 'word') continue;
    const framed = ` ${folded} `;
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= framed.length && grams < mostGrams; at += 1, grams += 1) {
        add('letters', framed.slice(at, at + size), weight, token);
      }
    }
  }
  const words = tokens.reduce((count, { kind }) => count + (kind === 'word' ? 1 : 0), 0);
  add('length', `${lengths.find((most) => words <= most) ?? 'more'}`, 1);
  concepts.sort((a, b) => (a.concept < b.concept ? -1 : 1));
  concepts.forEach((one, at) => {
    for (const other of concepts.slice(at + 1))
      add('conceptPair', `${one.concept} ${other.concept}`, Math.min(one.weight, other.weight), one.token, other.token);
  });
  return kinds;
}
