/** Many texts in two arrays, which threads hand over without copying. */

export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** Text t stands in bytes[offsets[t]..offsets[t+1]], in UTF-8. */
  readonly offsets: Int32Array;
}

/** Bytes that a unit of a string has in UTF-8 at most. */
const longestUnit = 3;
export function packTexts(texts: readonly string[]): PackedTexts {
  const encoder = new TextEncoder();
  const room = new Uint8Array(longestUnit * texts.reduce((sum, { length }) => sum + length, 0));
  const offsets = new Int32Array(texts.length + 1);
  let size = 0;
  for (const [at, text] of texts.entries()) {
    size += encoder.encodeInto(text, room.subarray(size)).written;
    offsets[at + 1] = size;
  }
  return { bytes: room.slice(0, size), offsets };
}

const decoder = new TextDecoder();
/** One text by its place; empty where there is none. */
export const textAt = ({ bytes, offsets }: PackedTexts, at: number): string =>
  at < 0 ? '' : decoder.decode(bytes.subarray(offsets[at], offsets[at + 1]));
