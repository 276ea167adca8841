/** What one token brings into any message that holds it: its stem, its concepts, its letters, worked out once for each word. */

import type { IndexedConcept } from './contract.js';
import { hash, hashOn, type Kind, seeds } from './feature-hashes.js';
import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import { type ConceptOf, createConceptOf } from './lexicon.js';
import { lastRemembered } from './remembered.js';
import { stemRussian } from './stem-russian.js';
import { factOfWords, type Word } from './words.js';

/** A Kazakh root that is known is the stem; of what only the rules give, the shorter is nearer to a stem. */
export const stemOf = ({ folded, cyrillic }: Pick<Word, 'folded' | 'cyrillic'>): string => {
  const { stem, known } = analyseKazakh(folded);
  if (known) return stem;
  const russian = fold(stemRussian(cyrillic));
  return russian.length < stem.length && russian.length > 2 ? russian : stem;
};

/** Concept of the lexicon that "не", "емес" and "жоқ" belong to: a Kazakh verb that denies says the same by an ending ("түспеді"). */
const denial = 'not';
function conceptsOf(folded: string, conceptOf: ConceptOf): readonly string[] {
  const concept = conceptOf(folded);
  const found = concept === undefined ? [] : [concept];
  return analyseKazakh(folded).denied && concept !== denial ? [...found, denial] : found;
}

/** What pairs and single features of a text are hashed from. */
export interface SeenHash {
  readonly text: string;
  readonly key: number;
  /** State of a pair's hash after this text and the blank behind it. */
  readonly paired: number;
}
/** What a token brings into any message that holds it. */
export interface SeenToken {
  readonly stem: SeenHash;
  readonly concepts: readonly SeenHash[];
  /** Its concept, else its stem: what it is in pairs. */
  readonly symbol: SeenHash;
  /** Hashes of its letters by threes, fours and fives, its beginning and end marked; none of what is no word. */
  readonly letters: Uint32Array;
}
export type SeeToken = (token: Word) => SeenToken;

const hashed = (kind: Kind, pairs: Kind, text: string): SeenHash => ({
  text,
  key: hash(kind, text),
  paired: hashOn(seeds[pairs], `${text} `),
});

/** Hashes of a word's letters, see `SeenToken`. */
export function lettersOf(folded: string): Uint32Array {
  const framed = ` ${folded} `;
  const keys: number[] = [];
  for (let size = 3; size <= 5; size += 1) {
    for (let at = 0; at + size <= framed.length; at += 1) keys.push(hash('letters', framed.slice(at, at + size)));
  }
  return Uint32Array.from(keys);
}

const seenOf = factOfWords<SeenToken>();
/** Sees tokens by a lexicon. What a word brings is worked out once. */
function createSeeToken(conceptOf: ConceptOf): SeeToken {
  const seen = (stem: string, concepts: readonly string[], letters: Uint32Array): SeenToken => ({
    stem: hashed('stem', 'pair', stem),
    concepts: concepts.map((concept) => hashed('concept', 'conceptPair', concept)),
    symbol: hashed('stem', 'pair', concepts[0] ?? stem),
    letters,
  });
  return seenOf((word) =>
    word.kind === 'word'
      ? seen(stemOf(word), conceptsOf(word.folded, conceptOf), lettersOf(word.folded))
      : seen(word.folded, [word.folded], new Uint32Array(0)),
  );
}

/** How words are seen by a lexicon. */
export interface Seeing {
  readonly conceptOf: ConceptOf;
  readonly see: SeeToken;
}
/** Of an equal lexicon the same one again: what words bring stays known when a model takes another's place. */
export const seeingBy = lastRemembered((lexicon: readonly IndexedConcept[]): Seeing => {
  const conceptOf = createConceptOf(lexicon);
  return { conceptOf, see: createSeeToken(conceptOf) };
});
