/** Scores one read message against a model: regression and nearest phrasings in one calibrated distribution over labels. */
import { rawFeaturesOf, weighed } from './features.js';
import type { ConceptOf } from './lexicon.js';
import { columnOf, type Model } from './model.js';
import type { Normalised } from './normalise.js';
import { addLogits, softmax } from './regression.js';

/** How the two scorers are joined; chosen by cross-validation, see `thresholds.ts`. */
export interface Mixture {
  /** Logits a phrasing of full likeness adds to its label. */
  readonly nearest: number;
  readonly temperature: number;
}
export const mixture: Mixture = { nearest: 3.5, temperature: 0.9 };
/** A feature in more than this share of the phrasings says too little about the nearest to be worth the walk. */
const commonest = 0.15;

export interface Scores {
  /** Logits by label (index), before the temperature. */
  readonly logits: Float64Array;
  /** Share of the message's weight that the vocabulary knows, 0 to 1. */
  readonly known: number;
}

/** Logits of every label for one message; `conceptOf` is made of the model's lexicon. */
export function score(model: Model, conceptOf: ConceptOf, message: Normalised, mix: Mixture = mixture): Scores {
  const { keys, rarity } = model;
  const found = weighed(rawFeaturesOf(message, conceptOf), (key) => {
    const column = columnOf(keys, key);
    return column < 0 ? 0 : (rarity[column] as number);
  });
  const columns = new Int32Array(found.size);
  const values = new Float32Array(found.size);
  let at = 0;
  for (const [key, value] of found) {
    columns[at] = columnOf(keys, key);
    values[at] = value;
    at += 1;
  }
  const logits = new Float64Array(model.labels.length);
  addLogits(model.regression, columns, values, logits);
  const near = nearness(model, columns, values);
  for (let one = 0; one < logits.length; one += 1) (logits[one] as number) += mix.nearest * (near[one] as number);
  return { logits, known: found.size === 0 ? 0 : 1 };
}

/** For each label the mean likeness (cosine) of its two nearest phrasings, the nearest counting double. */
function nearness(model: Model, columns: Int32Array, values: Float32Array): Float64Array {
  const { postings, phraseLabels } = model;
  const likeness = new Float32Array(phraseLabels.length);
  const most = phraseLabels.length * commonest;
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] as number;
    const from = postings.offsets[column] as number;
    const to = postings.offsets[column + 1] as number;
    if (to - from > most) continue;
    const value = values[at] as number;
    for (let entry = from; entry < to; entry += 1) {
      (likeness[postings.columns[entry] as number] as number) += value * (postings.values[entry] as number);
    }
  }
  const first = new Float64Array(model.labels.length);
  const second = new Float64Array(model.labels.length);
  for (let phrase = 0; phrase < likeness.length; phrase += 1) {
    const value = likeness[phrase] as number;
    const label = phraseLabels[phrase] as number;
    if (value > (first[label] as number)) {
      second[label] = first[label] as number;
      first[label] = value;
    } else if (value > (second[label] as number)) second[label] = value;
  }
  return first.map((value, label) => (2 * value + (second[label] as number)) / 3);
}

/** Probabilities of the logits under the temperature. */
export function probabilities(logits: Float64Array, temperature: number): Float64Array {
  const scaled = logits.map((logit) => logit / temperature);
  softmax(scaled);
  return scaled;
}
