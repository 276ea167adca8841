/** Scores one read message against a model: regression and nearest phrasings in one calibrated distribution over labels. */
import { columnsOf, raritiesOf } from './columns.js';
import { featuresOf, kindsInOrder, type NoteFeature, shares } from './features.js';
import type { Model } from './model.js';
import { contendersOf, createFindNearest } from './nearest.js';
import type { Normalised } from './normalise.js';
import { createLogits } from './regression.js';
import type { SeeToken } from './seen-tokens.js';
import { type Vector, vectorOf } from './vocabulary.js';
import { createLetterSum, type LetterSum } from './word-sums.js';

/** How the two scorers are joined; chosen by cross-validation, see `thresholds.ts`. */
export interface Mixture {
  /** Logits a phrasing of full likeness adds to its label. */
  readonly nearest: number;
  readonly temperature: number;
}
export const mixture: Mixture = { nearest: 1.3, temperature: 0.65 };
/** How much the two nearest phrasings of a label count: the nearest double. */
export const nearestShares = [2 / 3, 1 / 3] as const;

/** What a model sees of a message: the features it knows; `note` hears of each feature's origin. */
export type KnownFeatures = (message: Normalised, note?: NoteFeature) => Vector;

/** Makes the function that sees them; `see` is made of the model's lexicon. */
export function createKnownFeatures(model: Model, see: SeeToken): KnownFeatures {
  const rarities = raritiesOf(model);
  return (message, note) => {
    const features = featuresOf(message, see, note);
    return vectorOf(features, columnsOf(model, features.keys), rarities);
  };
}

/** Logits of every label (index) for one message, before the temperature. */
export type Score = (message: Normalised) => Float64Array;

/** All kinds of features but letters, which are summed up word by word. */
const kindsOfWords = kindsInOrder.filter((kind) => kind !== 'letters');
/** Less than any letters have. */
const nearNothing = 1e-6;

/** The vector with letters behind it that are to be taken times `scale`. */
function withLetters(vector: Vector, { columns, values }: LetterSum['again'], scale: number): Vector {
  if (columns.length === 0) return vector;
  const size = vector.columns.length;
  const all = { columns: new Int32Array(size + columns.length), values: new Float32Array(size + columns.length) };
  all.columns.set(vector.columns);
  all.values.set(vector.values);
  for (let at = 0; at < columns.length; at += 1) {
    all.columns[size + at] = columns[at] as number;
    all.values[size + at] = scale * (values[at] as number);
  }
  return { ...all, whole: vector.whole };
}

/** Makes the function that scores: the same as by `KnownFeatures`, in less time. */
export function createScore(model: Model, see: SeeToken, mix: Mixture = mixture): Score {
  const rarities = raritiesOf(model);
  const sumLetters = createLetterSum(model, see);
  const logitsOf = createLogits(model);
  const findNearest = createFindNearest(model);
  const contends = new Uint8Array(model.labels.length);
  const [first, second] = [mix.nearest * nearestShares[0], mix.nearest * nearestShares[1]];
  return (message) => {
    const letters = sumLetters(message.tokens);
    const hasLetters = letters.square > nearNothing;
    const features = featuresOf(message, see, undefined, kindsOfWords);
    const known = columnsOf(model, features.keys);
    const others = vectorOf(features, known, rarities, hasLetters ? shares.letters ** 2 : 0);
    const scale = hasLetters ? shares.letters / Math.sqrt(letters.square * others.whole) : 0;
    const vector = withLetters(others, letters.again, scale);
    const logits = logitsOf(vector.columns, vector.values);
    for (let word = 0; word < letters.words.length; word += 1) {
      const { sum, weight } = letters.words[word] as LetterSum['words'][number];
      addTimes(logits, sum.logits, scale * weight);
    }
    const { likeness } = findNearest(vector, contendersOf(logits, contends), letters.words, scale);
    addLikeness(logits, likeness, contends, first, second);
    return logits;
  };
}
function addTimes(logits: Float64Array, more: Float32Array, times: number): void {
  for (let label = 0; label < logits.length; label += 1) (logits[label] as number) += times * (more[label] as number);
}

/** Adds what the two nearest phrasings of each label that contends say. */
function addLikeness(
  logits: Float64Array,
  likeness: Float64Array,
  contends: Uint8Array,
  first: number,
  second: number,
): void {
  for (let label = 0; label < logits.length; label += 1) {
    if (contends[label] === 1)
      (logits[label] as number) +=
        first * (likeness[2 * label] as number) + second * (likeness[2 * label + 1] as number);
  }
}

/** What the probabilities are parts of: that of a label is `exp((logit − top) / temperature) / sum`. */
export function partsOf(logits: Float64Array, temperature: number): { readonly top: number; readonly sum: number } {
  let top = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < logits.length; at += 1) top = Math.max(top, logits[at] as number);
  let sum = 0;
  for (let at = 0; at < logits.length; at += 1) sum += Math.exp(((logits[at] as number) - top) / temperature);
  return { top, sum };
}
/** The greatest of the probabilities. */
export const topProbability = (logits: Float64Array, temperature: number): number =>
  1 / partsOf(logits, temperature).sum;
