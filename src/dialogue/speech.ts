/** What every flow has at hand: the sentences in the resident's language, the facts, and how a reply is put together. Pure. */
import type { Texts } from '../i18n.js';
import type { Language } from '../language.js';
import type { Choice } from '../transport/contract.js';
import type { Label } from '../understand/contract.js';
import type {
  ChoiceMeaning,
  DecideInput,
  DialogueState,
  Expecting,
  FactAnswers,
  FactRequest,
  OfferedChoice,
  ReplyDraft,
  Settled,
} from './contract.js';
import { required } from './facts.js';

/** A reply is one message of fewer characters than this (WhatsApp's body of an interactive message). */
export const longestReply = 1_024;
/** Longest title of a thing to tap (WhatsApp's list rows). */
export const longestTitle = 24;

export interface Rules {
  readonly t: Texts;
  readonly timeZone: string;
  /** Minutes (business time) after which an open question of ours is forgotten. */
  readonly minutesToTimeout: number;
  /** From this probability an answer is given; from `clarifyAt` choices are offered. */
  readonly answerAt: number;
  readonly clarifyAt: number;
}

export interface Speech extends DecideInput {
  readonly rules: Rules;
  readonly language: Language;
  /** The label that the message carries first, if any. */
  readonly label: Label | undefined;
  readonly sure: boolean;
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  need<R extends FactRequest>(request: R): FactAnswers[R['fact']];
  /** The time (ISO, business) at which what is asked now is forgotten. */
  readonly until: string;
}

export const createSpeech = (rules: Rules, input: DecideInput): Speech => {
  const { understanding } = input.turn;
  const language = understanding.languageShown
    ? understanding.language
    : (input.resident.language ?? understanding.language);
  return { ...input, rules, ...speakingIn(rules, input, language) };
};

const speakingIn = (rules: Rules, input: DecideInput, language: Language) => {
  const { understanding } = input.turn;
  return {
    language,
    label: understanding.candidates[0]?.label,
    sure: understanding.confidence >= rules.answerAt,
    say: (key: string, values?: Readonly<Record<string, string | number>>) => rules.t(language, `bot:${key}`, values),
    need: <R extends FactRequest>(request: R) => required(input.facts, request),
    until: new Date(input.now.getTime() + rules.minutesToTimeout * 60_000).toISOString(),
  };
};

/** The same turn, spoken in another language. */
export const inLanguage = (speech: Speech, language: Language): Speech => ({
  ...speech,
  ...speakingIn(speech.rules, speech, language),
});

/** Parts of a reply by need: what is optional falls away from the end until the whole fits. */
export interface Parts {
  readonly must: readonly string[];
  readonly may?: readonly string[];
}
export const joinWithin = ({ must, may = [] }: Parts): string => {
  for (let kept = may.length; kept >= 0; kept -= 1) {
    const text = [...must, ...may.slice(0, kept)].filter((part) => part !== '').join('\n\n');
    if (text.length < longestReply) return text;
  }
  return `${must.join('\n\n').slice(0, longestReply - 2)}…`;
};

export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;

/** Choices with ids of their own: the turn's last message is part of the id, so that a tap on an old reply is told from a new one. */
export const offer = (
  speech: Speech,
  options: readonly { readonly words: string; readonly title?: string; readonly meaning: ChoiceMeaning }[],
): readonly OfferedChoice[] => {
  const turn = speech.turn.messages.at(-1)?.slice(0, 8) ?? 'turn';
  return options.map(({ words, title, meaning }, place) => ({
    id: `${turn}-${place + 1}`,
    title: shorten(title ?? words, longestTitle),
    words,
    meaning,
  }));
};

export const numbered = (choices: readonly OfferedChoice[]): string =>
  choices.map((choice, place) => `*${place + 1}* – ${choice.words}`).join('\n');

const tapsOf = (expecting: Expecting | undefined): readonly Choice[] =>
  expecting && 'choices' in expecting ? expecting.choices.map(({ id, title }) => ({ id, title })) : [];

export interface Said {
  readonly parts: Parts;
  readonly outcome: Label | 'clarify';
  readonly state?: Partial<DialogueState>;
  readonly expecting?: Expecting;
  readonly taps?: readonly Choice[];
  readonly asksLocation?: boolean;
  readonly ticket?: Settled['ticket'];
  readonly joinsTicket?: string | undefined;
  readonly urgent?: boolean | undefined;
  readonly contact?: Settled['contact'];
}

/** A settled turn with its one reply; on first contact it says that this is an automatic assistant. */
export const reply = (speech: Speech, said: Said): Settled => {
  const { state, language, resident, turn } = speech;
  const { expecting: _old, thanked: _thanked, ...kept } = state;
  const may = [...(said.parts.may ?? []), ...(state.greeted ? [] : [speech.say('assistantNote')])];
  const shown = turn.understanding.languageShown && resident.language !== language ? { language } : {};
  const contact = { ...shown, ...said.contact };
  const draft: ReplyDraft = {
    text: joinWithin({ must: said.parts.must, may }),
    choices: said.taps ?? tapsOf(said.expecting),
    asksLocation: said.asksLocation ?? false,
    language,
  };
  return {
    kind: 'settled',
    outcome: said.outcome,
    reply: draft,
    ...(said.ticket ? { ticket: said.ticket } : {}),
    ...(said.joinsTicket === undefined ? {} : { joinsTicket: said.joinsTicket }),
    ...(said.urgent ? { urgent: true } : {}),
    state: {
      ...kept,
      misses: 0,
      greeted: true,
      ...said.state,
      ...(said.expecting ? { expecting: said.expecting } : {}),
    },
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  };
};

/** A moment as residents read it: 23.04.2020 or 23.04.2020 08:00, local. */
export const localDay = (speech: Speech, at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', {
    timeZone: speech.rules.timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(at);
export const localTime = (speech: Speech, at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', { timeZone: speech.rules.timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
export const localMoment = (speech: Speech, at: Date): string => `${localDay(speech, at)} ${localTime(speech, at)}`;
/** DD.MM.YYYY of an ISO day. */
export const dayOf = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('.');
