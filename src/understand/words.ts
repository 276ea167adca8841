/** A word as it was read, with what others worked out for it: words come again and again, so each fact is kept on the word itself. */

/** What stands at one place of a word's facts: whose it is, and what was worked out. */
interface Fact {
  readonly by: unknown;
  readonly what: unknown;
}
export interface Word {
  readonly kind: 'word' | 'number' | 'iin' | 'sign';
  /** Lower case, Cyrillic, not folded: for the Russian stemmer and for language. Empty of what is no word. */
  readonly cyrillic: string;
  /** What the index compares: the folded word, `#42500`, `#iin`, or an emoji. */
  readonly folded: string;
  /** By place, see `factOfWords`; shared by everything that is the same word. */
  readonly facts: Fact[];
}
export const newWord = (kind: Word['kind'], cyrillic: string, folded: string): Word => ({
  kind,
  cyrillic,
  folded,
  facts: [],
});
export const isWord = ({ kind }: Pick<Word, 'kind'>): boolean => kind === 'word';

let places = 0;
/**
 * A place for one sort of facts, to be taken once by a module. What it gives makes a function of a word remember its answers on the words;
 * they go with the words, whose number is bounded where they are read. Of two such functions at one place the last one is remembered: a new
 * model's facts take the room of the old one's.
 */
export function factOfWords<T>(): (compute: (word: Word) => T) => (word: Word) => T {
  const place = places;
  places += 1;
  return (compute) => (word) => {
    const known = word.facts[place];
    if (known?.by === compute) return known.what as T;
    const what = compute(word);
    word.facts[place] = { by: compute, what };
    return what;
  };
}
