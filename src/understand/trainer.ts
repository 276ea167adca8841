/**
 * Trains models from samples and keeps what the next training can use again: the features of phrasings that stayed, and the weights.
 * Every training is a generator that yields each few milliseconds, so that a newer one may take its place.
 */
import { packedColumns } from './columns.js';
import type { IndexedConcept, IndexedPayment, IndexMaterial, Label } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { featuresOf, type PackedFeatures } from './features.js';
import { type LanguageOdds, trainLanguage } from './language-odds.js';
import { freshLearner, type Learner, type LearningOptions, learn, quantised } from './learn.js';
import { createConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { packTexts } from './packed-texts.js';
import { createPayments } from './payments.js';
import { packedPostings } from './postings.js';
import type { Sample } from './samples.js';
import { createSeeToken, stemOf } from './seen-tokens.js';
import { learnSpelling, type Spelling } from './spelling.js';
import {
  bucketsOf,
  placeOf,
  rowsOf,
  transposed,
  type Vector,
  type Vocabulary,
  vectorOf,
  vocabularyOf,
} from './vocabulary.js';

export type TrainingMaterial = Pick<IndexMaterial, 'checkpoints' | 'lexicon' | 'payments'>;
/**
 * `whole` begins at nothing and depends on the samples alone. `quick` begins at what the last training left and learns what is new beside
 * some of what is old: a tenth of the work, and nearly as good until the whole training is done.
 */
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
const quickEpochs = 4;
/** Of what is old, so many rows are learnt again, so that what is new does not drown them. */
const rowsAgain = 1000;
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
interface Learnt extends Vocabulary {
  readonly labels: readonly Label[];
  readonly learner: Learner;
  readonly vectors: ReadonlyMap<ReadSample, Vector>;
  readonly spelling: Spelling;
  readonly language: LanguageOdds;
}

/** Samples between two pauses. */
const samplesAtOnce = 100;

export function createTrainer(): Trainer {
  let known: ReadonlyMap<string, ReadSample> = new Map();
  /** The lexicon that they were read by. */
  let readBy = '';
  let last: Learnt | undefined;

  function* readAll(
    samples: readonly Sample[],
    lexicon: readonly IndexedConcept[],
    added: readonly IndexedPayment[],
  ): Generator<void, readonly ReadSample[], undefined> {
    const conceptOf = createConceptOf(lexicon);
    const by = JSON.stringify(lexicon);
    const isSameLexicon = by === readBy;
    const concepts = new Map<string, string>();
    const conceptIn = ({ folded }: Token): string => {
      const found = concepts.get(folded) ?? conceptOf(folded) ?? '';
      concepts.set(folded, found);
      return found;
    };
    const see = createSeeToken(conceptOf);
    const payments = createPayments(added);
    /** Questions about an added payment are read in the likeness of known ones, as messages are. */
    const likened = new Map(added.map(({ label, amount, words }) => [label, JSON.stringify([amount, words])]));
    const reads = new Map<string, ReadSample>();
    const all: ReadSample[] = [];
    for (const [at, { label, language, text }] of samples.entries()) {
      if (at % samplesAtOnce === 0) yield;
      const likeness = likened.get(label);
      const key = `${likeness ?? ''}${language}\n${text}`;
      const before = known.get(key);
      if (before !== undefined && isSameLexicon) {
        reads.set(key, before);
        all.push(before);
        continue;
      }
      const read = (): Normalised => normalise(text, language);
      const message = before ?? (likeness === undefined ? read() : payments.asKnown(read()));
      const matter = before?.matter ?? withoutCourtesy(message as Normalised);
      const said = matter.tokens.map(conceptIn).join(' ');
      const sample =
        before?.concepts === said
          ? before
          : { tokens: message.tokens, matter, concepts: said, features: featuresOf(matter, see) };
      reads.set(key, sample);
      all.push(sample);
    }
    known = reads;
    readBy = by;
    return all;
  }

  return {
    *train(samples, { checkpoints, lexicon, payments = [] }, thoroughness) {
      const reads = yield* readAll(samples, lexicon, payments);
      const labels = [...new Set(samples.map((sample) => sample.label))].sort();
      const place = new Map(labels.map((label, at) => [label, at]));
      const target = Int32Array.from(samples, (sample) => place.get(sample.label) ?? 0);
      // The model holds its phrasings label by label, so that those nearest to a message are found in one walk.
      const byLabel = [...target.keys()].sort((a, b) => (target[a] as number) - (target[b] as number) || a - b);
      const base = thoroughness === 'quick' ? last : undefined;
      const isNew = reads.map((read) => base?.vectors.get(read) === undefined);
      const { keys, rarity, ofLetters, movedTo } = grownVocabulary(
        base,
        reads.filter((_, at) => isNew[at]).map(({ features }) => features),
      );
      yield;
      const buckets = bucketsOf(keys);
      const rarities = { values: rarity, width: 1, place: 0 };
      const vectors = reads.map((read): Vector => {
        const before = base?.vectors.get(read);
        return before === undefined
          ? vectorOf(
              read.features,
              Int32Array.from(read.features.keys, (key) => placeOf(keys, buckets, key)),
              rarities,
            )
          : { ...before, columns: before.columns.map((column) => movedTo[column] as number) };
      });
      yield;
      const phraseLabels = Uint16Array.from(byLabel, (at) => target[at] as number);
      const postings = transposed(rowsOf(byLabel.map((at) => vectors[at] as Vector)), keys.length);
      const learner = freshLearner(postings, phraseLabels, labels.length);
      yield;
      if (base !== undefined) carryOver(base, { labels, learner }, movedTo);
      yield;
      const importance = importanceOf(samples, target, labels.length);
      const apart = Math.ceil(reads.length / rowsAgain);
      const learnt = [...reads.keys()].filter((at) => base === undefined || isNew[at] === true || at % apart === 0);
      const lessons = {
        rows: rowsOf(learnt.map((at) => vectors[at] as Vector)),
        target: Int32Array.from(learnt, (at) => target[at] as number),
        importance: Float32Array.from(learnt, (at) => importance[at] as number),
      };
      yield* learn(learner, lessons, base === undefined ? options : { ...options, epochs: quickEpochs });
      const spelling =
        base?.spelling ??
        learnSpelling(
          reads.map(({ tokens }) => tokens),
          stemOf,
        );
      yield;
      const language =
        base?.language ??
        trainLanguage(reads.map(({ tokens }, at) => ({ language: samples[at]?.language ?? 'kk', tokens })));
      yield;
      last = {
        ...{ labels, keys, rarity, ofLetters, learner, spelling, language },
        vectors: new Map(reads.map((read, at) => [read, vectors[at] as Vector])),
      };
      const regression = quantised(learner);
      const holders = packedPostings(postings, ofLetters);
      return {
        labels,
        ...packedColumns({ keys, rarity }, regression, holders),
        weights: regression.weights,
        bias: regression.bias,
        holders: holders.entries,
        phrases: packTexts(byLabel.map((at) => samples[at]?.text ?? '')),
        phraseLabels,
        spelling,
        language,
        checkpoints,
        lexicon,
        payments,
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

/** A vocabulary with the columns of the last one, each at its new place, and those that only new messages have. */
function grownVocabulary(
  base: Vocabulary | undefined,
  fresh: readonly PackedFeatures[],
): Vocabulary & { readonly movedTo: Int32Array } {
  const own = vocabularyOf(fresh);
  if (base === undefined) return { ...own, movedTo: new Int32Array(0) };
  const size = base.keys.length + own.keys.length;
  const keys = new Uint32Array(size);
  const rarity = new Float32Array(size);
  const ofLetters = new Uint8Array(size);
  const movedTo = new Int32Array(base.keys.length);
  let used = 0;
  for (let old = 0, young = 0; old < base.keys.length || young < own.keys.length; used += 1) {
    const [one, other] = [base.keys[old] ?? Number.POSITIVE_INFINITY, own.keys[young] ?? Number.POSITIVE_INFINITY];
    const kept = one <= other;
    keys[used] = kept ? one : other;
    rarity[used] = (kept ? base.rarity[old] : own.rarity[young]) as number;
    ofLetters[used] = (kept ? base.ofLetters[old] : own.ofLetters[young]) as number;
    if (kept) movedTo[old++] = used;
    if (other <= one) young += 1;
  }
  return {
    keys: keys.slice(0, used),
    rarity: rarity.slice(0, used),
    ofLetters: ofLetters.slice(0, used),
    movedTo,
  };
}

/** What the last training learnt goes into a learner of other columns and classes, where both have it. */
function carryOver(from: Learnt, to: Pick<Learnt, 'labels' | 'learner'>, movedTo: Int32Array): void {
  const places = from.labels.map((label) => to.labels.indexOf(label));
  const old = new Float32Array(to.labels.length);
  movedTo.forEach((column, before) => {
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
