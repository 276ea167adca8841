/** Finds the phrasings of each label that are nearest to a message. */
import { field, fractionsOf, recordWidth } from './columns.js';
import type { Model } from './model.js';
import { firstEntryOf, phraseIn, shareIn } from './postings.js';
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
 * where they are not among its features.
 */
export type FindNearest = (
  message: Vector,
  contends: Uint8Array,
  letters?: LetterSum['words'],
  scale?: number,
) => Nearest;

/** Logits below the best one from which no phrasing, however near, brings a label back. */
const contendsWithin = 6;
/** The labels that contend by what the regression gives them, 1 by label. */
export function contendersOf(logits: Float64Array): Uint8Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < logits.length; label += 1) top = Math.max(top, logits[label] as number);
  const contends = new Uint8Array(logits.length);
  for (let label = 0; label < logits.length; label += 1)
    contends[label] = (logits[label] as number) >= top - contendsWithin ? 1 : 0;
  return contends;
}

/** By phrasing: the first one after it that is of another label, as it would begin an entry of the holders. */
function endsOfLabels(phraseLabels: Uint16Array): Uint32Array {
  const ends = new Uint32Array(phraseLabels.length);
  let end = phraseLabels.length;
  for (let phrase = phraseLabels.length - 1; phrase >= 0; phrase -= 1) {
    if (phraseLabels[phrase] !== phraseLabels[phrase + 1]) end = phrase + 1;
    ends[phrase] = firstEntryOf(end);
  }
  return ends;
}

/** Makes the function that finds them. It uses its room again from message to message. */
export function createFindNearest(model: Model): FindNearest {
  const { records, holders, phraseLabels, labels } = model;
  const fractions = fractionsOf(model);
  const ends = endsOfLabels(phraseLabels);
  const alike = new Float32Array(phraseLabels.length);
  const touched = new Int32Array(phraseLabels.length);
  return ({ columns, values }, contends, letters = [], scale = 0) => {
    let size = 0;
    for (const { sum, weight } of letters) {
      const value = scale * weight;
      for (let at = 0; at < sum.phrases.length; at += 1) {
        const phrase = sum.phrases[at] as number;
        if (contends[phraseLabels[phrase] as number] === 0) continue;
        const before = alike[phrase] as number;
        if (before === 0) touched[size++] = phrase;
        alike[phrase] = before + value * (sum.alike[at] as number);
      }
    }
    // What is taken off again stands last: a phrasing that was touched is not touched anew.
    for (let at = 0; at < columns.length; at += 1) {
      const record = (columns[at] as number) * recordWidth;
      const value = (values[at] as number) * (fractions[record + field.holderScale] as number);
      if (value === 0) continue;
      const to = records[record + field.holdersTo] as number;
      for (let place = records[record + field.holdersFrom] as number; place < to; ) {
        // The phrasings of a label stand side by side: they are taken, or passed over, together.
        const first = phraseIn(holders[place] as number);
        const end = ends[first] as number;
        if (contends[phraseLabels[first] as number] === 0) {
          place += 1;
          while (place < to && (holders[place] as number) < end) place += 1;
          continue;
        }
        for (; place < to && (holders[place] as number) < end; place += 1) {
          const entry = holders[place] as number;
          const phrase = phraseIn(entry);
          const before = alike[phrase] as number;
          if (before === 0) touched[size++] = phrase;
          alike[phrase] = before + value * shareIn(entry);
        }
      }
    }
    const phrases = new Int32Array(2 * labels.length).fill(-1);
    const likeness = new Float64Array(2 * labels.length);
    for (let at = 0; at < size; at += 1) {
      const phrase = touched[at] as number;
      const value = alike[phrase] as number;
      alike[phrase] = 0;
      const first = 2 * (phraseLabels[phrase] as number);
      if (value <= (likeness[first + 1] as number)) continue;
      const isFirst = value > (likeness[first] as number);
      if (isFirst) {
        phrases[first + 1] = phrases[first] as number;
        likeness[first + 1] = likeness[first] as number;
      }
      const place = isFirst ? first : first + 1;
      phrases[place] = phrase;
      likeness[place] = value;
    }
    return { phrases, likeness };
  };
}
