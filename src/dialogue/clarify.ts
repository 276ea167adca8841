/** "Did you mean": up to three choices where the understanding is unsure, and a way to a person. Pure. */
import type { Candidate, Label } from '../understand/contract.js';
import type { Settled } from './contract.js';
import { handOff } from './hand-off.js';
import { numbered, offer, reply, type Speech } from './speech.js';

const mostChoices = 3;
/** Fewer words than this are too little to hand over at the first try: the resident is asked to say more. */
const wordsOfAQuestion = 3;

const offerable = ({ label }: Candidate): boolean =>
  label.startsWith('faq:') || label.startsWith('service:eligibility') || label === 'service:checkpoint-nearest';

/** The words a label is offered by; null for an article that is not published. */
const wordsOf = (speech: Speech, label: Label): string | null => {
  if (!label.startsWith('faq:')) return speech.say(`offer.${label.slice('service:'.length)}`);
  const article = speech.need({ fact: 'article', id: label.slice('faq:'.length) });
  return article ? article.question[speech.language] : null;
};

export const clarify = (speech: Speech): Settled => {
  const options = speech.turn.understanding.candidates
    .filter(offerable)
    .slice(0, mostChoices)
    .flatMap(({ label }) => {
      const words = wordsOf(speech, label);
      return words === null ? [] : [{ words, meaning: { kind: 'label', label } as const }];
    });
  if (options.length === 0) return notUnderstood(speech);
  const choices = offer(speech, [
    ...options,
    { words: speech.say('clarify.none'), title: speech.say('clarify.noneTitle'), meaning: { kind: 'handoff' } },
  ]);
  return reply(speech, {
    parts: { must: [speech.say('clarify.ask'), numbered(choices)] },
    outcome: 'clarify',
    expecting: { kind: 'choice', choices, about: 'clarify', original: speech.turn.messages, until: speech.until },
  });
};

/** Nothing fits: a whole question goes to a specialist at once, a word or two is asked about first, and only once. */
export const notUnderstood = (speech: Speech): Settled => {
  const words = speech.turn.text.split(/\s+/u).filter((word) => /\p{L}{2}/u.test(word)).length;
  if (words >= wordsOfAQuestion || speech.state.misses > 0 || speech.resident.openTickets.length > 0) {
    return handOff(speech, { reason: 'no-answer' });
  }
  return reply(speech, {
    parts: { must: [speech.say('fallback')] },
    outcome: 'clarify',
    state: { misses: speech.state.misses + 1 },
  });
};
