/** From a message's features to the columns of a model: packing, vocabulary, weighing, and sparse rows of many messages. */
import { type Kind, type RawFeatures, shares } from './features.js';

/** Features of one message kind by kind: kind k of `kindsInOrder` holds keys[ends[k − 1]] up to keys[ends[k]]. */
export interface PackedFeatures {
  readonly keys: Uint32Array;
  readonly weights: Float32Array;
  readonly ends: Int32Array;
}
/** The features of a message that a model knows, as columns and their values; of unit length. */
export interface Vector {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}
/** Sparse rows: row r holds columns[offsets[r]..offsets[r+1]] with their values. */
export interface SparseRows {
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}
export interface Vocabulary {
  /** Hash of each known feature, ascending; its place is its column. */
  readonly keys: Uint32Array;
  /** How much a feature counts by being rare, by column. */
  readonly rarity: Float32Array;
}

const kindsInOrder = Object.keys(shares) as Kind[];

/** The same features in three arrays, so that thousands of messages can be kept. */
export function packed(kinds: RawFeatures): PackedFeatures {
  const size = kindsInOrder.reduce((sum, kind) => sum + (kinds.get(kind)?.size ?? 0), 0);
  const keys = new Uint32Array(size);
  const weights = new Float32Array(size);
  let at = 0;
  const ends = Int32Array.from(kindsInOrder, (kind) => {
    for (const [key, weight] of kinds.get(kind) ?? []) {
      keys[at] = key;
      weights[at] = weight;
      at += 1;
    }
    return at;
  });
  return { keys, weights, ends };
}

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

/** All features of these messages and their rarity: the root of the logarithm, for a feature of one message must not outshout all others. */
export function vocabularyOf(messages: readonly PackedFeatures[]): Vocabulary {
  const counts = new Map<number, number>();
  for (const { keys } of messages) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const keys = Uint32Array.from(counts.keys()).sort();
  return {
    keys,
    rarity: Float32Array.from(keys, (key) => Math.sqrt(Math.log(1 + messages.length / (counts.get(key) ?? 1)))),
  };
}

/** Scales every kind to its share and the whole to length one. `find` gives the column of a key, or -1 where it is unknown: it falls out. */
export function vectorOf(
  { keys, weights, ends }: PackedFeatures,
  find: (key: number) => number,
  rarity: Float32Array,
): Vector {
  const columns = new Int32Array(keys.length);
  const values = new Float32Array(keys.length);
  let size = 0;
  let whole = 0;
  let from = 0;
  ends.forEach((to, kind) => {
    const first = size;
    let square = 0;
    for (let at = from; at < to; at += 1) {
      const column = find(keys[at] as number);
      if (column < 0) continue;
      const value = (weights[at] as number) * (rarity[column] as number);
      columns[size] = column;
      values[size] = value;
      square += value * value;
      size += 1;
    }
    from = to;
    if (square === 0) return;
    const share = shares[kindsInOrder[kind] as Kind];
    whole += share * share;
    const scale = share / Math.sqrt(square);
    for (let at = first; at < size; at += 1) (values[at] as number) *= scale;
  });
  const scale = whole === 0 ? 0 : 1 / Math.sqrt(whole);
  for (let at = 0; at < size; at += 1) (values[at] as number) *= scale;
  return { columns: columns.subarray(0, size), values: values.subarray(0, size) };
}

export function rowsOf(vectors: readonly Vector[]): SparseRows {
  const offsets = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, at) => {
    offsets[at + 1] = (offsets[at] as number) + vector.columns.length;
  });
  const columns = new Int32Array(offsets.at(-1) ?? 0);
  const values = new Float32Array(columns.length);
  vectors.forEach((vector, at) => {
    columns.set(vector.columns, offsets[at]);
    values.set(vector.values, offsets[at]);
  });
  return { offsets, columns, values };
}

/** The same entries by column: row c of the result holds the rows that have column c, ascending. */
export function transposed(rows: SparseRows, features: number): SparseRows {
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
