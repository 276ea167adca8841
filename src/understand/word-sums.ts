/** What the letters of a word say to a model, summed up once: words come again and again, and each has a dozen letter n-grams. */
import { columnsOf, field, fractionsOf, recordWidth } from './columns.js';
import { mostGrams } from './features.js';
import { beginGathering, beginKind, gather } from './gathered-features.js';
import type { Model } from './model.js';
import type { Token } from './normalise.js';
import { phraseIn, shareIn } from './postings.js';
import { labelIn, weightIn } from './regression.js';
import { lettersOf } from './seen-tokens.js';
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

/** Makes the function that sums up the letters of a message's words. */
export function createLetterSum(model: Model): (tokens: readonly Token[]) => LetterSum {
  const { records, weights, holders } = model;
  const fractions = fractionsOf(model);
  const sumOf = (columns: readonly number[]): WordSum => {
    const logits = new Float32Array(model.labels.length);
    const alike = new Map<number, number>();
    let square = 0;
    for (const column of columns) {
      const record = column * recordWidth;
      const rarity = fractions[record + field.rarity] as number;
      square += rarity * rarity;
      const weight = rarity * (fractions[record + field.weightScale] as number);
      const weightsTo = records[record + field.weightsTo] as number;
      for (let at = records[record + field.weightsFrom] as number; at < weightsTo; at += 1) {
        const entry = weights[at] as number;
        (logits[labelIn(entry)] as number) += weight * weightIn(entry);
      }
      const value = rarity * (fractions[record + field.holderScale] as number);
      const to = records[record + field.holdersTo] as number;
      for (let at = records[record + field.holdersFrom] as number; at < to; at += 1) {
        const entry = holders[at] as number;
        alike.set(phraseIn(entry), (alike.get(phraseIn(entry)) ?? 0) + value * shareIn(entry));
      }
    }
    return {
      columns: Int32Array.from(columns),
      square,
      logits,
      phrases: Int32Array.from(alike.keys()),
      alike: Float32Array.from(alike.values()),
    };
  };
  const wordSum = sumOfWord(({ folded }) => {
    const columns = columnsOf(model, lettersOf(folded)).filter((column) => column >= 0);
    return sumOf([...new Set(columns)]);
  });
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
