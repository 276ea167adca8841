/** The starter content grown to many articles, for measurements: copies that speak of other things in other words, in the same manner. */
import type { IndexedArticle, IndexMaterial } from '../understand/contract.js';

const vowels = 'аәеоөуұүыіиэ';
const consonants = 'бвгғджзкқлмнңпрстфхцчш';
/** A word that so many articles hold is of no topic ("қашан", "можно") and stays as it is. */
const ofNoTopic = 12;

/** Each vowel becomes another vowel and each consonant another consonant: a word of the same length and sound that nobody knows. */
const turned = (word: string, by: number): string =>
  [...word.toLowerCase()]
    .map((letter) => {
      const row = vowels.includes(letter) ? vowels : consonants;
      const at = row.indexOf(letter);
      return at < 0 ? letter : row[(at + by * (row === vowels ? 1 : 3)) % row.length];
    })
    .join('');

const words = /[\p{L}\p{M}]+/gu;

/** The material with copies of its articles, `count` articles in all; those of the pack come first and stay as they are. */
export const grownMaterial = (material: IndexMaterial, count: number): IndexMaterial => {
  const { articles } = material;
  const holders = new Map<string, number>();
  for (const article of articles) {
    const held = new Set(JSON.stringify(article).toLowerCase().match(words));
    for (const word of held) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  const copied = (article: IndexedArticle, copy: number): IndexedArticle => {
    const said = (text: string): string =>
      text.replace(words, (word) => ((holders.get(word.toLowerCase()) ?? 0) >= ofNoTopic ? word : turned(word, copy)));
    const { question, examples } = article;
    return {
      id: `copy-${copy}-${article.id}`,
      question: { kk: said(question.kk), ru: said(question.ru) },
      examples: { kk: examples.kk.map(said), ru: examples.ru.map(said) },
      keywords: article.keywords.map(said),
    };
  };
  const all = Array.from({ length: Math.max(count, articles.length) }, (_, at) => {
    const article = articles[at % articles.length] as IndexedArticle;
    const copy = Math.floor(at / articles.length);
    return copy === 0 ? article : copied(article, copy);
  });
  return { ...material, articles: all };
};
