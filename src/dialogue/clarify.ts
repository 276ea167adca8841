/** "Did you mean": up to three choices where the understanding is unsure, and a way to a person. Pure. */
import type { Candidate, Label } from '../understand/contract.js';
import type { Settled } from './contract.js';
import { handOff } from './hand-off.js';
import { numbered, type Option, offer, yesAndNo } from './offer-choices.js';
import { reply } from './reply.js';
import { type Speech, wordsIn } from './speech.js';

const mostOffered = 3;
/** Fewer words than this are too little to hand over: the resident is asked to say more. */
const wordsOfAQuestion = 3;

const offerable = ({ label }: Candidate): boolean =>
  label.startsWith('faq:') || label.startsWith('service:eligibility') || label === 'service:checkpoint-nearest';

/** The words a label is offered by; null for an article that is not published. */
const wordsOf = (speech: Speech, label: Label): string | null => {
  if (label.startsWith('service:eligibility-')) {
    const programme = speech.need({ fact: 'programmes' }).find(({ intent }) => intent === label);
    return programme ? speech.say('offer.list', { programme: programme.shortName[speech.language] }) : null;
  }
  if (!label.startsWith('faq:')) return speech.say(`offer.${label.slice('service:'.length)}`);
  return speech.need({ fact: 'article', id: label.slice('faq:'.length) })?.question[speech.language] ?? null;
};

/** Messages that the open question of ours is about. */
export const originalOf = ({ state }: Speech): readonly string[] =>
  state.expecting && 'original' in state.expecting ? state.expecting.original : [];

export const clarify = (speech: Speech): Settled => {
  if (speech.state.misses > 0) return missedAgain(speech);
  const labels = speech.turn.understanding.candidates
    .filter(offerable)
    .slice(0, mostOffered)
    .map(({ label }) => label);
  return offerLabels(speech, labels, speech.turn.messages, speech.state.misses + 1) ?? notUnderstood(speech);
};

/** "Did you mean" one of these; null where none of them can be offered now. */
export const offerLabels = (
  speech: Speech,
  labels: readonly Label[],
  original: readonly string[],
  misses: number,
): Settled | null => {
  const options = labels.flatMap<Option>((label) => {
    const words = wordsOf(speech, label);
    return words === null ? [] : [{ words, meaning: { kind: 'label', label } }];
  });
  if (options.length === 0) return null;
  const none: Option = {
    words: speech.say('clarify.none'),
    title: speech.say('clarify.noneTitle'),
    meaning: { kind: 'handoff' },
  };
  const choices = offer(speech, [...options, none]);
  return reply(speech, {
    parts: { must: [speech.say('clarify.ask'), numbered(choices)] },
    outcome: 'clarify',
    state: { misses },
    expecting: { kind: 'choice', choices, about: 'clarify', original, until: speech.until },
  });
};

/**
 * A long story may be a case for a person, or tell a case and then ask what an article answers. Of 47 stories of the evaluation that were
 * taken for a case, 35 of 39 cases were so by 0.9 at least, and none of 8 questions; of 6 of these the next candidate was the article.
 */
const wordsOfAStory = 20;
const sureOfCaseAt = 0.9;
/** Asks whether it is that article, before a person gets it; null where it is no such story, or where a person is waited for. */
export const storyOrCase = (speech: Speech): Settled | null => {
  const { candidates, confidence } = speech.turn.understanding;
  const next = candidates[1]?.label;
  if (speech.label !== 'escalate' || confidence >= sureOfCaseAt || !next?.startsWith('faq:')) return null;
  const isStory = wordsIn(speech.turn.text).length >= wordsOfAStory;
  if (!isStory || speech.state.misses > 0 || speech.resident.openTickets.length > 0) return null;
  return offerLabels(speech, [next], speech.turn.messages, 1);
};

/** Enough words to be understood by a specialist. */
export const isAQuestion = ({ turn }: Speech): boolean => wordsIn(turn.text).length >= wordsOfAQuestion;

/** Nothing fits: a whole question goes to a specialist at once, a word or two is asked about first, and only once. */
export const notUnderstood = (speech: Speech): Settled => {
  if (speech.state.misses > 0) return missedAgain(speech);
  if (isAQuestion(speech)) return handOff(speech, { reason: 'no-answer' });
  return reply(speech, {
    parts: { must: [speech.say('fallback.first')] },
    outcome: 'clarify',
    state: { misses: speech.state.misses + 1 },
  });
};

/** The second time in a row: a whole question is handed over with what came before it, for a word or two a person is offered. */
const missedAgain = (speech: Speech): Settled =>
  isAQuestion(speech) || speech.resident.openTickets.length > 0
    ? handOff(speech, { reason: 'no-answer', about: originalOf(speech) })
    : offerPerson(speech, speech.say('fallback.second'));

/** Asks whether a specialist shall answer, under a first sentence that holds the question. */
export const offerPerson = (speech: Speech, question: string): Settled =>
  reply(speech, {
    parts: { must: [question] },
    outcome: 'clarify',
    state: { misses: speech.state.misses },
    expecting: {
      kind: 'handoff-confirm',
      original: [...new Set([...originalOf(speech), ...speech.turn.messages])],
      token: speech.token,
      until: speech.until,
    },
    taps: yesAndNo(speech, speech.say('confirm.affirmative'), speech.say('confirm.negative')),
  });
