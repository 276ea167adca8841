/** Parts phrasings for cross-validation: near-duplicates stay together, so that nothing is asked of a model that it learnt almost word for word. */
import type { Language } from '../language.js';
import { normalise } from './normalise.js';
import { seededRandom } from './seeded-random.js';

/** Likeness (shared over all folded letter trigrams, Jaccard) above which two phrasings are near-duplicates. */
export const duplicateAbove = 0.6;

const trigramsOf = (text: string, language: Language): Set<string> => {
  const line = ` ${normalise(text, language).line} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= line.length; at += 1) found.add(line.slice(at, at + 3));
  return found;
};

/**
 * The group of each text by its place: texts whose likeness is above `duplicateAbove` share one, also through a third text, whatever
 * their labels. Groups are numbered from 0 in the order of their first text.
 */
export function groupsOf(texts: readonly { readonly text: string; readonly language: Language }[]): Int32Array {
  const parent = Int32Array.from(texts, (_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] as number;
    parent[at] = root;
    return root;
  };
  const holders = new Map<string, number[]>();
  const sizes = new Int32Array(texts.length);
  texts.forEach(({ text, language }, at) => {
    const trigrams = trigramsOf(text, language);
    sizes[at] = trigrams.size;
    const shared = new Map<number, number>();
    for (const trigram of trigrams) {
      const known = holders.get(trigram) ?? [];
      for (const other of known) shared.set(other, (shared.get(other) ?? 0) + 1);
      known.push(at);
      holders.set(trigram, known);
    }
    for (const [other, count] of shared) {
      if (count / ((sizes[at] as number) + (sizes[other] as number) - count) <= duplicateAbove) continue;
      const [one, two] = [rootOf(at), rootOf(other)];
      parent[Math.max(one, two)] = Math.min(one, two);
    }
  });
  const numbers = new Map<number, number>();
  return Int32Array.from(texts, (_, at) => {
    const root = rootOf(at);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** The fold (0 to count − 1) of each group: shuffled by the seed, then dealt out so that each label is spread evenly. */
export function foldsOf(
  samples: readonly { readonly label: string; readonly text: string; readonly language: Language }[],
  count: number,
  seed: number,
): Int32Array {
  const groups = groupsOf(samples);
  const random = seededRandom(seed);
  const byGroup = new Map<number, number[]>();
  for (const [at, group] of groups.entries()) byGroup.set(group, [...(byGroup.get(group) ?? []), at]);
  const shuffled = [...byGroup.values()]
    .map((members) => ({ members, order: random() }))
    .sort((a, b) => b.members.length - a.members.length || a.order - b.order);
  const held = new Map<string, Int32Array>();
  const totals = new Int32Array(count);
  const folds = new Int32Array(samples.length);
  for (const { members } of shuffled) {
    const label = samples[members[0] as number]?.label ?? '';
    const counts = held.get(label) ?? new Int32Array(count);
    held.set(label, counts);
    let best = 0;
    for (let fold = 1; fold < count; fold += 1) {
      const less = (counts[fold] as number) - (counts[best] as number);
      if (less < 0 || (less === 0 && (totals[fold] as number) < (totals[best] as number))) best = fold;
    }
    counts[best] = (counts[best] as number) + members.length;
    totals[best] = (totals[best] as number) + members.length;
    for (const member of members) folds[member] = best;
  }
  return folds;
}
