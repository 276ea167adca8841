/** What a resident decides about the service itself: its language, and being left alone. Pure. */
import { type Language, otherLanguage } from '../language.js';
import { answerArticle } from './answer-article.js';
import type { Settled } from './contract.js';
import { reply } from './reply.js';
import { inLanguage, type Speech } from './speech.js';
import { showMenu } from './topics.js';

/** Switches, and says what was said last once more: the last answer, else the menu. A number that was asked for is still awaited. */
export const switchLanguage = (
  speech: Speech,
  wanted: Language = speech.turn.understanding.slots.wantedLanguage ?? otherLanguage(speech.language),
): Settled => {
  const spoken: Speech = { ...inLanguage(speech, wanted), keepsLanguage: true };
  const switched = spoken.say('languageSwitched');
  const open = spoken.state.expecting;
  if (open?.kind === 'helped') {
    const again = answerArticle(spoken, open.article, { before: [switched], other: open.other });
    return { ...again, outcome: again.ticket ? again.outcome : 'service:language' };
  }
  if (open?.kind === 'iin') {
    return reply(spoken, {
      parts: { must: [switched, spoken.say('askIin.first')] },
      outcome: 'service:language',
      expecting: open,
    });
  }
  return showMenu(spoken, `${switched} ${spoken.say('menu.title')}`, 'service:language');
};

/** After this nothing is sent that does not answer an own question or ticket. */
export const optOut = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optOut')] }, outcome: 'service:stop', contact: { stopped: true } });
export const optIn = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('optIn')] }, outcome: 'service:menu', contact: { stopped: false } });
