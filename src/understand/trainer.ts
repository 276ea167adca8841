/**
 * Trains models from samples and keeps what the next training can use again: the features of phrasings that stayed, and the weights.
 * Every training is a generator that yields each few milliseconds, so that a newer one may take its place.
 */
import { packedColumns } from './columns.js';
import type { IndexedConcept, IndexedPayment, IndexMaterial, Label } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { featuresOf, type PackedFeatures } from './features.js';
import { byKey, columned, grownColumns, grownLearner, type Learnt, likenessTo, type Row, vectorBy } from './grown.js';
import { trainLanguage } from './language-odds.js';
import { freshLearner, type LearningOptions, learn, quantised } from './learn.js';
import type { Model } from './model.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { packTexts } from './packed-texts.js';
import { createPayments } from './payments.js';
import { packedPostings } from './postings.js';
import { recalled } from './recalled.js';
import type { Sample } from './samples.js';
import { seeingBy, stemOf } from './seen-tokens.js';
import { learnSpelling } from './spelling.js';
import { joined, rowsOf, transposed, vocabularyOf } from './vocabulary.js';

export type TrainingMaterial = Pick<IndexMaterial, 'checkpoints' | 'lexicon' | 'payments'>;
/**
 * `whole` begins at nothing and depends on the samples alone. `quick` begins at what is known and learns what is new beside some of what is
 * old: a tenth of the work, and nearly as good until the whole training is done. Where nothing is known it is whole.
 */
export type Thoroughness = 'whole' | 'quick';
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
const quickEpochs = 4;
/** Of what is old, so many rows are learnt again, so that what is new does not drown them: some of all, and those most like what is new. */
const again = { ofAll: 150, likest: 300 } as const;
/** A phrasing as it was read once. */
interface ReadSample {
  readonly tokens: readonly Token[];
  /** A phrasing is read as a message is: without the greeting before its matter. */
  readonly matter: Normalised;
  /** Its concepts, word by word: where they stayed the same, so did its features. */
  readonly concepts: string;
  readonly features: PackedFeatures;
}
/** Samples between two pauses. */
const samplesAtOnce = 100;

export function createTrainer(): Trainer {
  let known: ReadonlyMap<string, ReadSample> = new Map();
  /** The lexicon that they were read by. */
  let readBy = '';
  let last: Learnt<ReadSample> | undefined;

  function* readAll(
    samples: readonly Sample[],
    lexicon: readonly IndexedConcept[],
    added: readonly IndexedPayment[],
  ): Generator<void, readonly ReadSample[], undefined> {
    const { conceptOf, see } = seeingBy(lexicon);
    const by = JSON.stringify(lexicon);
    const isSameLexicon = by === readBy;
    const concepts = new Map<string, string>();
    const conceptIn = ({ folded }: Token): string => {
      const found = concepts.get(folded) ?? conceptOf(folded) ?? '';
      concepts.set(folded, found);
      return found;
    };
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
    *train(samples, material, thoroughness) {
      const reads = yield* readAll(samples, material.lexicon, material.payments ?? []);
      const base = thoroughness === 'quick' ? last : undefined;
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
      last = learnt;
      yield;
      return yield* packed(learnt, samples, rows, target, material);
    },
    get isNew() {
      return last === undefined;
    },
    *recall(samples, model) {
      const reads = yield* readAll(samples, model.lexicon, model.payments);
      last = yield* recalled(model, samples, reads, rowKey);
    },
  };
}

const rowKey = ({ label, text }: Pick<Sample, 'label' | 'text'>): string => `${label}\n${text}`;
/** The class of each sample. */
function targetOf(samples: readonly Sample[], classes: readonly Label[]): Int32Array {
  const place = new Map(classes.map((label, at) => [label, at]));
  return Int32Array.from(samples, ({ label }) => place.get(label) as number);
}

/** A phrasing that is new to a training. */
type Fresh = ReadonlySet<Row<ReadSample>>;
interface Beginning {
  readonly learnt: Learnt<ReadSample>;
  readonly fresh: Fresh;
}
/** What a training of these samples begins with where nothing is known. */
function* begun(samples: readonly Sample[], reads: readonly ReadSample[]): Generator<void, Beginning, undefined> {
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  const target = targetOf(samples, classes);
  const columns = columned(vocabularyOf(reads.map(({ features }) => features)));
  yield;
  // Rows stand label by label: a column's classes are then found in one walk.
  const byLabel = [...target.keys()].sort((a, b) => (target[a] as number) - (target[b] as number) || a - b);
  const rows = new Map<string, Row<ReadSample>>();
  for (const [place, at] of byLabel.entries()) {
    const read = reads[at] as ReadSample;
    rows.set(rowKey(samples[at] as Sample), { at: place, read, vector: vectorBy(columns, read.features) });
  }
  yield;
  const all = [...rows.values()];
  const postings = transposed(rowsOf(all.map(({ vector }) => vector)), columns.keys.length);
  yield;
  const learner = freshLearner(
    postings,
    Int32Array.from(byLabel, (at) => target[at] as number),
    classes.length,
  );
  yield;
  const spelling = learnSpelling(
    reads.map(({ tokens }) => tokens),
    stemOf,
  );
  yield;
  const language = trainLanguage(reads.map(({ tokens }, at) => ({ language: samples[at]?.language ?? 'kk', tokens })));
  const learnt = { classes, columns, rows, places: all.length, postings, learner, spelling, language };
  return { learnt, fresh: new Set() };
}
/** What it begins with where much is known: that, with room for what is new. */
function* goneOn(
  base: Learnt<ReadSample>,
  samples: readonly Sample[],
  reads: readonly ReadSample[],
): Generator<void, Beginning, undefined> {
  const isKnown = (at: number): boolean => base.rows.get(rowKey(samples[at] as Sample))?.read === reads[at];
  const news = [...samples.keys()].filter((at) => !isKnown(at));
  const labels = new Set(samples.map(({ label }) => label));
  const classes = [...base.classes, ...[...labels].filter((label) => !base.classes.includes(label)).sort()];
  const columns = grownColumns(
    base.columns,
    news.map((at) => (reads[at] as ReadSample).features),
    samples.length,
  );
  yield;
  const freshRows = news.map((at, place): [string, Row<ReadSample>] => {
    const read = reads[at] as ReadSample;
    return [rowKey(samples[at] as Sample), { at: base.places + place, read, vector: vectorBy(columns, read.features) }];
  });
  const rows = new Map(base.rows);
  for (const [key, row] of freshRows) rows.set(key, row);
  const holders = transposed(rowsOf(freshRows.map(([, { vector }]) => vector)), columns.keys.length);
  yield;
  const target = targetOf(
    news.map((at) => samples[at] as Sample),
    classes,
  );
  const learner = grownLearner(base.learner, holders, target, classes.length);
  for (const [at, label] of classes.entries()) {
    if (!labels.has(label)) learner.bias[at] = Number.NEGATIVE_INFINITY;
    else if (learner.bias[at] === Number.NEGATIVE_INFINITY) learner.bias[at] = 0;
  }
  yield;
  const postings = joined(base.postings, { ...holders, columns: holders.columns.map((row) => base.places + row) });
  const learnt = { ...base, classes, columns, rows, places: base.places + news.length, postings, learner };
  return { learnt, fresh: new Set(freshRows.map(([, row]) => row)) };
}

/** Of these rows (by their places) those to be learnt where much is known: the fresh ones, those most like them, and some of all. */
function lessonsAmong(
  rows: readonly Row<ReadSample>[],
  fresh: Fresh,
  { postings, places }: Pick<Learnt<ReadSample>, 'postings' | 'places'>,
): readonly number[] {
  const alike = likenessTo(
    Array.from(fresh, ({ vector }) => vector),
    postings,
    places,
  );
  const apart = Math.ceil(rows.length / again.ofAll);
  const byLikeness = [...rows.keys()].sort(
    (a, b) => (alike[(rows[b] as Row<ReadSample>).at] as number) - (alike[(rows[a] as Row<ReadSample>).at] as number),
  );
  const likest = new Set(byLikeness.slice(0, again.likest));
  return [...rows.entries()].flatMap(([at, row]) => (fresh.has(row) || likest.has(at) || at % apart === 0 ? at : []));
}

/** The model of what was learnt: labels, columns and phrasings in order, and only those of these samples. */
function* packed(
  { classes, columns, places, postings, learner, spelling, language }: Learnt<ReadSample>,
  samples: readonly Sample[],
  rows: readonly Row<ReadSample>[],
  target: Int32Array,
  { checkpoints, lexicon, payments = [] }: TrainingMaterial,
): Generator<void, Model, undefined> {
  const order = byKey(columns);
  const isLeft = new Set(target);
  const left = [...classes.keys()].filter((label) => isLeft.has(label));
  const classPlace = new Int32Array(classes.length).fill(-1);
  left.forEach((label, place) => {
    classPlace[label] = place;
  });
  // The model holds its phrasings label by label, so that those nearest to a message are found in one walk.
  const byLabel = [...rows.keys()].sort((a, b) => (target[a] as number) - (target[b] as number) || a - b);
  const phrasePlace = new Int32Array(places).fill(-1);
  byLabel.forEach((at, place) => {
    phrasePlace[(rows[at] as Row<ReadSample>).at] = place;
  });
  yield;
  const regression = quantised(learner, order, classPlace);
  yield;
  const holders = packedPostings(postings, columns.ofLetters, order, phrasePlace);
  yield;
  return {
    labels: left.map((label) => classes[label] as Label),
    ...packedColumns(columns, order, regression, holders),
    weights: regression.weights,
    bias: regression.bias,
    gathered: Float32Array.from(order, (column) => learner.gathered[column] as number),
    holders: holders.entries,
    phrases: packTexts(byLabel.map((at) => samples[at]?.text ?? '')),
    phraseLabels: Uint16Array.from(byLabel, (at) => classPlace[target[at] as number] as number),
    ...{ spelling, language, checkpoints, lexicon, payments },
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
