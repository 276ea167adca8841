/** The first words, a greeting, a new beginning, thanks and farewell. Pure. */
import type { Settled } from './contract.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';
import { freshState } from './state.js';
import { showMenu } from './topics.js';

/** On first contact the welcome itself says that this is an automatic assistant. */
const asGreeted = (speech: Speech): Speech => ({ ...speech, state: { ...speech.state, greeted: true } });

export const greet = (speech: Speech): Settled =>
  showMenu(asGreeted(speech), speech.say(speech.state.greeted ? 'greeting' : 'welcome'), 'small:greeting');

/** Everything that was open or remembered is gone. */
export const restart = (speech: Speech): Settled =>
  showMenu(asGreeted({ ...speech, state: freshState }), speech.say('welcome'));

/** Thanks are answered once: a second thank-you in a row needs nothing. */
export const answerThanks = (speech: Speech): Settled =>
  speech.state.thanked
    ? { kind: 'settled', outcome: 'small:thanks', silence: 'thanks-after-thanks', state: speech.state }
    : reply(speech, { parts: { must: [speech.say('thanks')] }, outcome: 'small:thanks', state: { thanked: true } });

export const answerBye = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('bye')] }, outcome: 'small:bye' });
