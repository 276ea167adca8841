/** Hashes of features: each kind begins at a seed of its own, and the hash of two words goes on from that of the first. */

export const seeds = {
  stem: 0x1b873593,
  pair: 0x2c1b3c6d,
  concept: 0x297a2d39,
  conceptPair: 0x5bd1e995,
  letters: 0x165667b1,
  length: 0x811c9dc5,
} as const;
export type Kind = keyof typeof seeds;

/** FNV-1a over UTF-16 units, from a state on: the hash of "a b" goes on from that of "a ". */
export function hashOn(state: number, text: string): number {
  let value = state;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
/** A different start for each kind. */
export const hash = (kind: Kind, text: string): number => hashOn(seeds[kind], text) >>> 0;
