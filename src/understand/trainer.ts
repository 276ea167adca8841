/**
 * Trains models from samples and keeps what the next training can use again: the features of phrasings that stayed, and the weights.
 * Every training is a generator that yields each few milliseconds, so that a newer one may take its place.
 */
import { begun, goneOn, lessonsAmong, rowKey, targetOf } from './beginnings.js';
import type { IndexedConcept, IndexedPayment } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { featuresOf, type PackedFeatures } from './features.js';
import type { Learnt, Row } from './grown.js';
import { type LearningOptions, learn } from './learn.js';
import type { Model } from './model.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { packed, type TrainingMaterial } from './packed-model.js';
import { createPayments } from './payments.js';
import { recalled } from './recalled.js';
import type { Sample } from './samples.js';
import { type Seeing, seeingBy } from './seen-tokens.js';
import { rowsOf } from './vocabulary.js';

/**
 * `whole` begins at nothing and depends on the samples alone. `quick` begins at what is known and learns what is new beside some of what is
 * old: a thirtieth of the work, and nearly as good until the whole training is done. Where nothing is known it is whole. `rehearsed` does
 * the same and forgets it: the next quick one runs code that the engine has compiled (measured: in two thirds of the time).
 */
export type Thoroughness = 'whole' | 'quick' | 'rehearsed';
export interface Trainer {
  train(
    samples: readonly Sample[],
    material: TrainingMaterial,
    thoroughness: Thoroughness,
  ): Generator<void, Model, undefined>;
  /** Nothing was learnt or recalled yet. */
  readonly isNew: boolean;
  /** What is known from here on: what these samples taught a model that was trained before. A fifth of the work of a whole training. */
  recall(samples: readonly Sample[], model: Model): Generator<void, void, undefined>;
}

/** Chosen by cross-validation, see docs/adr/0006-understanding.md. */
const options: LearningOptions = { epochs: 6, rate: 0.9, dropped: 0.3, smoothing: 0.04 };
const quickEpochs = 3;

/** A phrasing as it was read once. */
interface ReadSample {
  readonly tokens: readonly Token[];
  /** A phrasing is read as a message is: without the greeting before its matter. */
  readonly matter: Normalised;
  readonly features: PackedFeatures;
}

/** Samples between two pauses. */
const samplesAtOnce = 100;

/** Whether another lexicon gives a word another concept: a phrasing without such a word keeps its features. */
function seenAnew({ conceptOf }: Seeing, before?: Seeing): (token: Token) => boolean {
  const answers = new Map<string, boolean>();
  return ({ folded }) => {
    let isAnew = answers.get(folded);
    if (isAnew === undefined) {
      isAnew = conceptOf(folded) !== before?.conceptOf(folded);
      answers.set(folded, isAnew);
    }
    return isAnew;
  };
}

export function createTrainer(): Trainer {
  let known: ReadonlyMap<string, ReadSample> = new Map();
  /** By what they were read. */
  let seenBy: Seeing | undefined;
  let last: Learnt<ReadSample> | undefined;

  function* readAll(
    samples: readonly Sample[],
    lexicon: readonly IndexedConcept[],
    added: readonly IndexedPayment[],
  ): Generator<void, readonly ReadSample[], undefined> {
    const seeing = seeingBy(lexicon);
    // A newer training may come in between, with a lexicon of its own: what was known at the beginning stays what this one goes on from.
    const knownBefore = known;
    const isSeenAnew = seeing === seenBy ? () => false : seenAnew(seeing, seenBy);
    const payments = createPayments(added);
    /** Questions about an added payment are read in the likeness of known ones, as messages are. */
    const likened = new Map(added.map(({ label, amount, words }) => [label, JSON.stringify([amount, words])]));
    const reads = new Map<string, ReadSample>();
    const all: ReadSample[] = [];
    for (const [at, { label, language, text }] of samples.entries()) {
      if (at % samplesAtOnce === 0) yield;
      const likeness = likened.get(label);
      const key = `${likeness ?? ''}${language}\n${text}`;
      const before = knownBefore.get(key);
      if (before !== undefined && !before.matter.tokens.some(isSeenAnew)) {
        reads.set(key, before);
        all.push(before);
        continue;
      }
      const read = (): Normalised => normalise(text, language);
      const message = before ?? (likeness === undefined ? read() : payments.asKnown(read()));
      const matter = before?.matter ?? withoutCourtesy(message as Normalised);
      const sample = { tokens: message.tokens, matter, features: featuresOf(matter, seeing.see) };
      reads.set(key, sample);
      all.push(sample);
    }
    known = reads;
    seenBy = seeing;
    return all;
  }

  return {
    *train(samples, material, thoroughness) {
      const reads = yield* readAll(samples, material.lexicon, material.payments ?? []);
      const base = thoroughness === 'whole' ? undefined : last;
      const { learnt, fresh } = base === undefined ? yield* begun(samples, reads) : yield* goneOn(base, samples, reads);
      const { learner, classes } = learnt;
      yield;
      const rows = samples.map((sample) => learnt.rows.get(rowKey(sample)) as Row<ReadSample>);
      const target = targetOf(samples, classes);
      const importance = importanceOf(samples, target, classes.length);
      const lessonsAt = base === undefined ? [...rows.keys()] : lessonsAmong(rows, fresh, learnt);
      const lessons = {
        rows: rowsOf(lessonsAt.map((at) => (rows[at] as Row<ReadSample>).vector)),
        target: Int32Array.from(lessonsAt, (at) => target[at] as number),
        importance: Float32Array.from(lessonsAt, (at) => importance[at] as number),
      };
      yield* learn(learner, lessons, base === undefined ? options : { ...options, epochs: quickEpochs });
      if (thoroughness !== 'rehearsed') last = learnt;
      yield;
      return yield* packed(learnt, samples, rows, target, material);
    },
    get isNew() {
      return last === undefined;
    },
    *recall(samples, model) {
      const before = last;
      const reads = yield* readAll(samples, model.lexicon, model.payments);
      const learnt = yield* recalled(model, samples, reads);
      // What was learnt meanwhile is newer.
      if (last === before) last = learnt;
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
