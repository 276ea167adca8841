/** What a resident decides about the service itself: its language, and being left alone. Pure. */
import { type Language, otherLanguage } from '../language.js';
import type { Settled } from './contract.js';
import { fitted, reply } from './reply.js';
import { sayAgain } from './say-again.js';
import { inLanguage, type Speech } from './speech.js';

/** Switches, and says what is open once more: the last answer, the question, else the menu. A number that was asked for is still awaited. */
export const switchLanguage = (
  speech: Speech,
  wanted: Language = speech.turn.understanding.slots.wantedLanguage ?? otherLanguage(speech.language),
): Settled => {
  const spoken: Speech = { ...inLanguage(speech, wanted), keepsLanguage: true };
  const switched = spoken.say('languageSwitched');
  const again = sayAgain(spoken);
  if (!again.reply) return again;
  const text = fitted({ must: [switched, again.reply.text] });
  return {
    ...again,
    outcome: again.ticket ? again.outcome : 'service:language',
    reply: { ...again.reply, text },
  };
};

/** After this nothing is sent that does not answer an own question or ticket. */
export const optOut = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optOut')] }, outcome: 'service:stop', contact: { stopped: true } });
export const optIn = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optIn')] }, outcome: 'service:menu', contact: { stopped: false } });
