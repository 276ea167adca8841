/** What a model knows of each feature, side by side in memory: a message looks up some two hundred of them, each far from the last. */
import type { Postings } from './postings.js';
import type { Regression } from './regression.js';
import { bucketsOf, type Rarities, shiftOf, type Vocabulary } from './vocabulary.js';

export interface Columns {
  /** A record for each feature, by ascending key; fractions stand in it by their bits, see `fractionsOf`. */
  readonly records: Int32Array;
  /** Where to look for a key, see `bucketsOf`. */
  readonly buckets: Int32Array;
}
/** Numbers in a record: a record is a line of the processor's memory. */
export const recordWidth = 8;
/** Where they stand in it; the weights and the holders of a feature begin at one place of their lists and end before another. */
export const field = {
  key: 0,
  rarity: 1,
  weightsFrom: 2,
  weightsTo: 3,
  weightScale: 4,
  holdersFrom: 5,
  holdersTo: 6,
  holderScale: 7,
} as const;

/** The columns in this order, which the others are in. */
export function packedColumns(
  { keys, rarity }: Pick<Vocabulary, 'keys' | 'rarity'>,
  order: Int32Array,
  { starts, scales }: Regression,
  { offsets, scales: holderScales }: Postings,
): Columns {
  const records = new Int32Array(keys.length * recordWidth);
  const fractions = new Float32Array(records.buffer);
  const inOrder = new Uint32Array(keys.length);
  for (let place = 0; place < order.length; place += 1) {
    const from = place * recordWidth;
    const column = order[place] as number;
    inOrder[place] = keys[column] as number;
    records[from + field.key] = keys[column] as number;
    fractions[from + field.rarity] = rarity[column] as number;
    records[from + field.weightsFrom] = starts[place] as number;
    records[from + field.weightsTo] = starts[place + 1] as number;
    fractions[from + field.weightScale] = scales[place] as number;
    records[from + field.holdersFrom] = offsets[place] as number;
    records[from + field.holdersTo] = offsets[place + 1] as number;
    fractions[from + field.holderScale] = holderScales[place] as number;
  }
  return { records, buckets: bucketsOf(inOrder) };
}

/** The same records read as fractions. */
export const fractionsOf = ({ records }: Columns): Float32Array =>
  new Float32Array(records.buffer, records.byteOffset, records.length);

/** The rarities of the features. */
export const raritiesOf = (columns: Columns): Rarities => ({
  values: fractionsOf(columns),
  width: recordWidth,
  place: field.rarity,
});

/** The column of a feature by its key, -1 where it is unknown. */
export function columnOf({ records, buckets }: Columns, key: number): number {
  const bucket = key >>> shiftOf(buckets);
  const to = buckets[bucket + 1] as number;
  for (let column = buckets[bucket] as number; column < to; column += 1)
    if (records[column * recordWidth] === (key | 0)) return column;
  return -1;
}
/** The columns of several features. */
export function columnsOf(columns: Columns, keys: Uint32Array): Int32Array {
  const found = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at += 1) found[at] = columnOf(columns, keys[at] as number);
  return found;
}
