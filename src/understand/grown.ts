/** What a training has learnt, in a form that grows: what comes anew stands behind what is known, so that nothing known is numbered again. */
import type { Label } from './contract.js';
import type { PackedFeatures } from './features.js';
import type { LanguageOdds } from './language-odds.js';
import { type Learner, withRoom } from './learn.js';
import type { Spelling } from './spelling.js';
import {
  bucketsOf,
  placeOf,
  type SparseRows,
  type Vector,
  type Vocabulary,
  vectorOf,
  vocabularyOf,
} from './vocabulary.js';

/** The columns of what was learnt first by ascending key, later ones behind them as they came. */
export interface Columned extends Vocabulary {
  /** Of the first ones. */
  readonly buckets: Int32Array;
  /** Columns of the later ones by their keys. */
  readonly later: ReadonlyMap<number, number>;
}
/** What was read of a phrasing. */
export interface Reading {
  readonly features: PackedFeatures;
}
/** A phrasing that was learnt. */
export interface Row<R extends Reading> {
  /** Its place in the postings. */
  readonly at: number;
  readonly read: R;
  readonly vector: Vector;
}
export interface Learnt<R extends Reading> {
  readonly classes: readonly Label[];
  readonly columns: Columned;
  /** By label and text; those that are gone left their places. */
  readonly rows: ReadonlyMap<string, Row<R>>;
  readonly places: number;
  /** The rows of each column. */
  readonly postings: SparseRows;
  readonly learner: Learner;
  readonly spelling: Spelling;
  readonly language: LanguageOdds;
}

/** These columns, of which the first were sorted. */
export const columned = (vocabulary: Vocabulary): Columned => ({
  ...vocabulary,
  buckets: bucketsOf(vocabulary.keys),
  later: new Map(),
});
const columnOfKey = ({ keys, buckets, later }: Columned, key: number): number => {
  const first = placeOf(keys, buckets, key);
  return first >= 0 ? first : (later.get(key) ?? -1);
};
const appended = <A extends Uint32Array | Float32Array | Uint8Array>(room: A, known: A, more: A): A => {
  room.set(known);
  room.set(more, known.length);
  return room;
};
/** The columns with those that only these messages have; `count` messages are known in all. */
export function grownColumns(known: Columned, messages: readonly PackedFeatures[], count: number): Columned {
  const own = vocabularyOf(messages, count);
  const isNew = (key: number): boolean => columnOfKey(known, key) < 0;
  const fresh = own.keys.filter(isNew);
  const rarity = own.rarity.filter((_, at) => isNew(own.keys[at] as number));
  const ofLetters = own.ofLetters.filter((_, at) => isNew(own.keys[at] as number));
  const size = known.keys.length + fresh.length;
  const later = new Map(known.later);
  fresh.forEach((key, at) => {
    later.set(key, known.keys.length + at);
  });
  return {
    keys: appended(new Uint32Array(size), known.keys, fresh),
    rarity: appended(new Float32Array(size), known.rarity, rarity),
    ofLetters: appended(new Uint8Array(size), known.ofLetters, ofLetters),
    buckets: known.buckets,
    later,
  };
}
/** The columns by ascending key, as a model keeps them. */
export function byKey({ keys, later }: Columned): Int32Array {
  const order = new Int32Array(keys.length);
  const first = keys.length - later.size;
  const rest = [...later.values()].sort((a, b) => (keys[a] as number) - (keys[b] as number));
  let place = 0;
  let next = 0;
  for (let column = 0; column < first; column += 1) {
    while (next < rest.length && (keys[rest[next] as number] as number) < (keys[column] as number))
      order[place++] = rest[next++] as number;
    order[place++] = column;
  }
  while (next < rest.length) order[place++] = rest[next++] as number;
  return order;
}

/** A message by the columns; what they do not have falls out. */
export const vectorBy = (columns: Columned, features: PackedFeatures): Vector =>
  vectorOf(
    features,
    Int32Array.from(features.keys, (key) => columnOfKey(columns, key)),
    { values: columns.rarity, width: 1, place: 0 },
  );

/**
 * The learner with room for more classes, and for what new rows hold: `holders` has them by column, `target` their classes. A column that has
 * weights for all classes gets them for the new ones too.
 */
export function grownLearner(
  learner: Learner,
  holders: SparseRows,
  target: ArrayLike<number>,
  classes: number,
): Learner {
  const { offsets, columns: known } = learner.weights;
  const size = holders.offsets.length - 1;
  const starts = new Int32Array(size + 1);
  const labels: number[] = [];
  const added = new Set<number>();
  for (let column = 0; column < size; column += 1) {
    const [from, to] =
      column + 1 < offsets.length ? [offsets[column] as number, offsets[column + 1] as number] : [0, 0];
    added.clear();
    if (to - from === learner.classes) for (let label = learner.classes; label < classes; label += 1) added.add(label);
    for (let at = holders.offsets[column] as number; at < (holders.offsets[column + 1] as number); at += 1)
      added.add(target[holders.columns[at] as number] as number);
    for (const label of added) if (!known.subarray(from, to).includes(label)) labels.push(label);
    starts[column + 1] = labels.length;
  }
  const more = { offsets: starts, columns: Int32Array.from(labels), values: new Float32Array(labels.length) };
  return withRoom(learner, more, classes);
}

/** A feature that more phrasings hold says too little about likeness. */
const mostAlike = 200;
/** How much each row is like these vectors together, by its place. */
export function likenessTo(vectors: readonly Vector[], postings: SparseRows, places: number): Float32Array {
  const { offsets, columns: rows, values } = postings;
  const alike = new Float32Array(places);
  for (const vector of vectors) {
    for (const [place, column] of vector.columns.entries()) {
      const [from, to] = [offsets[column] as number, offsets[column + 1] as number];
      if (to - from > mostAlike) continue;
      for (let at = from; at < to; at += 1)
        (alike[rows[at] as number] as number) += (vector.values[place] as number) * (values[at] as number);
    }
  }
  return alike;
}
