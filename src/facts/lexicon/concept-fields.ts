/** What a concept of the lexicon holds and the rules it must keep, the same for staff's edits and for the content pack. */
import { z } from 'zod';
import { type Bilingual, type Language, languages } from '../../language.js';
import type { IndexedConcept } from '../../understand/contract.js';
import { beginningOf } from '../../understand/lexicon.js';
import { bilingual } from '../articles/article-fields.js';

/** Most words of one language in one concept. */
export const mostWords = 100;
const word = z
  .string()
  .trim()
  .refine((text) => /^[\p{L}\p{M}'’ʼ]{2,40}$/u.test(text) && beginningOf(text, 'kk').length >= 2, {
    message: 'no-word',
  });
const words = z.array(word).max(mostWords, 'too-many');

export const conceptFields = z.strictObject({
  /** What editors call it. */
  name: bilingual(80),
  /** Each stands for all that begins with it. */
  words: z.strictObject({ kk: words, ru: words }),
});
export interface ConceptFields {
  readonly name: Bilingual;
  readonly words: Readonly<Record<Language, readonly string[]>>;
}

/** A word that an earlier concept holds already. */
export interface WordConflict {
  readonly concept: string;
  readonly language: Language;
  readonly index: number;
  readonly word: string;
  /** The concept that holds it. */
  readonly holder: string;
}

/** Every word that stands in two concepts, told at the later one. Words are the same when they are read alike: "счёт" and "счет". */
export const wordConflicts = (concepts: readonly IndexedConcept[]): readonly WordConflict[] => {
  const holders = new Map<string, string>();
  return concepts.flatMap(({ id: concept, words: byLanguage }) =>
    languages.flatMap((language) =>
      byLanguage[language].flatMap((written, index) => {
        const beginning = beginningOf(written, language);
        const holder = holders.get(beginning) ?? concept;
        holders.set(beginning, holder);
        return holder === concept ? [] : [{ concept, language, index, word: written, holder }];
      }),
    ),
  );
};
