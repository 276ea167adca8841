/** A published article as an answer: its text, as of when, from whom, and whether it helped. Pure. */
import type { ArticleAnswer, Settled, Topic } from './contract.js';
import { handOff } from './hand-off.js';
import { dayOf, numbered, offer, reply, type Speech } from './speech.js';

/** An article that is not published (or whose end date has passed) is never guessed: a specialist answers. */
export const answerArticle = (speech: Speech, id: string): Settled => {
  const article = speech.need({ fact: 'article', id });
  if (!article)
    return handOff(speech, {
      reason: 'content-expired',
      label: `faq:${id}`,
      before: [speech.say('answer.beingUpdated')],
    });
  const choices = offer(speech, [
    { words: speech.say('helped.yes'), meaning: { kind: 'yes' } },
    { words: speech.say('helped.no'), meaning: { kind: 'no' } },
  ]);
  const source = speech.say('answer.source', { source: article.source, date: dayOf(article.verifiedOn) });
  return reply(speech, {
    parts: { must: [article.answer[speech.language]], may: fitsWith(article, speech, source) },
    outcome: `faq:${id}`,
    state: { article: id },
    expecting: { kind: 'helped', article: id, original: speech.turn.messages, until: speech.until },
    taps: choices.map(({ title }, place) => ({ id: `${place === 0 ? 'helped-yes' : 'helped-no'}:${id}`, title })),
  });
};

/** The date always stands; a long source is left out before the date is. */
const fitsWith = (article: ArticleAnswer, speech: Speech, source: string): string[] => [
  source.length <= 240 ? source : speech.say('answer.asOf', { date: dayOf(article.verifiedOn) }),
  speech.say('helped.ask'),
];

/** The questions of one topic as choices; at most nine, so that a list row is left for the other ways out. */
export const listTopic = (speech: Speech, topic: Topic): Settled => {
  const articles = speech.need({ fact: 'topic-articles', topic }).slice(0, 9);
  const choices = offer(
    speech,
    articles.map((article) => ({
      words: article.question[speech.language],
      meaning: { kind: 'label', label: `faq:${article.id}` },
    })),
  );
  return reply(speech, {
    parts: {
      must: [speech.say('menu.topicArticles', { topic: speech.say(`topics.${topic}`) }), numbered(choices)],
    },
    outcome: 'service:menu',
    expecting: { kind: 'choice', choices, about: 'topic', original: speech.turn.messages, until: speech.until },
  });
};
