/** A specialist's long text as several messages: split between paragraphs, sentences or words, wherever the latest of these stands. Pure. */

/** Ends of what can be told apart, the best first: a paragraph, a line, a sentence, a word. */
const ends: readonly RegExp[] = [/\n{2,}/g, /\n/g, /(?<=[.!?…:;])\s+/g, /\s+/g];

/** A part that ends so early would make many short messages: the next kind of end is looked for. */
const leastShare = 0.5;

const lastEnd = (text: string, longest: number): number => {
  for (const end of ends) {
    const places = [...text.slice(0, longest + 1).matchAll(end)].map(({ index }) => index);
    const last = places.filter((place) => place <= longest).at(-1);
    if (last !== undefined && last >= longest * leastShare) return last;
  }
  // One word that is longer than a message: cut, but never through a character of two halves.
  return /[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
};

/**
 * @param longest characters of a part, at least 2
 * @returns parts in order, none empty, each at most `longest`; joined they hold every character that is not white space at a seam.
 */
export const splitText = (text: string, longest: number): readonly string[] => {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const at = lastEnd(rest, longest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
};
