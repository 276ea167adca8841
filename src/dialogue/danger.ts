/** Danger to life: 103 and 112 stand first, whatever the state, and a specialist is alerted at once. Pure. */
import type { Settled } from './contract.js';
import { handOff } from './hand-off.js';
import type { Speech } from './speech.js';

/** What a published article on health says may follow, where the message is surely about it. */
export const answerDanger = (speech: Speech): Settled => {
  const { label, sure } = speech;
  const article =
    sure && label?.startsWith('faq:') ? speech.need({ fact: 'article', id: label.slice('faq:'.length) }) : null;
  return handOff(speech, {
    reason: 'danger',
    urgent: true,
    outcome: article && label ? label : 'escalate',
    before: [speech.say('danger')],
    after: article ? [article.answer[speech.language]] : [],
  });
};
