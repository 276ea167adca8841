/** Choices of a reply: things to tap and the same things by number. Pure. */
import type { Choice } from '../transport/contract.js';
import { shorten } from './reply.js';
import type { Speech } from './speech.js';
import type { ChoiceMeaning, OfferedChoice } from './state.js';

/** Longest title of a thing to tap (WhatsApp's list rows). */
export const longestTitle = 24;
/** Rows of a WhatsApp list. */
export const mostChoices = 10;
/** Characters that the numbered lines may take together, so that what stands around them has its place. */
const longestLines = 760;

export interface Option {
  readonly words: string;
  /** What is tapped, where the words are too long for it. */
  readonly title?: string;
  readonly meaning: ChoiceMeaning;
}

/** A title that is cut carries its number, so that it is found in the numbered lines. */
const titleOf = ({ words, title }: Option, number: number): string => {
  const whole = title ?? words;
  return whole.length <= longestTitle ? whole : shorten(`${number}. ${whole}`, longestTitle);
};

/** Longest description beside a title (WhatsApp's list rows). */
const longestDescription = 72;

/** The whole words beside a title that had to be cut. */
const describe = ({ words, title }: Option): Pick<Choice, 'description'> =>
  (title ?? words).length <= longestTitle ? {} : { description: shorten(words, longestDescription) };

/** Choices with ids of this turn's own, so that a tap on an old reply is told from one on this. */
export const offer = (speech: Speech, options: readonly Option[]): readonly OfferedChoice[] =>
  options.map((option, place) => ({
    id: `${speech.token}-${place + 1}`,
    title: titleOf(option, place + 1),
    ...describe(option),
    words: option.words,
    meaning: option.meaning,
  }));

/** One line for each choice; long words are cut alike until the lines fit together. */
export const numbered = (choices: readonly OfferedChoice[]): string => {
  const lines = (longest: number): string =>
    choices.map((choice, place) => `*${place + 1}* – ${shorten(choice.words, longest)}`).join('\n');
  for (let longest = 200; longest > 20; longest -= 5) {
    const text = lines(longest);
    if (text.length <= longestLines) return text;
  }
  return lines(20);
};

/** Yes and no to tap, numbered 1 and 2 by their order. */
export const yesAndNo = (speech: Speech, yes: string, no: string): readonly Choice[] => [
  { id: `${speech.token}-yes`, title: shorten(yes, longestTitle) },
  { id: `${speech.token}-no`, title: shorten(no, longestTitle) },
];

/** A page of a list that is longer than a reply: as many as fit, and a row that leads on. */
export const page = <T>(items: readonly T[], from: number): { readonly shown: readonly T[]; readonly next?: number } =>
  items.length - from <= mostChoices
    ? { shown: items.slice(from) }
    : { shown: items.slice(from, from + mostChoices - 1), next: from + mostChoices - 1 };
