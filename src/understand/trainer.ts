/**
 * Trains models from samples and keeps what the next training can use again: the features of phrasings that stayed, and the weights.
 * Every training is a generator that yields each few milliseconds, so that a newer one may take its place.
 */
import type { IndexMaterial, Label } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { rawFeaturesOf, stemOf } from './features.js';
import { trainLanguage } from './language-odds.js';
import { freshLearner, type Learner, type LearningOptions, learn, quantised } from './learn.js';
import { type ConceptOf, createConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { packTexts } from './packed-texts.js';
import type { Sample } from './samples.js';
import { learnSpelling } from './spelling.js';
import { columnOf, type PackedFeatures, packed, rowsOf, transposed, vectorOf, vocabularyOf } from './vocabulary.js';

export type TrainingMaterial = Pick<IndexMaterial, 'checkpoints' | 'lexicon'>;
/** `whole` begins at nothing and depends on the samples alone; `quick` begins at the last training's weights and needs a third of the time. */
export type Thoroughness = 'whole' | 'quick';
export interface Trainer {
  train(
    samples: readonly Sample[],
    material: TrainingMaterial,
    thoroughness: Thoroughness,
  ): Generator<void, Model, undefined>;
}

/** Chosen by cross-validation, see docs/adr/0006-understanding.md. */
const options: LearningOptions = { epochs: 6, rate: 0.9, dropped: 0.3, smoothing: 0.04 };
const quickEpochs = 2;
/** What weights that go on learning remember of their gradients: less, so that what changed is learnt in few steps. */
const remembered = 0.25;

/** A phrasing as it was read once. */
interface ReadSample {
  readonly tokens: readonly Token[];
  /** A phrasing is read as a message is: without the greeting before its matter. */
  readonly matter: Normalised;
  /** Its concepts, word by word: where they stayed the same, so did its features. */
  readonly concepts: string;
  readonly features: PackedFeatures;
}
interface Learnt {
  readonly labels: readonly Label[];
  readonly keys: Uint32Array;
  readonly learner: Learner;
}

/** Samples between two pauses. */
const samplesAtOnce = 100;

export function createTrainer(): Trainer {
  let known: ReadonlyMap<string, ReadSample> = new Map();
  let last: Learnt | undefined;

  function* readAll(
    samples: readonly Sample[],
    conceptOf: ConceptOf,
  ): Generator<void, readonly ReadSample[], undefined> {
    const concepts = new Map<string, string>();
    const conceptIn = ({ folded }: Token): string => {
      const found = concepts.get(folded) ?? conceptOf(folded) ?? '';
      concepts.set(folded, found);
      return found;
    };
    const reads = new Map<string, ReadSample>();
    const all: ReadSample[] = [];
    for (const [at, { language, text }] of samples.entries()) {
      if (at % samplesAtOnce === 0) yield;
      const key = `${language}\n${text}`;
      const before = known.get(key);
      const message = before ?? normalise(text, language);
      const matter = before?.matter ?? withoutCourtesy(message as Normalised);
      const said = matter.tokens.map(conceptIn).join(' ');
      const read =
        before?.concepts === said
          ? before
          : { tokens: message.tokens, matter, concepts: said, features: packed(rawFeaturesOf(matter, conceptOf)) };
      reads.set(key, read);
      all.push(read);
    }
    known = reads;
    return all;
  }

  return {
    *train(samples, { checkpoints, lexicon }, thoroughness) {
      const reads = yield* readAll(samples, createConceptOf(lexicon));
      const labels = [...new Set(samples.map((sample) => sample.label))].sort();
      const place = new Map(labels.map((label, at) => [label, at]));
      const target = Int32Array.from(samples, (sample) => place.get(sample.label) ?? 0);
      const { keys, rarity } = vocabularyOf(reads.map(({ features }) => features));
      yield;
      const columns = new Map<number, number>();
      for (const [column, key] of keys.entries()) columns.set(key, column);
      const rows = rowsOf(reads.map(({ features }) => vectorOf(features, (key) => columns.get(key) ?? -1, rarity)));
      yield;
      const postings = transposed(rows, keys.length);
      const learner = freshLearner(postings, target, labels.length);
      const carried = thoroughness === 'quick' && last !== undefined;
      if (carried) carryOver(last as Learnt, { labels, keys, learner });
      const importance = importanceOf(samples, target, labels.length);
      yield* learn(learner, { rows, target, importance }, carried ? { ...options, epochs: quickEpochs } : options);
      last = { labels, keys, learner };
      return {
        labels,
        keys,
        rarity,
        regression: quantised(learner),
        postings,
        phrases: packTexts(samples.map((sample) => sample.text)),
        phraseLabels: Uint16Array.from(target),
        spelling: learnSpelling(
          reads.map(({ tokens }) => tokens),
          stemOf,
        ),
        language: trainLanguage(reads.map(({ tokens }, at) => ({ language: samples[at]?.language ?? 'kk', tokens }))),
        checkpoints,
        lexicon,
      };
    },
  };
}

/** Labels with few phrasings must not drown beside those with many; the square root keeps part of what is frequent. */
function importanceOf(samples: readonly Sample[], target: Int32Array, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (const label of target) (counts[label] as number) += 1;
  const usual = samples.length / Math.max(1, classes);
  return Float32Array.from(
    samples,
    (sample, at) => sample.weight * Math.sqrt(usual / (counts[target[at] as number] as number)),
  );
}

/** What the last training learnt goes into a learner of other columns and classes, where both have it. */
function carryOver(from: Learnt, to: Learnt): void {
  const places = from.labels.map((label) => to.labels.indexOf(label));
  const old = new Float32Array(to.labels.length);
  to.keys.forEach((key, column) => {
    const before = columnOf(from.keys, key);
    if (before < 0) return;
    old.fill(0);
    const { starts, labels, weights, gathered } = from.learner;
    for (let entry = starts[before] as number; entry < (starts[before + 1] as number); entry += 1) {
      const label = places[labels[entry] as number] as number;
      if (label >= 0) old[label] = weights[entry] as number;
    }
    for (let entry = to.learner.starts[column] as number; entry < (to.learner.starts[column + 1] as number); entry += 1)
      to.learner.weights[entry] = old[to.learner.labels[entry] as number] as number;
    to.learner.gathered[column] = remembered * (gathered[before] as number);
  });
  from.labels.forEach((_, before) => {
    const label = places[before] as number;
    if (label >= 0) to.learner.bias[label] = from.learner.bias[before] as number;
  });
}

/** Runs a training to its end at once. */
export function finished(training: Generator<void, Model, undefined>): Model {
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
  }
}
