/** The order of the dialogue: danger first, then who holds the conversation, what was left open, and what the message says. Pure. */
import * as measured from '../understand/thresholds.js';
import { answerSeveral } from './answer-several.js';
import { byLabel } from './by-label.js';
import { aboutCheckpoints, askWhichPost } from './checkpoints.js';
import { clarify, isAQuestion, notUnderstood, offerPerson, originalOf, storyOrCase } from './clarify.js';
import type { Decide, DecideInput, Decision, Turn } from './contract.js';
import { answerDanger } from './danger.js';
import { NeedsFact } from './facts.js';
import { followQuotedTicket, handOff } from './hand-off.js';
import { inOpenLanguage } from './language-open.js';
import { answerOpenQuestion, goOnSealing } from './open-question.js';
import { followPlainSigns } from './plain-signs.js';
import { takeRating } from './rating.js';
import { optOut } from './settings.js';
import { createSpeech, type Rules, type Speech, wordsIn } from './speech.js';
import { type DialogueState, readState } from './state.js';
import { listNamedTopic } from './topics.js';

/** Labels whose flow costs little where it was not meant: from this probability on they are followed without asking back. */
const cheapAt = 0.35;
const isCheap = ({ label, turn }: Speech): boolean =>
  turn.understanding.confidence >= cheapAt &&
  (label?.startsWith('small:') || label === 'service:menu' || label === 'service:human' || label === 'ignore-offtopic');

/** Makes the pure decision function; `answerAt` and `clarifyAt` (probabilities) are the measured ones unless given. */
export const createDecide = (rules: Pick<Rules, 't' | 'timeZone' | 'minutesToTimeout'> & Partial<Rules>): Decide => {
  const complete: Rules = { answerAt: measured.answerAt, clarifyAt: measured.clarifyAt, sealHours: 0, ...rules };
  return (input) => {
    try {
      return decide(complete, { ...input, state: withQuoted(readState(input.state), input.turn) });
    } catch (error) {
      if (error instanceof NeedsFact) return { kind: 'need', request: error.request };
      throw error;
    }
  };
};

/** Who quotes an older answer speaks of that, also where "did this help?" was asked of a later one. */
const withQuoted = (state: DialogueState, { quotedArticle }: Turn): DialogueState => {
  if (quotedArticle === undefined) return state;
  const { expecting } = state;
  const asked =
    expecting?.kind === 'helped' && expecting.article !== quotedArticle
      ? { expecting: { ...expecting, article: quotedArticle, original: [] } }
      : {};
  return { ...state, ...asked, article: quotedArticle };
};

const decide = (rules: Rules, given: DecideInput): Decision => {
  const { expecting, ...closed } = given.state;
  const expired = expecting !== undefined && new Date(expecting.until) < given.now;
  const speech = createSpeech(rules, expired ? { ...given, state: { ...closed, misses: 0 } } : given);
  return inOpenLanguage(speech, (spoken) => settle(spoken, expired));
};

const settle = (speech: Speech, expired: boolean): Decision => {
  if (speech.turn.understanding.danger) return answerDanger(speech);
  const rating = takeRating(speech);
  if (rating) return rating;
  const leftAlone = leavesAlone(speech);
  if (leftAlone) return leftAlone;
  if (speech.resident.heldBySpecialist) {
    // What was agreed to for the specialist goes on while the specialist has the conversation.
    const sealed = goOnSealing(speech);
    if (sealed) return sealed;
    return { kind: 'settled', outcome: 'service:human', silence: 'held-by-specialist', state: speech.state };
  }
  return (
    followQuotedTicket(speech) ?? followPlainSigns(speech) ?? answerOpenQuestion(speech, expired) ?? followWords(speech)
  );
};

/** Стоп is kept also where a specialist has the conversation or is quoted: notices and corrections go out besides. */
const leavesAlone = (speech: Speech): Decision | null => {
  const isForPerson = speech.resident.heldBySpecialist || speech.turn.quotedTicket !== undefined;
  return isForPerson && speech.sure && speech.label === 'service:stop' ? optOut(speech) : null;
};

/** From so many words on, what leads to the menu rather announces a question ("I have a question to you"). */
const wordsOfAnnouncement = 3;

/** Words that may go on: a greeting alone, no topic, nothing clear. */
const isFragment = ({ label, sure, turn }: Speech): boolean => {
  if (turn.choiceId !== undefined) return false;
  const announces = label === 'service:menu' && wordsIn(turn.text).length >= wordsOfAnnouncement;
  return !sure || announces || label === 'small:greeting' || label === 'ignore-offtopic';
};

const followWords = (speech: Speech): Decision => {
  const post = awaitedPost(speech);
  if (post) return post;
  const repeated = saidAlready(speech);
  if (repeated) return repeated;
  const several = answerSeveral(speech);
  if (several) return several;
  if (!speech.turn.settled && isFragment(speech)) return { kind: 'wait' };
  const story = storyOrCase(speech);
  if (story) return story;
  if (speech.sure || isCheap(speech)) return byLabel(speech);
  return unknownPost(speech) ?? (leansOnAnswer(speech) ? null : listNamedTopic(speech)) ?? followUnsure(speech);
};

/** After an answer "documents?" rather asks more of it than it names the topic of that name. */
const leansOnAnswer = ({ state, label, turn }: Speech): boolean =>
  state.article !== undefined && label?.startsWith('faq:') === true && turn.understanding.confidence >= cheapAt;

/** "Мне не пришло" after the answer on when it comes: the same text again helps nobody, so a specialist is offered. */
const saidAlready = (speech: Speech): Decision | null => {
  const open = speech.state.expecting;
  const isSame = open?.kind === 'helped' && speech.sure && speech.label === `faq:${open.article}`;
  if (!isSame || !speech.turn.understanding.slots.denies) return null;
  return { ...offerPerson(speech, speech.say('answer.saidAlready')), outcome: speech.label };
};

/** A longer message that names a place may ask something else about it. */
const wordsOfAPlace = 3;
const awaitsPost = ({ state: { expecting } }: Speech): boolean =>
  expecting?.kind === 'choice' && expecting.about === 'checkpoint';

/** The name of a post or a district, where one was asked for. */
const awaitedPost = (speech: Speech): Decision | null => {
  const { text, understanding } = speech.turn;
  const named = understanding.slots.checkpoints.length > 0;
  const bare = wordsIn(text).length <= wordsOfAPlace;
  return awaitsPost(speech) && named && (bare || !speech.sure) ? aboutCheckpoints(speech) : null;
};

/** A name that is no post's is said to be unknown, once. */
const unknownPost = (speech: Speech): Decision | null => {
  if (!awaitsPost(speech) || speech.state.misses > 0) return null;
  const asked = askWhichPost(speech, speech.say('checkpoint.notFound'));
  return { ...asked, state: { ...asked.state, misses: 1 } };
};

const followUnsure = (speech: Speech): Decision => {
  const { label } = speech;
  if (label === undefined) return notUnderstood(speech);
  // Who waits for a specialist goes on telling: what the bot cannot answer belongs to the ticket.
  const waits = speech.resident.openTickets.some(({ status }) => status !== 'answered');
  const isCase = label === 'escalate' && isAQuestion(speech);
  if (isCase || waits) return handOff(speech, { reason: 'no-answer', about: originalOf(speech) });
  return speech.turn.understanding.confidence >= speech.rules.clarifyAt ? clarify(speech) : notUnderstood(speech);
};
