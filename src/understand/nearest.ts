/** Finds the phrasings of each label that are nearest to a message. */
import { field, fractionsOf, recordWidth } from './columns.js';
import { type Model, phrasesByLabel } from './model.js';
import { phraseIn, shareIn } from './postings.js';
import type { Vector } from './vocabulary.js';
import type { LetterSum } from './word-sums.js';

/** The two phrasings of each label that are nearest to a message, the nearest first: label l's stand at 2 l and 2 l + 1. */
export interface Nearest {
  /** Places of phrasings; -1 where there is none. */
  readonly phrases: Int32Array;
  /** How alike they are (cosine over what is not too common), 0 to 1. */
  readonly likeness: Float64Array;
}
/**
 * Looks among the phrasings of the labels that `contends` (1 by label). `letters` are those of the message's words, to be taken times `scale`,
 * where they are not among its features. The answer's room is used again by the next one.
 */
export type FindNearest = (
  message: Vector,
  contends: Uint8Array,
  letters?: LetterSum['words'],
  scale?: number,
) => Nearest;

/** Logits below the best one from which no phrasing, however near, brings a label back. */
const contendsWithin = 6;
/** The labels that contend by what the regression gives them, 1 by label; in `contends`, which has room for all. */
export function contendersOf(logits: Float64Array, contends: Uint8Array = new Uint8Array(logits.length)): Uint8Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < logits.length; label += 1) top = Math.max(top, logits[label] as number);
  for (let label = 0; label < logits.length; label += 1)
    contends[label] = (logits[label] as number) >= top - contendsWithin ? 1 : 0;
  return contends;
}

/** Adds what the words' letters are alike by, phrasing by phrasing. */
function addLetters(alike: Float32Array, letters: LetterSum['words'], scale: number): void {
  for (let word = 0; word < letters.length; word += 1) {
    const { sum, weight } = letters[word] as LetterSum['words'][number];
    const { phrases, alike: shares } = sum;
    const value = scale * weight;
    for (let at = 0; at < phrases.length; at += 1)
      (alike[phrases[at] as number] as number) += value * (shares[at] as number);
  }
}
/** Adds what one feature of some value is alike by. */
function addHolders(alike: Float32Array, holders: Uint32Array, from: number, to: number, value: number): void {
  for (let place = from; place < to; place += 1) {
    const entry = holders[place] as number;
    (alike[phraseIn(entry)] as number) += value * shareIn(entry);
  }
}
/** Puts the two phrasings of one label that are most alike into `nearest`, the label's stand at `from` and before `to`. */
function putNearest(
  { phrases, likeness }: Nearest,
  label: number,
  alike: Float32Array,
  from: number,
  to: number,
): void {
  let [first, second, nearest, next] = [0, 0, -1, -1];
  for (let phrase = from; phrase < to; phrase += 1) {
    const value = alike[phrase] as number;
    if (value <= second) continue;
    if (value > first) {
      second = first;
      next = nearest;
      first = value;
      nearest = phrase;
    } else {
      second = value;
      next = phrase;
    }
  }
  likeness[2 * label] = first;
  likeness[2 * label + 1] = second;
  phrases[2 * label] = nearest;
  phrases[2 * label + 1] = next;
}

/**
 * Makes the function that finds them. It uses its room again from message to message: arrays of a thousand labels for each would have the
 * memory cleared all the time, which holds up who answers. Everything that is alike is summed up without asking
 * whose it is, since a branch that the processor cannot foresee costs more than a sum; only what contends is looked at.
 */
export function createFindNearest(model: Model): FindNearest {
  const { records, holders, phraseLabels, labels } = model;
  const fractions = fractionsOf(model);
  const starts = phrasesByLabel(model);
  const alike = new Float32Array(phraseLabels.length);
  const nearest = { phrases: new Int32Array(2 * labels.length), likeness: new Float64Array(2 * labels.length) };
  return ({ columns, values }, contends, letters = [], scale = 0) => {
    addLetters(alike, letters, scale);
    for (let at = 0; at < columns.length; at += 1) {
      const record = (columns[at] as number) * recordWidth;
      const value = (values[at] as number) * (fractions[record + field.holderScale] as number);
      const [from, to] = [records[record + field.holdersFrom] as number, records[record + field.holdersTo] as number];
      if (value !== 0) addHolders(alike, holders, from, to, value);
    }
    nearest.phrases.fill(-1);
    nearest.likeness.fill(0);
    for (let label = 0; label < labels.length; label += 1) {
      if (contends[label] === 1)
        putNearest(nearest, label, alike, starts[label] as number, starts[label + 1] as number);
    }
    alike.fill(0);
    return nearest;
  };
}
