/** What the index knows after training; plain values, no functions, so that it can be stored and handed from thread to thread. */
import type { IndexedCheckpoint, IndexedConcept, Label } from './contract.js';
import type { LanguageOdds } from './language-odds.js';
import type { PackedTexts } from './packed-texts.js';
import type { Regression } from './regression.js';
import type { Spelling } from './spelling.js';
import type { SparseRows, Vocabulary } from './vocabulary.js';

/** Everything `createUnderstand` needs. */
export interface Model extends Vocabulary {
  readonly labels: readonly Label[];
  readonly regression: Regression;
  /** Postings by column: which phrasings hold the feature, with its value in them. */
  readonly postings: SparseRows;
  /** Text of each phrasing, for explanations. */
  readonly phrases: PackedTexts;
  /** Label (index) of each phrasing. */
  readonly phraseLabels: Uint16Array;
  /** The phrasings' words, to which mistyped ones are corrected. */
  readonly spelling: Spelling;
  readonly language: LanguageOdds;
  readonly checkpoints: readonly IndexedCheckpoint[];
  readonly lexicon: readonly IndexedConcept[];
}

/** The arrays of a model, always in this order: what is stored as bytes, and what a thread may hand over instead of copying. */
export const arraysOf = ({ keys, rarity, regression, postings, phraseLabels, phrases, spelling }: Model) =>
  [
    keys,
    rarity,
    regression.starts,
    regression.labels,
    regression.weights,
    regression.scales,
    regression.bias,
    postings.offsets,
    postings.columns,
    postings.values,
    phraseLabels,
    phrases.offsets,
    phrases.bytes,
    spelling.words.offsets,
    spelling.words.bytes,
    spelling.counts,
    spelling.keys,
    spelling.places,
  ] as const;
