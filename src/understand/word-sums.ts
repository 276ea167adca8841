/** What the letters of a word say to a model, summed up once: words come again and again, and each has a dozen letter n-grams. */
import { columnsOf, field, fractionsOf, recordWidth } from './columns.js';
import { mostGrams } from './features.js';
import { beginGathering, beginKind, gather } from './gathered-features.js';
import type { Model } from './model.js';
import type { Token } from './normalise.js';
import { phraseIn, shareIn } from './postings.js';
import { labelIn, weightIn } from './regression.js';
import type { SeeToken } from './seen-tokens.js';
import { factOfWords } from './words.js';

/** Sums over the n-grams of one word at weight 1, before the scaling of their kind. */
export interface WordSum {
  /** Columns of the n-grams, each once. */
  readonly columns: Int32Array;
  readonly square: number;
  /** By label (index). */
  readonly logits: Float32Array;
  /** Phrasings that are alike by these letters, and how much. */
  readonly phrases: Int32Array;
  readonly alike: Float32Array;
}
/** The letters of a message: its words, each once and with its weight, and n-grams that several of them have, which count once. */
export interface LetterSum {
  readonly square: number;
  readonly words: readonly { readonly sum: WordSum; readonly weight: number }[];
  /** What is too much in the sums of the words: columns and values, negative, before the scaling of their kind. */
  readonly again: { readonly columns: readonly number[]; readonly values: readonly number[] };
}
const sumOfWord = factOfWords<WordSum>();

/** Numbers that are asked of the system at once: each word's own array would be collected by itself, which holds up who answers. */
const roomAtOnce = 2 ** 16;
/** Makes the function that gives arrays of zeros, cut from larger ones. */
function createRoom<A extends Float32Array | Int32Array>(make: (size: number) => A): (size: number) => A {
  let room = make(0);
  let used = 0;
  return (size) => {
    if (used + size > room.length) {
      room = make(Math.max(size, roomAtOnce));
      used = 0;
    }
    used += size;
    return room.subarray(used - size, used) as A;
  };
}

function isAmong(numbers: Int32Array, size: number, one: number): boolean {
  for (let at = 0; at < size; at += 1) if (numbers[at] === one) return true;
  return false;
}
/** Adds what one n-gram says to the logits. */
function addLogits(logits: Float32Array, weights: Int32Array, from: number, to: number, times: number): void {
  for (let at = from; at < to; at += 1) {
    const entry = weights[at] as number;
    (logits[labelIn(entry)] as number) += times * weightIn(entry);
  }
}
/** Adds what one n-gram is alike by; phrasings that were not alike before are put behind the first `size` of `met`, and counted in the answer. */
function addAlike(
  { alike, met }: { readonly alike: Float32Array; readonly met: Int32Array },
  size: number,
  holders: Uint32Array,
  from: number,
  to: number,
  times: number,
): number {
  let count = size;
  for (let at = from; at < to; at += 1) {
    const entry = holders[at] as number;
    const phrase = phraseIn(entry);
    if (alike[phrase] === 0) met[count++] = phrase;
    (alike[phrase] as number) += times * shareIn(entry);
  }
  return count;
}

/** Makes the function that sums up the letters of a message's words; `see` is made of the model's lexicon. */
export function createLetterSum(model: Model, see: SeeToken): (tokens: readonly Token[]) => LetterSum {
  const { records, weights, holders } = model;
  const fractions = fractionsOf(model);
  const floats = createRoom((size) => new Float32Array(size));
  const numbers = createRoom((size) => new Int32Array(size));
  /** Room for one word: how much each phrasing is alike, and which of them are. */
  const word = { alike: new Float32Array(model.phraseLabels.length), met: new Int32Array(model.phraseLabels.length) };
  const sumOf = (columns: Int32Array): WordSum => {
    const logits = floats(model.labels.length);
    let size = 0;
    let square = 0;
    for (let place = 0; place < columns.length; place += 1) {
      const record = (columns[place] as number) * recordWidth;
      const rarity = fractions[record + field.rarity] as number;
      square += rarity * rarity;
      const weight = rarity * (fractions[record + field.weightScale] as number);
      const value = rarity * (fractions[record + field.holderScale] as number);
      const [from, to] = [records[record + field.weightsFrom] as number, records[record + field.weightsTo] as number];
      addLogits(logits, weights, from, to, weight);
      const [first, end] = [records[record + field.holdersFrom] as number, records[record + field.holdersTo] as number];
      if (value !== 0) size = addAlike(word, size, holders, first, end, value);
    }
    const [phrases, alike] = [numbers(size), floats(size)];
    for (let at = 0; at < size; at += 1) {
      const phrase = word.met[at] as number;
      phrases[at] = phrase;
      alike[at] = word.alike[phrase] as number;
      word.alike[phrase] = 0;
    }
    return { columns, square, logits, phrases, alike };
  };
  /** Columns of a word's n-grams, each once. */
  const columnsOfWord = (letters: Uint32Array): Int32Array => {
    const found = columnsOf(model, letters);
    const own = numbers(found.length);
    let size = 0;
    for (let at = 0; at < found.length; at += 1) {
      const column = found[at] as number;
      if (column >= 0 && !isAmong(own, size, column)) own[size++] = column;
    }
    return own.subarray(0, size);
  };
  const wordSum = sumOfWord((word) => sumOf(columnsOfWord(see(word).letters)));
  return (tokens) => {
    const words: { sum: WordSum; weight: number }[] = [];
    let grams = 0;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      if (token.kind !== 'word') continue;
      const { weight } = token;
      const sum = wordSum(token);
      let place = 0;
      while (place < words.length && words[place]?.sum !== sum) place += 1;
      const known = words[place];
      if (known !== undefined) {
        if (known.weight < weight) known.weight = weight;
        continue;
      }
      grams += 3 * token.folded.length;
      if (grams > mostGrams) break;
      words.push({ sum, weight });
    }
    return withoutRepeats(words, fractions);
  };
}

/** The sum of a message's words; `fractions` are those of the model's columns. */
function withoutRepeats(words: LetterSum['words'], fractions: Float32Array): LetterSum {
  const again = { columns: [] as number[], values: [] as number[] };
  beginGathering();
  beginKind();
  let square = 0;
  for (let place = 0; place < words.length; place += 1) {
    const { sum, weight } = words[place] as LetterSum['words'][number];
    const { columns } = sum;
    square += weight * weight * sum.square;
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at] as number;
      const before = gather(column, weight);
      if (before === 0) continue;
      const value = Math.min(before, weight) * (fractions[column * recordWidth + field.rarity] as number);
      again.columns.push(column);
      again.values.push(-value);
      square -= value * value;
    }
  }
  return { square, words, again };
}
