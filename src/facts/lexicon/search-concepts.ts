/** Finds a concept as an editor looks for one: by a word that it holds or covers, or by its name. Pure. */
import { beginningOf, beginningsOf, createConceptOf } from '../../understand/lexicon.js';
import type { ConceptView } from './lexicon.js';

/** Concepts that the words are read as come first, then those with such a name or such beginnings, in the given order. */
export const searchConcepts = (concepts: readonly ConceptView[], words: string): readonly ConceptView[] => {
  const conceptOf = createConceptOf(concepts);
  const wanted = words
    .split(/[^\p{L}\p{M}'’ʼ]+/u)
    .map((word) => beginningOf(word, 'kk'))
    .filter((word) => word !== '');
  if (wanted.length === 0) return concepts;
  const read = new Set(wanted.map(conceptOf));
  const isLike = (concept: ConceptView): boolean => {
    const names = beginningOf(`${concept.name.kk} ${concept.name.ru}`, 'kk');
    const beginnings = [...beginningsOf(concept)];
    return wanted.some((word) => names.includes(word) || beginnings.some((beginning) => beginning.startsWith(word)));
  };
  return [
    ...concepts.filter(({ id }) => read.has(id)),
    ...concepts.filter((concept) => !read.has(concept.id) && isLike(concept)),
  ];
};
