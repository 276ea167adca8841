/** What residents say in conversations, in both languages, and the bot's own sentences as patterns. */
import type { Language } from '../../src/language.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentences } from '../locales/sentences.js';

/** What the bot says, as the locales have it; a placeholder stands for anything. */
const replies = {
  menuShown: 'menu.title',
  payments: 'menu.topicArticles',
  source: 'answer.asOf',
  didItHelp: 'helped.ask',
  glad: 'helped.thanks',
  handedOver: 'escalated.created',
  didYouMean: 'clarify.ask',
  badNumber: 'clarify.badChoice',
  askPlace: 'checkpoint.askPlace',
  welcome: 'thanks',
  farewell: 'bye',
  stopped: 'optOut',
  resumed: 'optIn',
  timedOut: 'timedOut',
  nothingOpen: 'acknowledged',
} as const;

interface Words {
  readonly hello: string;
  readonly whoAnswers: RegExp;
  readonly menu: string;
  readonly question: string;
  readonly answer: RegExp;
  readonly yes: string;
  readonly no: string;
  readonly unclear: string;
  readonly none: string;
  readonly post: string;
  readonly posts: string;
  readonly postName: string;
  readonly postShown: RegExp;
  readonly nearest: RegExp;
  readonly thanks: string;
  readonly bye: string;
  readonly stop: string;
  readonly resume: string;
  readonly restart: string;
}

const said: Readonly<Record<Language, Words>> = {
  kk: {
    hello: 'Сәлеметсіз бе',
    whoAnswers: /автоматты көмекші/,
    menu: 'мәзір',
    question: 'Маскасыз жүрсе қанша айыппұл салады?',
    answer: /бетперде/i,
    yes: 'иә',
    no: 'жоқ',
    unclear: '42500',
    none: 'Маманға жіберу',
    post: 'Қызылорда бекеті ашық па?',
    posts: 'жақын жердегі бекет қайда?',
    postName: 'Арал',
    postShown: /Күйі: /,
    nearest: /ең жақын бекет/,
    thanks: 'рақмет',
    bye: 'сау болыңыз',
    stop: 'тоқта',
    resume: 'қосу',
    restart: 'басынан баста',
  },
  ru: {
    hello: 'Здравствуйте',
    whoAnswers: /автоматический помощник/,
    menu: 'меню',
    question: 'Какой штраф за то, что без маски?',
    answer: /маск/i,
    yes: 'да',
    no: 'нет',
    unclear: '42500',
    none: 'Передать специалисту',
    post: 'пост в Аральске открыт?',
    posts: 'где ближайший пост?',
    postName: 'Арал',
    postShown: /Состояние: /,
    nearest: /Ближайший к вам пост/,
    thanks: 'спасибо',
    bye: 'до свидания',
    stop: 'стоп',
    resume: 'включить',
    restart: 'начать сначала',
  },
};

const sentences = readSentences(projectRoot);
const patternOf = (language: Language, key: string): RegExp => {
  const text = sentences[language].get(`bot:${key}`)?.get('');
  if (text === undefined) throw new Error(`locales/${language} has no bot:${key}.`);
  const literal = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(literal.join('.+'), 'i');
};
const spoken = (language: Language): Readonly<Record<keyof typeof replies, RegExp>> =>
  Object.fromEntries(Object.entries(replies).map(([name, key]) => [name, patternOf(language, key)])) as Record<
    keyof typeof replies,
    RegExp
  >;

/** Both together: `question` is what a resident writes, `source` a pattern of what the bot says. */
export const wordsOf = (language: Language) => ({ ...said[language], ...spoken(language) });
