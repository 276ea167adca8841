/** What every flow has at hand: the sentences in the resident's language, the facts, and what the message says. Pure. */
import type { Texts, TextValues } from '../i18n.js';
import type { Language } from '../language.js';
import type { Label } from '../understand/contract.js';
import type { DecideInput } from './contract.js';
import type { FactAnswers, FactRequest } from './fact-requests.js';
import { required } from './facts.js';

export interface Rules {
  readonly t: Texts;
  readonly timeZone: string;
  /** Minutes (business time) after which an open question of ours is forgotten. */
  readonly minutesToTimeout: number;
  /** For how many hours a sealed copy of an IIN is kept; 0 where none is offered. */
  readonly sealHours: number;
  /** From this probability an answer is given; from `clarifyAt` choices are offered. */
  readonly answerAt: number;
  readonly clarifyAt: number;
}

export interface Speech extends DecideInput {
  readonly rules: Rules;
  readonly language: Language;
  /** The message's own language is to be kept for the resident. */
  readonly keepsLanguage: boolean;
  /** The label that the message carries first, if any. */
  readonly label: Label | undefined;
  readonly sure: boolean;
  say(key: string, values?: TextValues): string;
  need<R extends FactRequest>(request: R): FactAnswers[R['fact']];
  /** The time (ISO, business) at which what is asked now is forgotten. */
  readonly until: string;
  /** Stands in the ids of this reply's choices. */
  readonly token: string;
}

/** Words of at least two letters: "2", "?", "а" say nothing. */
export const wordsIn = (text: string): readonly string[] => text.match(/\p{L}{2,}/gu) ?? [];

/** Too little to tell a language by: a tap, a number, a yes, a single word. Who has a kept language is answered in that. */
const saysLittle = ({ turn }: DecideInput): boolean => {
  const { slots } = turn.understanding;
  if (slots.wantedLanguage !== undefined) return false;
  const isShort = slots.choice !== undefined || slots.answer !== undefined || slots.receipt !== undefined;
  return turn.choiceId !== undefined || isShort || wordsIn(turn.text).length <= 1;
};

/** Figures that are no payment's name, nor a short number such as 103: nobody can tell what they ask. */
const isNumberAlone = ({ turn }: DecideInput): boolean =>
  turn.understanding.slots.programmes.length === 0 && /^\s*\d{5,}\s*$/.test(turn.text);

export const createSpeech = (rules: Rules, input: DecideInput): Speech => {
  const { understanding } = input.turn;
  const kept = input.resident.language;
  const own = understanding.languageShown && !(kept !== undefined && saysLittle(input));
  const label = isNumberAlone(input) ? undefined : understanding.candidates[0]?.label;
  return {
    ...input,
    rules,
    ...speaking(rules, input, own ? understanding.language : (kept ?? understanding.language)),
    keepsLanguage: own && kept !== understanding.language,
    label,
    sure: label !== undefined && understanding.confidence >= rules.answerAt && !understanding.slots.amountAlone,
    until: new Date(input.now.getTime() + rules.minutesToTimeout * 60_000).toISOString(),
    token: input.turn.messages.at(-1)?.slice(0, 8) ?? 'turn',
  };
};

const speaking = (rules: Rules, input: DecideInput, language: Language) => ({
  language,
  say: (key: string, values?: TextValues) => rules.t(language, `bot:${key}`, values),
  need: <R extends FactRequest>(request: R) => required(input.facts, request),
});

/** The same turn, spoken in another language. */
export const inLanguage = (speech: Speech, language: Language): Speech => ({
  ...speech,
  ...speaking(speech.rules, speech, language),
});
