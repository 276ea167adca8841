/** All the ways the grammar lets a Kazakh word be read: as a root and the endings after it. */
import { fold, letterFold } from '../fold.js';
import { type Ending, endings, type Shape } from './endings.js';
import { agrees, classesOf, flatten, harmonyOf, harmonyOfEnding, hasVowel, isExact } from './letters.js';
import { harmonyOfRoot, type Root, roots } from './roots.js';

/** One way to read a word. */
export interface Reading {
  /** Letters before the first ending, as written. */
  readonly stem: string;
  /** Shared letters of the stem. */
  readonly length: number;
  /** Absent where the stem is a guess of the rules. */
  readonly root: Root | undefined;
  /** How the stem spells the root: as it is (2), or carelessly (1). */
  readonly spelling: number;
  /** From the last to the first. */
  readonly endings: readonly Ending[];
}

const mostEndings = 6;
/** Letters that the rules leave of a word whose root they do not know; one letter alone comes off longer ones only. */
const leastUnknown = 3;
const leastBeforeOneLetter = 5;

const byLast = new Map<string, Ending[]>();
for (const ending of endings) {
  const last = ending.form.at(-1) ?? '';
  byLast.set(last, [...(byLast.get(last) ?? []), ending]);
}

/** Stems that ы does not make "his": agents in -шы, adjectives in -ғы ("аспазшы", "негізгі"). */
const noPossessive = /(?:ш|[^аәеёиіоөуұүыэ][гғ])$/u;
const isKnownNoun = (form: string): boolean =>
  roots.get(fold(form))?.some(({ shapes }) => shapes.includes('noun')) ?? false;

/** What people type for a Kazakh letter they do not have; "и" is also typed for ы, і and й. */
const typedFor = (typed: string, letter: string): boolean =>
  typed === 'и' ? 'ыій'.includes(letter) : letterFold[letter] === typed || (typed === 'ы' && letter === 'і');

/** How a stem spells a root's form: as it is (2), carelessly (1), or as another (0). */
function spellingOf(stem: string, form: string): number {
  let worst = 2;
  for (let at = 0; at < Math.min(form.length, stem.length); at += 1) {
    const typed = stem[at] ?? '';
    const letter = form[at] ?? '';
    if (typed === letter) continue;
    if (!typedFor(typed, letter)) return 0;
    worst = 1;
  }
  return worst;
}

/** What the rules may take off a root that is not known; `off` is written, and `endings` cover it letter by letter. */
function mayBeGuessed(stem: string, off: string, taken: readonly Ending[]): boolean {
  if (stem.length < leastUnknown || !hasVowel(flatten(stem).letters) || isKnownNoun(stem)) return false;
  const sure = taken.every(
    ({ knownOnly, rare }, at) => !rare && knownOnly !== 'always' && (knownOnly !== 'last' || at > 0),
  );
  if (!sure || taken.reduce((sum, { form }) => sum + form.length, 0) !== flatten(off).letters.length) return false;
  // "доставка" is borrowed whole: a dative would be "қа".
  if (off.length > 1) return off !== 'ка';
  // "каникулы" is каникул + ы, but "диплом" is no "my diplo".
  return stem.length >= leastBeforeOneLetter && /[ыі]/u.test(off) && !noPossessive.test(stem);
}

/** All readings of a lower-case word, the bare word among them. Work is bounded by the length times the number of endings. */
export function readingsOf(word: string): readonly Reading[] {
  const { letters, places } = flatten(word);
  const exact = isExact(word);
  const isFolded = word === fold(word);
  /** "я" and "ю" are й and a vowel: where a part ends between the two, й stays ("қоя" is қой + а). */
  const written = (from: number, to: number): string => {
    const part = word.slice(places[from] ?? word.length, places[to]);
    return to > from && places[to - 1] === places[to] ? `${part}й` : part;
  };
  const readings: Reading[] = [];
  const seen = new Set<string>();

  const fits = (ending: Ending, start: number, end: number, to: number): boolean => {
    const classes = classesOf(letters[end - 1] ?? '');
    if (![...classes].some((one) => ending.after.includes(one))) return false;
    if (ending.free) return true;
    const wanted = harmonyOfEnding(written(start, to), exact);
    if (agrees(harmonyOf(written(0, end), exact), wanted)) return true;
    return (roots.get(fold(written(0, end))) ?? []).some((root) => agrees(harmonyOfRoot(root), wanted));
  };
  const readRoot = (length: number, taken: readonly Ending[]): void => {
    const next = taken.at(-1);
    const shapes: readonly Shape[] = next?.follows ?? ['noun', 'verb'];
    const stem = written(0, length);
    for (const root of roots.get(fold(stem)) ?? []) {
      const spelling = isFolded ? 2 : spellingOf(stem, root.form);
      if (root.beforeVowel && !/^[аеиу]/u.test(next?.form ?? '')) continue;
      if (spelling === 0 || (next !== undefined && !root.shapes.some((shape) => shapes.includes(shape)))) continue;
      readings.push({ stem, length, root, spelling, endings: taken });
    }
    if (!shapes.includes('noun') && !shapes.includes('verb')) return;
    if (taken.length === 0 || mayBeGuessed(stem, written(length, letters.length), taken))
      readings.push({ stem, length, root: undefined, spelling: 0, endings: taken });
  };
  const read = (to: number, taken: readonly Ending[], knownOnly: boolean): void => {
    readRoot(to, taken);
    if (taken.length === mostEndings) return;
    const next = taken.at(-1);
    for (const ending of byLast.get(letters[to - 1] ?? '') ?? []) {
      const start = to - ending.form.length;
      if (start < 1 || !letters.startsWith(ending.form, start)) continue;
      if (next !== undefined && !next.follows.includes(ending.makes)) continue;
      const nowKnownOnly = knownOnly || ending.knownOnly === 'always';
      // Folding writes doubled letters once: the ending's first letter may be the stem's last one too ("бекетен", "окиди").
      for (const end of [start, start + 1]) {
        const key = `${end} ${to} ${ending.number} ${nowKnownOnly}`;
        if ((end >= to && ending.form !== 'и') || seen.has(key) || !fits(ending, start, end, to)) continue;
        seen.add(key);
        read(end, [...taken, ending], nowKnownOnly);
      }
    }
  };
  read(letters.length, [], false);
  return readings;
}
