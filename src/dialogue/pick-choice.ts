/** What a tap, a number, a yes or some words pick of what the last reply left open. Pure. */
import type { ChoiceMeaning, DialogueState, Expecting, OfferedChoice, Turn } from './contract.js';

export type Picked =
  | { readonly kind: 'meaning'; readonly meaning: ChoiceMeaning }
  /** A number, but none of those offered. */
  | { readonly kind: 'out-of-range'; readonly most: number }
  | { readonly kind: 'none' };

const none: Picked = { kind: 'none' };
const meant = (meaning: ChoiceMeaning): Picked => ({ kind: 'meaning', meaning });

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);

/** The one choice whose words hold all of the message's words; none where two do. */
const byWords = (text: string, choices: readonly OfferedChoice[]): OfferedChoice | undefined => {
  const said = words(text);
  if (said.length === 0) return undefined;
  const fitting = choices.filter((choice) => {
    const offered = new Set(words(`${choice.words} ${choice.title}`));
    return said.every((word) => offered.has(word));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
};

const pickOf = (turn: Turn, choices: readonly OfferedChoice[]): Picked => {
  const { choice } = turn.understanding.slots;
  if (choice !== undefined) {
    const chosen = choices[choice - 1];
    return chosen ? meant(chosen.meaning) : { kind: 'out-of-range', most: choices.length };
  }
  const chosen = byWords(turn.text, choices);
  return chosen ? meant(chosen.meaning) : none;
};

/** Yes or no: by tap, by word, or as 1 and 2. */
const yesOrNo = (turn: Turn): Picked => {
  const { answer, choice } = turn.understanding.slots;
  if (turn.choiceId?.includes('-yes') || answer === 'yes' || choice === 1) return meant({ kind: 'yes' });
  if (turn.choiceId?.includes('-no') || answer === 'no' || choice === 2) return meant({ kind: 'no' });
  return none;
};

/** A tap on an older reply still says whether that article helped, but nothing else: its words are then read as text. */
export const pick = (state: DialogueState, turn: Turn): Picked => {
  const open: Expecting | undefined = state.expecting;
  if (turn.choiceId !== undefined && open?.kind === 'choice') {
    const tapped = open.choices.find((choice) => choice.id === turn.choiceId);
    if (tapped) return meant(tapped.meaning);
  }
  switch (open?.kind) {
    case 'choice':
      return pickOf(turn, open.choices);
    case 'helped':
      return turn.choiceId !== undefined && !turn.choiceId.endsWith(`:${open.article}`) ? none : yesOrNo(turn);
    case 'iin-consent':
    case 'handoff-confirm':
      return yesOrNo(turn);
    case 'iin':
      return turn.understanding.slots.answer === 'no' ? meant({ kind: 'no' }) : none;
    default:
      return none;
  }
};
