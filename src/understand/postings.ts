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

/** `ofLetters` is 1 for the columns of letters. */
export function packedPostings({ offsets, columns, values }: SparseRows, ofLetters: Uint8Array): Postings {
  const entries = new Uint32Array(columns.length);
  const scales = new Float32Array(offsets.length - 1);
  const kept = new Int32Array(offsets.length);
  let size = 0;
  for (let column = 0; column < scales.length; column += 1) {
    const from = offsets[column] as number;
    const to =
      ofLetters[column] === 1 && (offsets[column + 1] as number) - from > mostHolders.letters
        ? from
        : (offsets[column + 1] as number);
    let top = 0;
    for (let at = from; at < to; at += 1) top = Math.max(top, values[at] as number);
    scales[column] = to - from > mostHolders.others ? 0 : top / byte;
    for (let at = from; at < to; at += 1) {
      const share = Math.max(1, Math.round(((values[at] as number) / top) * byte));
      entries[size] = ((columns[at] as number) << 8) | share;
      size += 1;
    }
    kept[column + 1] = size;
  }
  return { offsets: kept, entries: entries.slice(0, size), scales };
}
