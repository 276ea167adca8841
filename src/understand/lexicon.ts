/** Concepts: words of one meaning in both languages, so that a phrasing learned in one helps the other; matched by folded beginnings. */
import type { Language } from '../language.js';
import type { IndexedConcept } from './contract.js';
import { fold } from './fold.js';
import { cleaned } from './pieces.js';
import { remembered } from './remembered.js';
import { toCyrillic } from './transliterate.js';

/** The id of the concept a folded word belongs to, if to any. */
export type ConceptOf = (folded: string) => string | undefined;

const mostWords = 20_000;
const reader = (language: Language): ((word: string) => string) =>
  remembered(mostWords, (word) => fold(toCyrillic(cleaned(word).trim(), language)));
const beginnings: Readonly<Record<Language, (word: string) => string>> = { kk: reader('kk'), ru: reader('ru') };
/** The folded beginning that a word of the lexicon stands for, however it was typed: two words with the same one are the same word. */
export const beginningOf = (word: string, language: Language): string => beginnings[language](word);

/** Every beginning of a concept, each once. */
export const beginningsOf = ({ words }: Pick<IndexedConcept, 'words'>): ReadonlySet<string> =>
  new Set([...words.kk.map((word) => beginningOf(word, 'kk')), ...words.ru.map((word) => beginningOf(word, 'ru'))]);

/**
 * Finds a word's concept by its longest known beginning; a beginning of two or three letters takes at most three more. A beginning that
 * two concepts claim belongs to the first.
 */
export function createConceptOf(concepts: readonly IndexedConcept[]): ConceptOf {
  const byBeginning = new Map<string, string>();
  for (const concept of concepts) {
    for (const beginning of beginningsOf(concept)) {
      if (!byBeginning.has(beginning)) byBeginning.set(beginning, concept.id);
    }
  }
  const longest = Math.max(0, ...[...byBeginning.keys()].map(({ length }) => length));
  return (folded) => {
    for (let length = Math.min(folded.length, longest); length >= 2; length -= 1) {
      const concept = byBeginning.get(folded.slice(0, length));
      if (concept !== undefined && (length > 3 || folded.length - length <= 3)) return concept;
    }
    return undefined;
  };
}
