/** The order of the dialogue: danger first, then who holds the conversation, what was left open, and what the message says. Pure. */
import { answerAt, clarifyAt } from '../understand/thresholds.js';
import { answerArticle, listTopic } from './answer-article.js';
import { askConsent, askIin, checkIin, isEligibility, takeIins, wantedProgramme } from './check-eligibility.js';
import { askPlace, tellCheckpoint, tellNearest } from './checkpoints.js';
import { clarify, notUnderstood } from './clarify.js';
import type { ChoiceMeaning, Decide, DecideInput, Decision, Settled } from './contract.js';
import { NeedsFact } from './facts.js';
import { answerDanger, handOff, tellReceipt } from './hand-off.js';
import { type Picked, pick } from './pick-choice.js';
import {
  answerBye,
  answerMedia,
  answerOffTopic,
  answerThanks,
  greet,
  optIn,
  optOut,
  restart,
  showMenu,
  switchLanguage,
} from './small-talk.js';
import { createSpeech, type Rules, reply, type Speech } from './speech.js';

const wait = { kind: 'wait' } as const;

/** Makes the pure decision function; `answerAt` and `clarifyAt` are the measured ones unless given. */
export const createDecide = (rules: Omit<Rules, 'answerAt' | 'clarifyAt'> & Partial<Rules>): Decide => {
  const complete: Rules = { answerAt, clarifyAt, ...rules };
  return (input) => {
    try {
      return decide(complete, input);
    } catch (error) {
      if (error instanceof NeedsFact) return { kind: 'need', request: error.request };
      throw error;
    }
  };
};

const decide = (rules: Rules, given: DecideInput): Decision => {
  const { expecting, ...rest } = given.state;
  const expired = expecting !== undefined && new Date(expecting.until) < given.now;
  const speech = createSpeech(rules, expired ? { ...given, state: rest } : given);
  if (speech.turn.understanding.danger) return answerDanger(speech);
  if (speech.resident.heldBySpecialist) {
    return { kind: 'settled', outcome: 'service:human', silence: 'held-by-specialist', state: given.state };
  }
  return fromWhatIsThere(speech) ?? fromWhatIsOpen(speech, expired) ?? fromWhatIsSaid(speech);
};

/** A receipt, a place, a number, a photo: what speaks for itself. */
const fromWhatIsThere = (speech: Speech): Decision | null => {
  const { turn, state } = speech;
  const { slots } = turn.understanding;
  if (turn.location) return tellNearest(speech, turn.location.latitude, turn.location.longitude);
  if (turn.media && turn.text === '') return answerMedia(speech, turn.media);
  if (slots.receipt) return tellReceipt(speech, slots.receipt);
  if (slots.restart) return restart(speech);
  if (slots.optIn && speech.resident.stopped) return optIn(speech);
  if (turn.iins.length > 0) {
    if (state.expecting?.kind === 'iin') return takeIins(speech, state.expecting.programme, state.expecting.faults);
    if (bareIin(speech)) return bareIinOutOfTheBlue(speech);
    if (isEligibility(speech.label)) return takeIins(speech, wantedProgramme(speech), 0);
  }
  return null;
};

/** Nothing but the number, with at most a word or two around it that ask for nothing. */
const bareIin = ({ turn }: Speech): boolean =>
  turn.text
    .replaceAll('⟨iin⟩', ' ')
    .replace(/(?:жсн|иин|iin|jsn|мой|менің|вот|мынау)/giu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '') === '';

const bareIinOutOfTheBlue = (speech: Speech): Settled => {
  const [iin] = speech.turn.iins;
  const whole = iin && !iin.fault && speech.turn.iins.length === 1;
  return whole ? askConsent(speech, iin, 'all') : takeIins(speech, 'all', 0);
};

/** What the last reply left open, unless the message confidently asks something else. */
const fromWhatIsOpen = (speech: Speech, expired: boolean): Decision | null => {
  const picked = pick(speech.state, speech.turn);
  if (picked.kind === 'meaning') return followPick(speech, picked);
  if (picked.kind === 'out-of-range') {
    return reply(speech, {
      parts: { must: [speech.say('clarify.badChoice', { max: picked.most })] },
      outcome: 'clarify',
      ...(speech.state.expecting ? { expecting: { ...speech.state.expecting, until: speech.until } } : {}),
    });
  }
  if (
    speech.state.expecting?.kind === 'checkpoint-place' &&
    speech.turn.understanding.slots.checkpoints.length > 0 &&
    !asksSomethingElse(speech)
  ) {
    return aboutCheckpoint(speech);
  }
  const { choice, answer } = speech.turn.understanding.slots;
  if (choice !== undefined || (answer !== undefined && speech.state.expecting === undefined)) {
    return showMenu(speech, expired ? speech.say('timedOut') : undefined);
  }
  return null;
};
const asksSomethingElse = (speech: Speech): boolean => speech.sure && (speech.label?.startsWith('faq:') ?? false);

const followPick = (speech: Speech, { meaning }: Picked & { kind: 'meaning' }): Settled => {
  const open = speech.state.expecting;
  if (open?.kind === 'iin-consent') {
    return meaning.kind === 'yes' ? checkIin(speech, open.iin, open.programme) : cancelled(speech);
  }
  if (open?.kind === 'iin') return cancelled(speech);
  if (open?.kind === 'helped') {
    return meaning.kind === 'yes'
      ? reply(speech, { parts: { must: [speech.say('helped.thanks')] }, outcome: 'small:thanks' })
      : handOff(speech, { reason: 'not-helped', label: `faq:${open.article}`, about: open.original });
  }
  return follow(speech, meaning, open?.kind === 'choice' ? open.original : []);
};

const cancelled = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('askIin.cancelled')] }, outcome: 'service:menu' });

/** Goes where a choice leads. */
const follow = (speech: Speech, meaning: ChoiceMeaning, original: readonly string[]): Settled => {
  switch (meaning.kind) {
    case 'label':
      return byLabel({ ...speech, label: meaning.label, sure: true });
    case 'topic':
      return listTopic(speech, meaning.topic);
    case 'programme':
      return askIin(speech, meaning.programme);
    case 'checkpoint':
      return tellCheckpoint(speech, meaning.checkpoint);
    case 'language':
      return switchLanguage(speech, meaning.language);
    case 'handoff':
      return handOff(speech, { reason: 'asked-for-human', outcome: 'service:human', about: original });
    case 'yes':
    case 'no':
      return showMenu(speech);
  }
};

/** Labels that are answered as soon as they lead, since a mistake costs little and a delay is felt. */
const fragment = (speech: Speech): boolean =>
  speech.label === undefined || speech.label === 'small:greeting' || speech.label === 'ignore-offtopic' || !speech.sure;

const fromWhatIsSaid = (speech: Speech): Decision => {
  if (!speech.turn.settled && speech.turn.choiceId === undefined && fragment(speech)) return wait;
  if (speech.label === undefined) return notUnderstood(speech);
  if (speech.sure) return byLabel(speech);
  if (speech.label === 'escalate') return handOff(speech, { reason: 'no-answer' });
  if (speech.label.startsWith('small:')) return byLabel(speech);
  return speech.turn.understanding.confidence >= speech.rules.clarifyAt ? clarify(speech) : notUnderstood(speech);
};

const aboutCheckpoint = (speech: Speech): Settled => {
  const [first, ...others] = speech.turn.understanding.slots.checkpoints;
  return first !== undefined && others.length === 0 ? tellCheckpoint(speech, first) : askPlace(speech);
};

const byLabel = (speech: Speech): Settled => {
  const { label } = speech;
  if (label === undefined) return notUnderstood(speech);
  if (label.startsWith('faq:')) return answerArticle(speech, label.slice('faq:'.length));
  if (isEligibility(label)) return askIin(speech, wantedProgramme(speech));
  switch (label) {
    case 'service:checkpoint-nearest':
      return aboutCheckpoint(speech);
    case 'service:human':
      return handOff(speech, { reason: 'asked-for-human', outcome: 'service:human' });
    case 'service:language':
      return switchLanguage(speech);
    case 'service:menu':
      return showMenu(speech);
    case 'service:stop':
      return optOut(speech);
    case 'small:greeting':
      return greet(speech);
    case 'small:thanks':
      return answerThanks(speech);
    case 'small:bye':
      return answerBye(speech);
    case 'ignore-offtopic':
      return answerOffTopic(speech);
    default:
      return handOff(speech, { reason: 'no-answer' });
  }
};
