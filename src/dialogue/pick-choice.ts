/** What a tap, a number, a yes or some words pick of what the last reply left open. Pure. */
import { fold } from '../understand/fold.js';
import type { ChoiceMeaning, OfferedChoice } from './contract.js';
import type { Speech } from './speech.js';

export type Picked =
  | { readonly kind: 'meaning'; readonly meaning: ChoiceMeaning }
  /** A number, but none of those offered. */
  | { readonly kind: 'out-of-range'; readonly most: number }
  | { readonly kind: 'none' };

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

/** The one choice whose words hold all of the message's words; none where two do. */
const byWords = (text: string, choices: readonly OfferedChoice[]): OfferedChoice | undefined => {
  const said = wordsOf(text);
  if (said.length === 0) return undefined;
  const line = said.join(' ');
  const exact = choices.filter(({ words, title }) => [words, title].some((each) => wordsOf(each).join(' ') === line));
  if (exact.length === 1) return exact[0];
  const fitting = choices.filter(({ words, title }) => {
    const offered = wordsOf(`${words} ${title}`);
    return said.every((word) => offered.some((each) => begins(each, word)));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
};

const pickOf = ({ turn, sure, label }: Speech, choices: readonly OfferedChoice[]): Picked => {
  const { choice } = turn.understanding.slots;
  if (choice !== undefined) {
    const chosen = choices[choice - 1];
    return chosen ? meant(chosen.meaning) : { kind: 'out-of-range', most: choices.length };
  }
  const chosen = byWords(turn.text, choices);
  // A question of its own that happens to use a choice's words is answered as such.
  const ownQuestion = sure && label !== undefined && chosen?.meaning.kind !== 'label';
  return chosen && !(ownQuestion && turn.choiceId === undefined) ? meant(chosen.meaning) : none;
};

/** Yes or no: by tap, by word, or as 1 and 2. */
const yesOrNo = ({ turn }: Speech, token: string | undefined): Picked => {
  if (turn.choiceId !== undefined) {
    if (turn.choiceId === `${token}-yes`) return meant({ kind: 'yes' });
    return turn.choiceId === `${token}-no` ? meant({ kind: 'no' }) : none;
  }
  const { answer, choice } = turn.understanding.slots;
  if (choice !== undefined && choice > 2) return { kind: 'out-of-range', most: 2 };
  if (answer === 'yes' || choice === 1) return meant({ kind: 'yes' });
  return answer === 'no' || choice === 2 ? meant({ kind: 'no' }) : none;
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
    case 'iin-consent':
    case 'handoff-confirm':
      return yesOrNo(speech, open.token);
    default:
      return none;
  }
};
