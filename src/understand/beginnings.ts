/** What a training begins with: nothing, or what is known with room for what is new; and which phrasings it learns from there. */
import type { Label } from './contract.js';
import {
  columned,
  grownColumns,
  grownLearner,
  type Learnt,
  likenessTo,
  type Reading,
  type Row,
  vectorBy,
} from './grown.js';
import { trainLanguage } from './language-odds.js';
import { freshLearner } from './learn.js';
import type { Token } from './normalise.js';
import type { Sample } from './samples.js';
import { stemOf } from './seen-tokens.js';
import { learnSpelling } from './spelling.js';
import { joined, rowsOf, transposed, vocabularyOf } from './vocabulary.js';

/** Of what is old, so many rows are learnt again, so that what is new does not drown them: some of all, and those most like what is new. */
const again = { ofAll: 150, likest: 300 } as const;
/** A phrasing as it was read. */
export interface ReadPhrasing extends Reading {
  readonly tokens: readonly Token[];
}
/** What a phrasing is known by among the rows. */
export const rowKey = ({ label, text }: Pick<Sample, 'label' | 'text'>): string => `${label}\n${text}`;
/** The class of each sample. */
export function targetOf(samples: readonly Sample[], classes: readonly Label[]): Int32Array {
  const place = new Map(classes.map((label, at) => [label, at]));
  return Int32Array.from(samples, ({ label }) => place.get(label) as number);
}

/** The places of these classes, class by class. */
export const byClass = (target: Int32Array): readonly number[] =>
  [...target.keys()].sort((a, b) => (target[a] as number) - (target[b] as number) || a - b);

/** A phrasing that is new to a training. */
type Fresh<R extends ReadPhrasing> = ReadonlySet<Row<R>>;
interface Beginning<R extends ReadPhrasing> {
  readonly learnt: Learnt<R>;
  readonly fresh: Fresh<R>;
}
/** What a training of these samples begins with where nothing is known. */
export function* begun<R extends ReadPhrasing>(
  samples: readonly Sample[],
  reads: readonly R[],
): Generator<void, Beginning<R>, undefined> {
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  const target = targetOf(samples, classes);
  const columns = columned(vocabularyOf(reads.map(({ features }) => features)));
  yield;
  // Rows stand label by label: a column's classes are then found in one walk.
  const byLabel = byClass(target);
  const rows = new Map<string, Row<R>>();
  for (const [place, at] of byLabel.entries()) {
    const read = reads[at] as R;
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
export function* goneOn<R extends ReadPhrasing>(
  base: Learnt<R>,
  samples: readonly Sample[],
  reads: readonly R[],
): Generator<void, Beginning<R>, undefined> {
  const isKnown = (at: number): boolean => base.rows.get(rowKey(samples[at] as Sample))?.read === reads[at];
  const news = [...samples.keys()].filter((at) => !isKnown(at));
  const labels = new Set(samples.map(({ label }) => label));
  const classes = [...base.classes, ...[...labels].filter((label) => !base.classes.includes(label)).sort()];
  const columns = grownColumns(
    base.columns,
    news.map((at) => (reads[at] as R).features),
    samples.length,
  );
  yield;
  const freshRows = news.map((at, place): [string, Row<R>] => {
    const read = reads[at] as R;
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
export function lessonsAmong<R extends ReadPhrasing>(
  rows: readonly Row<R>[],
  fresh: Fresh<R>,
  { postings, places }: Pick<Learnt<R>, 'postings' | 'places'>,
): readonly number[] {
  const alike = likenessTo(
    Array.from(fresh, ({ vector }) => vector),
    postings,
    places,
  );
  const apart = Math.ceil(rows.length / again.ofAll);
  const byLikeness = [...rows.keys()].sort(
    (a, b) => (alike[(rows[b] as Row<R>).at] as number) - (alike[(rows[a] as Row<R>).at] as number),
  );
  const likest = new Set(byLikeness.slice(0, again.likest));
  return [...rows.entries()].flatMap(([at, row]) => (fresh.has(row) || likest.has(at) || at % apart === 0 ? at : []));
}
