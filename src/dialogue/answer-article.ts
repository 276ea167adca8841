/** A published article as an answer: its text, as of when, from whom, and whether it helped. Pure. */
import type { Settled } from './contract.js';
import type { ArticleAnswer } from './fact-requests.js';
import { handOff } from './hand-off.js';
import { dayOf } from './local-time.js';
import { yesAndNo } from './offer-choices.js';
import { longestReply, reply, shorten } from './reply.js';
import type { Speech } from './speech.js';

/** Line breaks between the parts and the word of the assistant on first contact. */
const spare = 100;

/** An article that is not published (or whose end date has passed) is never guessed: a specialist answers. */
export const answerArticle = (speech: Speech, id: string, before: readonly string[] = []): Settled => {
  const article = speech.need({ fact: 'article', id });
  if (!article) {
    return handOff(speech, {
      reason: 'content-expired',
      label: `faq:${id}`,
      before: [...before, speech.say('answer.beingUpdated')],
    });
  }
  const answer = article.answer[speech.language];
  const asks = speech.say('helped.ask');
  const room = longestReply - spare - [...before, answer, asks].reduce((sum, part) => sum + part.length, 0);
  return reply(speech, {
    parts: { must: [...before, answer, sourceWithin(speech, article, room), asks] },
    outcome: `faq:${id}`,
    article: id,
    state: { article: id },
    expecting: {
      kind: 'helped',
      article: id,
      original: speech.turn.messages,
      token: speech.token,
      until: speech.until,
    },
    taps: yesAndNo(speech, speech.say('helped.yes'), speech.say('helped.no')),
  });
};

/** "As of" and the source; the source is shortened first, and the date always stands. */
const sourceWithin = (speech: Speech, article: ArticleAnswer, room: number): string => {
  const source = article.source.trim().replace(/\.+$/, '');
  const date = dayOf(article.verifiedOn);
  const whole = speech.say('answer.source', { source, date });
  const excess = whole.length - room;
  if (excess <= 0) return whole;
  return source.length - excess >= 20
    ? speech.say('answer.source', { source: shorten(source, source.length - excess), date })
    : speech.say('answer.asOf', { date });
};
