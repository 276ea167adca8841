/**
 * A stemmer for Kazakh: takes off the endings of number, possession, case, person, tense, mood, participles, converbs and questions, by a
 * grammar with vowel harmony and assimilation. It reads plain text, text typed without Kazakh letters, and folded text alike.
 */
import { fold } from '../fold.js';
import { remembered } from '../remembered.js';
import type { Shape } from './endings.js';
import { type Reading, readingsOf } from './readings.js';
import { invariables } from './roots.js';

export interface KazakhAnalysis {
  /** In a dictionary's spelling where the root is known, in the word's own letters where not; folded where the word is folded. */
  readonly stem: string;
  /** The root stands in the list of known roots. */
  readonly known: boolean;
  /** What the last ending makes of the word; absent where no ending was found. */
  readonly shape?: Shape;
  /** A verb form that denies: "түс-пе-ді", "ал-ма-дым". */
  readonly denied: boolean;
  /** The question particle is written together: "бола-ма". */
  readonly asked: boolean;
}

/** Longer words are no words of a language and come back as they are: this bounds the work on any input. */
const longestWord = 40;

/** Bare "барма" forbids, but in messages it is a question written together. */
const isRare = ({ endings }: Reading): boolean => endings[0]?.makes === 'denied' || endings.some(({ rare }) => rare);

/**
 * What speaks for a reading, weightiest first: a known root, its spelling, no rare ending, a longer root, a question, fewer endings.
 * Of guesses the one that takes off the most.
 */
function meritsOf(reading: Reading): readonly number[] {
  const { length, root, spelling, endings } = reading;
  if (root === undefined) return [0, 0, 0, -length, 0, -endings.length];
  return [1, spelling, isRare(reading) ? 0 : 1, length, endings[0]?.makes === 'asked' ? 1 : 0, -endings.length];
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((merit, place) => merit !== other[place]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

function bestOf(readings: readonly Reading[]): Reading | undefined {
  let best: Reading | undefined;
  let merits: readonly number[] = [];
  for (const reading of readings) {
    const now = meritsOf(reading);
    if (best !== undefined && !isBetter(now, merits)) continue;
    best = reading;
    merits = now;
  }
  return best;
}

/** A guess ends in what its last letter was before the vowel of an ending: "рыногы" is of рынок. */
function stemOf(word: string, { stem, root, endings }: Reading): string {
  if (root !== undefined) return word === fold(word) ? fold(root.spelled) : root.spelled;
  return endings.length === 0 ? stem : stem.replace(/ғ$/u, 'қ').replace(/(?<=[еиіөүә])г$/u, 'к');
}

function analyse(word: string): KazakhAnalysis {
  const bare: KazakhAnalysis = { stem: word, known: false, denied: false, asked: false };
  if (invariables.has(fold(word))) return { ...bare, known: true };
  const best = bestOf(readingsOf(word));
  if (best === undefined) return bare;
  const outer = best.endings[0];
  return {
    stem: stemOf(word, best),
    known: best.root !== undefined,
    ...(outer === undefined ? {} : { shape: outer.makes }),
    denied: best.endings.some(({ denies }) => denies),
    asked: best.endings.some(({ makes }) => makes === 'asked'),
  };
}
const analyseWord = remembered(20_000, analyse);

/** Reads one lower-case word. Never throws; words over 40 letters come back as they are. */
export const analyseKazakh = (word: string): KazakhAnalysis =>
  word.length > longestWord ? { stem: word, known: false, denied: false, asked: false } : analyseWord(word);

/** Stem of one lower-case word, see `KazakhAnalysis.stem`. */
export const stemKazakh = (word: string): string => analyseKazakh(word).stem;
