/** What a tap, a number, a yes or some words pick of what the last reply left open. Pure. */
import { fold } from '../understand/fold.js';
import { type Speech, wordsIn } from './speech.js';
import type { ChoiceMeaning, OfferedChoice } from './state.js';

export type Picked =
  | { readonly kind: 'meaning'; readonly meaning: ChoiceMeaning }
  /** A number, but none of those offered. */
  | { readonly kind: 'out-of-range'; readonly most: number }
  | { readonly kind: 'none' };

/** A yes or a no of more words tells something else beside it. */
const wordsAfterAnswer = 5;

const none: Picked = { kind: 'none' };
const meant = (meaning: ChoiceMeaning): Picked => ({ kind: 'meaning', meaning });

/** Shorter words are endings and particles. */
const shortestWord = 3;
/** Beginnings that are as good as the word: "төлем" for "төлемдер", "бекет" for "бекеттер". */
const shortestBeginning = 4;

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortestWord)
    .map(fold);

const begins = (word: string, beginning: string): boolean =>
  word === beginning || (beginning.length >= shortestBeginning && word.startsWith(beginning));

/** The one choice that a message names: its words as a whole, else words that only it holds; none where two do. */
export const byWords = (
  text: string,
  choices: readonly OfferedChoice[],
): { readonly choice: OfferedChoice; readonly exact: boolean } | undefined => {
  const said = wordsOf(text);
  if (said.length === 0) return undefined;
  const line = said.join(' ');
  const exact = choices.filter(({ words, title }) => [words, title].some((each) => wordsOf(each).join(' ') === line));
  const [same, ...sameToo] = exact;
  if (same && sameToo.length === 0) return { choice: same, exact: true };
  const [choice, ...others] = choices.filter(({ words, title }) => {
    const offered = wordsOf(`${words} ${title}`);
    return said.every((word) => offered.some((each) => begins(each, word)));
  });
  return choice && others.length === 0 ? { choice, exact: false } : undefined;
};

/** Questions and requests of their own, unlike small talk, which a topic's single word is easily taken for. */
const asksItself = ({ sure, label }: Speech): boolean =>
  sure && label !== undefined && !label.startsWith('small:') && label !== 'ignore-offtopic';

const pickOf = (speech: Speech, choices: readonly OfferedChoice[]): Picked => {
  const { slots } = speech.turn.understanding;
  if (slots.choice !== undefined) {
    const chosen = choices[slots.choice - 1];
    return chosen ? meant(chosen.meaning) : { kind: 'out-of-range', most: choices.length };
  }
  const named = byWords(speech.turn.text, choices);
  if (!named) return none;
  // A question of its own that happens to use some of a choice's words is answered as such.
  const leads = named.exact || named.choice.meaning.kind === 'label' || !asksItself(speech);
  return leads ? meant(named.choice.meaning) : none;
};

/** The question that was left for a tap: by that, as 3, or by its words. */
const pickOther = (speech: Speech, other: OfferedChoice | undefined): Picked | null => {
  if (other === undefined) return null;
  const { choiceId, understanding, text } = speech.turn;
  const isMeant =
    choiceId === undefined
      ? understanding.slots.choice === 3 || byWords(text, [other])?.exact === true
      : choiceId === other.id;
  return isMeant ? meant(other.meaning) : null;
};

/** Yes or no: by tap, by word, or as 1 and 2. `most` is the greatest number that was offered. */
const yesOrNo = ({ turn }: Speech, token: string | undefined, most = 2): Picked => {
  if (turn.choiceId !== undefined) {
    if (turn.choiceId === `${token}-yes`) return meant({ kind: 'yes' });
    return turn.choiceId === `${token}-no` ? meant({ kind: 'no' }) : none;
  }
  const { answer, choice } = turn.understanding.slots;
  if (choice !== undefined && choice > 2) return { kind: 'out-of-range', most };
  if (answer === 'yes' || choice === 1) return meant({ kind: 'yes' });
  return answer === 'no' || choice === 2 ? meant({ kind: 'no' }) : none;
};

/** A yes or a no with a few words after it ("нет, это не мой") is one where a plain question was asked. */
const withFirstWord = (speech: Speech): Speech => {
  const { understanding, text } = speech.turn;
  const { answerFirst } = understanding.slots;
  if (answerFirst === undefined || wordsIn(text).length > wordsAfterAnswer) return speech;
  const slots = { ...understanding.slots, answer: answerFirst };
  return { ...speech, turn: { ...speech.turn, understanding: { ...understanding, slots } } };
};

/** A tap on an older reply picks nothing: its words are then read as text. */
export const pick = (speech: Speech): Picked => {
  const open = speech.state.expecting;
  switch (open?.kind) {
    case 'choice': {
      const tapped = open.choices.find((choice) => choice.id === speech.turn.choiceId);
      return tapped ? meant(tapped.meaning) : pickOf(speech, open.choices);
    }
    case 'helped':
      return pickOther(speech, open.other) ?? yesOrNo(speech, open.token, open.other === undefined ? 2 : 3);
    case 'iin-consent':
    case 'tell-me':
    case 'seal-consent':
    case 'handoff-confirm':
      return yesOrNo(withFirstWord(speech), open.token);
    default:
      return none;
  }
};
