/** A published article as an answer: its text, as of when, from whom, and whether it helped. Pure. */
import type { Choice } from '../transport/contract.js';
import type { Settled } from './contract.js';
import type { ArticleAnswer } from './fact-requests.js';
import { handOff } from './hand-off.js';
import { dayOf } from './local-time.js';
import { yesAndNo } from './offer-choices.js';
import { longestReply, reply, shorten } from './reply.js';
import type { Speech } from './speech.js';
import type { Expecting, OfferedChoice } from './state.js';

/** Line breaks between the parts and the word of the assistant on first contact. */
const spare = 100;

export interface AroundAnswer {
  /** Said before the answer, and after it. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Another question of the message, to be answered by a tap. */
  readonly other?: OfferedChoice | undefined;
}

/** An article that is not published (or whose end date has passed) is never guessed: a specialist answers. */
export const answerArticle = (speech: Speech, id: string, around: AroundAnswer = {}): Settled => {
  const { before = [], other: asked } = around;
  const article = speech.need({ fact: 'article', id });
  if (!article) {
    return handOff(speech, {
      reason: 'content-expired',
      label: `faq:${id}`,
      before: [...before, speech.say('answer.beingUpdated')],
    });
  }
  const check = asked === undefined ? checkOf(speech, article) : undefined;
  const other = asked ?? check;
  const after = around.after ?? [];
  const answer = article.answer[speech.language];
  const asks = [speech.say('helped.ask'), ...(check ? [speech.say('helped.orCheck')] : [])].join('\n');
  const room = longestReply - spare - [...before, answer, ...after, asks].reduce((sum, part) => sum + part.length, 0);
  return reply(speech, {
    parts: { must: [...before, answer, sourceWithin(speech, article, room), ...after, asks] },
    outcome: `faq:${id}`,
    article: id,
    state: { article: id, checked: false },
    ...askHelped(speech, id, other),
  });
};

/** "Am I on the list?", by a tap under an answer about a payment: it is as good as a third number. */
const checkOf = (speech: Speech, { programme }: ArticleAnswer): OfferedChoice | undefined =>
  programme === undefined
    ? undefined
    : {
        id: `${speech.token}-check`,
        title: speech.say('helped.check'),
        words: speech.say('helped.check'),
        meaning: { kind: 'check', programme },
      };

/** "Did this help?", as what stays open and as what can be tapped. */
export const askHelped = (
  speech: Speech,
  article: string,
  other?: OfferedChoice,
): { readonly expecting: Expecting; readonly taps: readonly Choice[] } => ({
  expecting: {
    kind: 'helped',
    article,
    original: speech.turn.messages,
    token: speech.token,
    until: speech.until,
    ...(other === undefined ? {} : { other }),
  },
  taps: [
    ...yesAndNo(speech, speech.say('helped.yes'), speech.say('helped.no')),
    ...(other === undefined ? [] : [{ id: other.id, title: other.title }]),
  ],
});

/** "As of" and the source; the source is shortened first, and the date always stands. */
const sourceWithin = (speech: Speech, article: ArticleAnswer, room: number): string => {
  const source = article.source[speech.language].trim().replace(/\.+$/, '');
  const date = dayOf(article.verifiedOn);
  const whole = speech.say('answer.source', { source, date });
  const excess = whole.length - room;
  if (excess <= 0) return whole;
  return source.length - excess >= 20
    ? speech.say('answer.source', { source: shorten(source, source.length - excess), date })
    : speech.say('answer.asOf', { date });
};
