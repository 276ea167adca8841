/** What the index knows after training; plain values, no functions, so that it can be stored and handed from thread to thread. */
import type { Columns } from './columns.js';
import type { IndexedCheckpoint, IndexedConcept, IndexedPayment, Label } from './contract.js';
import type { LanguageOdds } from './language-odds.js';
import type { PackedTexts } from './packed-texts.js';
import type { Spelling } from './spelling.js';

/** Everything `createUnderstand` needs. */
export interface Model extends Columns {
  readonly labels: readonly Label[];
  /** The regression's, see `Regression`. */
  readonly weights: Int32Array;
  readonly bias: Float32Array;
  /** What the training has seen of gradients, by column: a later one goes on from there. */
  readonly gathered: Float32Array;
  /** Phrasings by feature, see `Postings`. */
  readonly holders: Uint32Array;
  /** Text of each phrasing, label by label, for explanations. */
  readonly phrases: PackedTexts;
  /** Label (index) of each phrasing, ascending. */
  readonly phraseLabels: Uint16Array;
  /** The phrasings' words, to which mistyped ones are corrected. */
  readonly spelling: Spelling;
  readonly language: LanguageOdds;
  readonly checkpoints: readonly IndexedCheckpoint[];
  readonly lexicon: readonly IndexedConcept[];
  readonly payments: readonly IndexedPayment[];
}

/** The arrays of a model, always in this order: what is stored as bytes. */
export const arraysOf = (model: Model) =>
  [
    model.records,
    model.buckets,
    model.weights,
    model.bias,
    model.gathered,
    model.holders,
    model.phraseLabels,
    model.phrases.offsets,
    model.phrases.bytes,
    model.spelling.words.offsets,
    model.spelling.words.bytes,
    model.spelling.counts,
    model.spelling.keys,
    model.spelling.places,
    model.language.keys,
    model.language.buckets,
    model.language.odds,
  ] as const;

/** Where the phrasings of each label begin among all, and after the last of them: label l has those from l's place up to the next. */
export function phrasesByLabel({ phraseLabels, labels }: Pick<Model, 'phraseLabels' | 'labels'>): Int32Array {
  const starts = new Int32Array(labels.length + 1);
  for (let phrase = 0; phrase < phraseLabels.length; phrase += 1)
    (starts[(phraseLabels[phrase] as number) + 1] as number) += 1;
  for (let label = 0; label < labels.length; label += 1) (starts[label + 1] as number) += starts[label] as number;
  return starts;
}
