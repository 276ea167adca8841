/** From a message's features to the columns of a model: packing, vocabulary, weighing, and sparse rows of many messages. */
import type { Kind } from './feature-hashes.js';
import { kindsInOrder, type PackedFeatures, shares } from './features.js';

/** The features of a message that a model knows, as columns and their values; of unit length. */
export interface Vector {
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** Sum of the squares of the shares of the kinds it has. */
  readonly whole: number;
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
  /** 1 where a feature is one of letters, by column. */
  readonly ofLetters: Uint8Array;
}

/** Keys to a bucket: so few are looked through one by one. */
const keysToABucket = 2;
const leastBits = 8;
const mostBits = 22;
/** Buckets of keys by their first bits (hashes are spread evenly): bucket b begins at the b-th entry and ends where the next begins. */
export function bucketsOf(keys: Uint32Array): Int32Array {
  const bits = Math.min(mostBits, Math.max(leastBits, Math.ceil(Math.log2(Math.max(1, keys.length) / keysToABucket))));
  const buckets = new Int32Array(2 ** bits + 1);
  for (const key of keys) (buckets[(key >>> (32 - bits)) + 1] as number) += 1;
  for (let at = 1; at < buckets.length; at += 1) (buckets[at] as number) += buckets[at - 1] as number;
  return buckets;
}
/** How far a key is shifted to give its bucket: there are 2 ** bits buckets and one end. */
export const shiftOf = (buckets: Int32Array): number => Math.clz32(buckets.length - 1) + 1;
/** The place of a key among `keys` by their buckets, -1 where it is not. */
export function placeOf(keys: Uint32Array, buckets: Int32Array, key: number): number {
  const bucket = key >>> shiftOf(buckets);
  const to = buckets[bucket + 1] as number;
  for (let place = buckets[bucket] as number; place < to; place += 1) if (keys[place] === key) return place;
  return -1;
}

const letterPlace = kindsInOrder.indexOf('letters');
/** Hashes of the features of letters of these messages. */
export function letterKeysOf(messages: readonly PackedFeatures[]): ReadonlySet<number> {
  const letters = new Set<number>();
  for (const { keys, ends } of messages)
    for (const key of keys.subarray(ends[letterPlace - 1], ends[letterPlace])) letters.add(key);
  return letters;
}
/**
 * All features of these messages and their rarity among `count` messages: the root of the logarithm, for a feature of one message must not
 * outshout all others.
 */
export function vocabularyOf(messages: readonly PackedFeatures[], count = messages.length): Vocabulary {
  const counts = new Map<number, number>();
  for (const message of messages) for (const key of message.keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const letters = letterKeysOf(messages);
  const keys = Uint32Array.from(counts.keys()).sort();
  return {
    keys,
    rarity: Float32Array.from(keys, (key) => Math.sqrt(Math.log(1 + count / (counts.get(key) ?? 1)))),
    ofLetters: Uint8Array.from(keys, (key) => Number(letters.has(key))),
  };
}

/** How much each feature counts by being rare: that of column c stands in `values` at `width` c + `place`. */
export interface Rarities {
  readonly values: Float32Array;
  readonly width: number;
  readonly place: number;
}
/**
 * Scales every kind to its share and the whole to length one; `besides` is the square of the share of a kind that is kept apart. `known` has
 * the column of each feature, or -1 where it is unknown: it falls out.
 */
export function vectorOf(
  { weights, ends }: PackedFeatures,
  known: Int32Array,
  rarities: Rarities,
  besides = 0,
): Vector {
  const columns = new Int32Array(known.length);
  const values = new Float32Array(known.length);
  let size = 0;
  let whole = besides;
  let from = 0;
  for (let kind = 0; kind < ends.length; kind += 1) {
    const to = ends[kind] as number;
    const first = size;
    let square = 0;
    for (let at = from; at < to; at += 1) {
      const column = known[at] as number;
      if (column < 0) continue;
      const value = (weights[at] as number) * (rarities.values[rarities.width * column + rarities.place] as number);
      columns[size] = column;
      values[size] = value;
      square += value * value;
      size += 1;
    }
    from = to;
    if (square === 0) continue;
    const share = shares[kindsInOrder[kind] as Kind];
    whole += share * share;
    const scale = share / Math.sqrt(square);
    for (let at = first; at < size; at += 1) (values[at] as number) *= scale;
  }
  const scale = whole === 0 ? 0 : 1 / Math.sqrt(whole);
  for (let at = 0; at < size; at += 1) (values[at] as number) *= scale;
  return { columns: columns.subarray(0, size), values: values.subarray(0, size), whole };
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

/** `first` with the entries of `second` behind its own, row by row; `second` may have more rows. */
export function joined(first: SparseRows, second: SparseRows): SparseRows {
  const rows = second.offsets.length - 1;
  const known = first.offsets.length - 1;
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(first.columns.length + second.columns.length);
  const values = new Float32Array(columns.length);
  let size = 0;
  const copy = (from: SparseRows, start: number, end: number): void => {
    columns.set(from.columns.subarray(start, end), size);
    values.set(from.values.subarray(start, end), size);
    size += end - start;
  };
  /** What of the first stands between rows that get more is copied at once. */
  let copied = 0;
  for (let row = 0; row < rows; row += 1) {
    const [start, end] = [second.offsets[row] as number, second.offsets[row + 1] as number];
    const until = first.offsets[Math.min(row + 1, known)] as number;
    if (start < end) {
      copy(first, copied, until);
      copied = until;
      copy(second, start, end);
    }
    offsets[row + 1] = until + end;
  }
  copy(first, copied, first.columns.length);
  return { offsets, columns, values };
}
