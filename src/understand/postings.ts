/** The phrasings that hold each feature, packed so that the nearest to a message are found in one walk. */
import type { SparseRows } from './vocabulary.js';

/** Column c stands in the phrasings of entries[offsets[c]..offsets[c+1]], with a value of shareIn(entry) * scales[c] in each. */
export interface Postings {
  readonly offsets: Int32Array;
  /** Place of the phrasing (so there are at most 2²⁴ of them) and, in the last byte, 1 to 255 of the column's greatest value. */
  readonly entries: Uint32Array;
  readonly scales: Float32Array;
}
const byte = 255;
export const phraseIn = (entry: number): number => entry >>> 8;
export const shareIn = (entry: number): number => entry & byte;

/**
 * Of features that stand in more phrasings than these, those of letters say too little about the nearest to be kept; of the others the
 * holders are still counted by topic, at a scale of nothing. Chosen by cross-validation, see ADR 6.
 */
const mostHolders = { letters: 30, others: 200 } as const;

/**
 * Of the columns in this order; `ofLetters` is 1 for those of letters. `phrasePlace` gives the place of a row among the phrasings, -1 where
 * it is none any more.
 */
export function packedPostings(
  { offsets, columns: rows, values }: SparseRows,
  ofLetters: Uint8Array,
  order: Int32Array,
  phrasePlace: Int32Array,
): Postings {
  const entries = new Uint32Array(rows.length);
  const scales = new Float32Array(order.length);
  const kept = new Int32Array(order.length + 1);
  let size = 0;
  for (let place = 0; place < order.length; place += 1) {
    const column = order[place] as number;
    const [from, to] = [offsets[column] as number, offsets[column + 1] as number];
    let top = 0;
    let holders = 0;
    for (let at = from; at < to; at += 1) {
      if ((phrasePlace[rows[at] as number] as number) < 0) continue;
      holders += 1;
      top = Math.max(top, values[at] as number);
    }
    const isUsual = ofLetters[column] === 1 && holders > mostHolders.letters;
    scales[place] = isUsual || holders > mostHolders.others ? 0 : top / byte;
    for (let at = from; at < to && !isUsual; at += 1) {
      const phrase = phrasePlace[rows[at] as number] as number;
      if (phrase < 0) continue;
      entries[size] = (phrase << 8) | Math.max(1, Math.round(((values[at] as number) / top) * byte));
      size += 1;
    }
    kept[place + 1] = size;
  }
  return { offsets: kept, entries: entries.slice(0, size), scales };
}
