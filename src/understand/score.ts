/** Scores one read message against a model: regression and nearest phrasings in one calibrated distribution over labels. */
import { type NoteFeature, rawFeaturesOf } from './features.js';
import type { ConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import type { Normalised } from './normalise.js';
import { addLogits, softmax } from './regression.js';
import { columnOf, packed, type Vector, vectorOf } from './vocabulary.js';

/** How the two scorers are joined; chosen by cross-validation, see `thresholds.ts`. */
export interface Mixture {
  /** Logits a phrasing of full likeness adds to its label. */
  readonly nearest: number;
  readonly temperature: number;
}
export const mixture: Mixture = { nearest: 1, temperature: 0.65 };
/** A feature in more than this share of the phrasings says too little about the nearest to be worth the walk. */
const commonest = 0.15;
/** How much the two nearest phrasings of a label count: the nearest double. */
export const nearestShares = [2 / 3, 1 / 3] as const;

/** What the model sees of a message; `conceptOf` is made of the model's lexicon, `note` hears of each feature's origin. */
export function knownFeaturesOf(
  { keys, rarity }: Model,
  conceptOf: ConceptOf,
  message: Normalised,
  note?: NoteFeature,
): Vector {
  return vectorOf(packed(rawFeaturesOf(message, conceptOf, note)), (key) => columnOf(keys, key), rarity);
}

/** Logits of every label (index) for one message, before the temperature. */
export function score(model: Model, conceptOf: ConceptOf, message: Normalised, mix: Mixture = mixture): Float64Array {
  const features = knownFeaturesOf(model, conceptOf, message);
  const logits = new Float64Array(model.labels.length);
  addLogits(model.regression, features.columns, features.values, logits);
  nearestOf(model, features).forEach(({ likeness }, label) => {
    for (const [place, share] of nearestShares.entries())
      (logits[label] as number) += mix.nearest * share * (likeness[place] ?? 0);
  });
  return logits;
}

/** The two nearest phrasings of one label: their places and how alike they are (cosine), the nearest first; place -1 where there is none. */
export interface Nearest {
  readonly phrase: [number, number];
  readonly likeness: [number, number];
}

/** For each label (index) its two phrasings nearest to a message. */
export function nearestOf(model: Model, { columns, values }: Vector): readonly Nearest[] {
  const { postings, phraseLabels } = model;
  const alike = new Float32Array(phraseLabels.length);
  const most = phraseLabels.length * commonest;
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] as number;
    const from = postings.offsets[column] as number;
    const to = postings.offsets[column + 1] as number;
    if (to - from > most) continue;
    const value = values[at] as number;
    for (let entry = from; entry < to; entry += 1) {
      (alike[postings.columns[entry] as number] as number) += value * (postings.values[entry] as number);
    }
  }
  const nearest = model.labels.map((): Nearest => ({ phrase: [-1, -1], likeness: [0, 0] }));
  for (let at = 0; at < alike.length; at += 1) {
    const value = alike[at] as number;
    const { phrase, likeness } = nearest[phraseLabels[at] as number] as Nearest;
    if (value > likeness[0]) {
      phrase[1] = phrase[0];
      likeness[1] = likeness[0];
      phrase[0] = at;
      likeness[0] = value;
    } else if (value > likeness[1]) {
      phrase[1] = at;
      likeness[1] = value;
    }
  }
  return nearest;
}

/** Probabilities of the logits under the temperature. */
export function probabilities(logits: Float64Array, temperature: number): Float64Array {
  const scaled = logits.map((logit) => logit / temperature);
  softmax(scaled);
  return scaled;
}
