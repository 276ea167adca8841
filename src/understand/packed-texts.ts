/** Many texts in two arrays, which threads hand over without copying. */

export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** Text t stands in bytes[offsets[t]..offsets[t+1]], in UTF-8. */
  readonly offsets: Int32Array;
}

export function packTexts(texts: readonly string[]): PackedTexts {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const offsets = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, at) => {
    offsets[at + 1] = (offsets[at] as number) + bytes.length;
  });
  const bytes = new Uint8Array(offsets.at(-1) ?? 0);
  encoded.forEach((one, at) => {
    bytes.set(one, offsets[at]);
  });
  return { bytes, offsets };
}

const decoder = new TextDecoder();
/** One text by its place; empty where there is none. */
export const textAt = ({ bytes, offsets }: PackedTexts, at: number): string =>
  at < 0 ? '' : decoder.decode(bytes.subarray(offsets[at], offsets[at + 1]));
