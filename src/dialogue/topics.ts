/** The menu of topics and each topic's questions, as choices. Pure. */
import { otherLanguage } from '../language.js';
import type { Label } from '../understand/contract.js';
import { notUnderstood } from './clarify.js';
import type { Settled } from './contract.js';
import type { Topic } from './fact-requests.js';
import { numbered, type Option, offer, page } from './offer-choices.js';
import { byWords } from './pick-choice.js';
import { reply } from './reply.js';
import { type Speech, wordsIn } from './speech.js';
import type { ChoiceMeaning } from './state.js';

const menuRows = (speech: Speech): readonly Option[] => {
  const row = (key: string, meaning: ChoiceMeaning): Option => ({
    words: speech.say(`menu.${key}`),
    title: speech.say(`menuTitle.${key}`),
    meaning,
  });
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

/** The menu under a first sentence. */
export const showMenu = (
  speech: Speech,
  first: string = speech.say('menu.title'),
  outcome: Label = 'service:menu',
): Settled => {
  const choices = offer(speech, menuRows(speech));
  return reply(speech, {
    parts: { must: [first, numbered(choices)] },
    outcome,
    expecting: { kind: 'choice', choices, about: 'menu', original: [], until: speech.until },
  });
};

/** Words that can be a topic's name and nothing more. */
const wordsOfATopic = 2;

/** A topic that is named though no menu is open ("төлемдер", "здоровье"): its questions; null where none is named. */
export const listNamedTopic = (speech: Speech): Settled | null => {
  if (wordsIn(speech.turn.text).length > wordsOfATopic) return null;
  const topics = offer(speech, menuRows(speech)).filter(({ meaning }) => meaning.kind === 'topic');
  const named = byWords(speech.turn.text, topics)?.choice.meaning;
  return named?.kind === 'topic' ? listTopic(speech, named.topic) : null;
};

/** The questions of one topic, a page at a time. */
export const listTopic = (speech: Speech, topic: Topic, from = 0): Settled => {
  const { shown, next } = page(speech.need({ fact: 'topic-articles', topic }), from);
  if (shown.length === 0) return notUnderstood(speech);
  const questions = shown.map<Option>((article) => ({
    words: article.question[speech.language],
    meaning: { kind: 'label', label: `faq:${article.id}` },
  }));
  const more: Option[] =
    next === undefined
      ? []
      : [{ words: speech.say('menu.moreQuestions'), meaning: { kind: 'more', list: topic, from: next } }];
  const choices = offer(speech, [...questions, ...more]);
  return reply(speech, {
    parts: { must: [speech.say('menu.topicArticles', { topic: speech.say(`menu.${topic}`) }), numbered(choices)] },
    outcome: 'service:menu',
    expecting: { kind: 'choice', choices, about: 'topic', original: [], until: speech.until },
  });
};
