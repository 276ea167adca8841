/** What the index knows after training, and how its parts are trained from samples: vocabulary, regression, nearest phrasings, language. */
import type { Language } from '../language.js';
import type { IndexedCheckpoint, IndexedConcept, IndexMaterial, Label } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { type Features, type RawFeatures, rawFeaturesOf, weighed } from './features.js';
import { type LanguageTrigrams, trainLanguage } from './language.js';
import { createConceptOf } from './lexicon.js';
import { type Normalised, normalise } from './normalise.js';
import { type Regression, type SparseRows, trainRegression } from './regression.js';
import type { Sample } from './samples.js';

/** Everything `createUnderstand` needs; plain values, no functions, so that it can be stored. */
export interface Model {
  readonly labels: readonly Label[];
  /** Hash of each known feature, ascending; its place is its column. */
  readonly keys: Uint32Array;
  /** Inverse document frequency by column. */
  readonly rarity: Float32Array;
  readonly regression: Regression;
  /** Postings by column: which phrasings hold the feature, with its value in them. */
  readonly postings: SparseRows;
  /** Text of each phrasing, for explanations. */
  readonly phrases: readonly string[];
  /** Label (index) of each phrasing. */
  readonly phraseLabels: Uint16Array;
  readonly language: LanguageTrigrams;
  readonly checkpoints: readonly IndexedCheckpoint[];
  readonly lexicon: readonly IndexedConcept[];
}

/** A feature seen in one phrasing alone says more about that phrasing than about its label. */
const leastPhrasings = 2;
export const training = { epochs: 5, rate: 0.9, decay: 0, smoothing: 0.04 };

/** A phrasing is read as a message is: without the greeting before its matter. */
const readAs = (text: string, language: Language): Normalised => withoutCourtesy(normalise(text, language));

/** Column of a feature by binary search over the ascending keys, or -1. */
export function columnOf(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = keys[middle] as number;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function vocabularyOf(messages: readonly RawFeatures[]): { keys: Uint32Array; rarity: Float32Array } {
  const counts = new Map<number, number>();
  for (const kinds of messages) {
    for (const group of kinds.values()) for (const key of group.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= leastPhrasings).sort(([a], [b]) => a - b);
  return {
    keys: Uint32Array.from(kept, ([key]) => key),
    rarity: Float32Array.from(kept, ([, count]) => Math.log(1 + messages.length / count)),
  };
}

function rowsOf(vectors: readonly Features[], keys: Uint32Array): SparseRows {
  const offsets = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, at) => {
    offsets[at + 1] = (offsets[at] as number) + vector.size;
  });
  const columns = new Int32Array(offsets.at(-1) ?? 0);
  const values = new Float32Array(columns.length);
  let at = 0;
  for (const vector of vectors) {
    for (const [key, value] of vector) {
      columns[at] = columnOf(keys, key);
      values[at] = value;
      at += 1;
    }
  }
  return { offsets, columns, values };
}

/** The same entries by column. */
function transposed(rows: SparseRows, features: number): SparseRows {
  const offsets = new Int32Array(features + 1);
  for (const column of rows.columns) offsets[column + 1] = (offsets[column + 1] as number) + 1;
  for (let at = 0; at < features; at += 1) offsets[at + 1] = (offsets[at + 1] as number) + (offsets[at] as number);
  const next = offsets.slice();
  const columns = new Int32Array(rows.columns.length);
  const values = new Float32Array(rows.columns.length);
  for (let row = 0; row + 1 < rows.offsets.length; row += 1) {
    for (let at = rows.offsets[row] as number; at < (rows.offsets[row + 1] as number); at += 1) {
      const column = rows.columns[at] as number;
      const place = next[column] as number;
      next[column] = place + 1;
      columns[place] = row;
      values[place] = rows.values[at] as number;
    }
  }
  return { offsets, columns, values };
}

/** Trains on samples as they are; cross-validation leaves some out. */
export function trainSamples(
  samples: readonly Sample[],
  { checkpoints, lexicon }: Pick<IndexMaterial, 'checkpoints' | 'lexicon'>,
): Model {
  const conceptOf = createConceptOf(lexicon);
  const labels = [...new Set(samples.map((sample) => sample.label))].sort();
  const place = new Map(labels.map((label, at) => [label, at]));
  const target = Int32Array.from(samples, (sample) => place.get(sample.label) ?? 0);
  const messages = samples.map((sample) => rawFeaturesOf(readAs(sample.text, sample.language), conceptOf));
  const { keys, rarity } = vocabularyOf(messages);
  const weigh = (key: number): number => {
    const column = columnOf(keys, key);
    return column < 0 ? 0 : (rarity[column] as number);
  };
  const rows = rowsOf(
    messages.map((message) => weighed(message, weigh)),
    keys,
  );
  const counts = new Float64Array(labels.length);
  for (const label of target) (counts[label] as number) += 1;
  const usual = samples.length / Math.max(1, labels.length);
  // Labels with few phrasings must not drown beside those with many; the square root keeps part of what is frequent.
  const importance = Float32Array.from(
    samples,
    (sample, at) => sample.weight * Math.sqrt(usual / (counts[target[at] as number] as number)),
  );
  return {
    labels,
    keys,
    rarity,
    regression: trainRegression(rows, target, importance, { features: keys.length, classes: labels.length }, training),
    postings: transposed(rows, keys.length),
    phrases: samples.map((sample) => sample.text),
    phraseLabels: Uint16Array.from(target),
    language: trainLanguage(samples),
    checkpoints,
    lexicon,
  };
}
