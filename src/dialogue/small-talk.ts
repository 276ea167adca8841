/** Greeting, menu, thanks, farewell, language, being left alone: what is said around the questions. Pure. */
import { otherLanguage } from '../language.js';
import type { ChoiceMeaning, Settled } from './contract.js';
import { inLanguage, numbered, offer, reply, type Speech } from './speech.js';

const menuRows = (speech: Speech) => {
  const row = (key: string, meaning: ChoiceMeaning) => ({ words: speech.say(`menu.${key}`), meaning });
  return [
    row('payments', { kind: 'topic', topic: 'payments' }),
    row('eligibility', { kind: 'label', label: 'service:eligibility' }),
    row('checkpoints', { kind: 'topic', topic: 'checkpoints' }),
    row('business', { kind: 'topic', topic: 'business' }),
    row('health', { kind: 'topic', topic: 'health' }),
    row('services', { kind: 'topic', topic: 'services' }),
    row('human', { kind: 'handoff' }),
    row('language', { kind: 'language', language: otherLanguage(speech.language) }),
  ];
};

const withMenu = (speech: Speech, first: readonly string[], outcome: 'service:menu' | 'small:greeting'): Settled => {
  const choices = offer(speech, menuRows(speech));
  return reply(speech, {
    parts: { must: [...first, numbered(choices)] },
    outcome,
    state: { greeted: true },
    expecting: { kind: 'choice', choices, about: 'menu', original: speech.turn.messages, until: speech.until },
  });
};

/** Says who answers: an automatic assistant. */
export const welcome = (speech: Speech): Settled =>
  withMenu({ ...speech, state: { ...speech.state, greeted: true } }, [speech.say('welcome')], 'small:greeting');
export const greet = (speech: Speech): Settled =>
  speech.state.greeted
    ? reply(speech, { parts: { must: [speech.say('greeting')] }, outcome: 'small:greeting' })
    : welcome(speech);
export const showMenu = (speech: Speech, first?: string): Settled =>
  withMenu(speech, [first ?? speech.say('menu.title')], 'service:menu');
export const restart = (speech: Speech): Settled => {
  const { outcome: _greeting, ...settled } = welcome({
    ...speech,
    state: { misses: 0, greeted: false, privacyShown: false },
  });
  return { ...settled, outcome: 'service:menu' };
};

/** Thanks are answered once: a second thank-you in a row needs nothing. */
export const answerThanks = (speech: Speech): Settled =>
  speech.state.thanked
    ? { kind: 'settled', outcome: 'small:thanks', silence: 'thanks-after-thanks', state: speech.state }
    : reply(speech, { parts: { must: [speech.say('thanks')] }, outcome: 'small:thanks', state: { thanked: true } });
export const answerBye = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('bye')] }, outcome: 'small:bye' });
export const answerOffTopic = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('offTopic')] }, outcome: 'ignore-offtopic' });

export const switchLanguage = (speech: Speech, wanted = speech.turn.understanding.slots.wantedLanguage): Settled => {
  const language = wanted ?? otherLanguage(speech.language);
  const spoken = inLanguage(speech, language);
  return reply(spoken, {
    parts: { must: [spoken.say('languageSwitched')] },
    outcome: 'service:language',
    contact: { language },
  });
};

/** Nothing is sent any more that does not answer an own question. */
export const optOut = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optOut')] }, outcome: 'service:stop', contact: { stopped: true } });
export const optIn = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optIn')] }, outcome: 'service:menu', contact: { stopped: false } });

/** A photo, a voice note, a document without words: what to do instead. */
export const answerMedia = (speech: Speech, media: NonNullable<Speech['turn']['media']>): Settled =>
  reply(speech, { parts: { must: [speech.say(`unsupportedMedia.${media}`)] }, outcome: 'clarify' });
