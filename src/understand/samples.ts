/** Gathers what the index learns from: published articles' questions, examples and keywords, and the training phrasings. */
import { iinMark } from '../inbound/masked.js';
import { type Language, languages } from '../language.js';
import type { IndexMaterial, Label } from './contract.js';
import type { TrainingPhrase } from './phrases.js';

export interface Sample extends TrainingPhrase {
  /** How much it counts in training; keywords are no phrasings and count less. */
  readonly weight: number;
}

/** Digits of an IIN are masked at the door, so a phrasing that spells one out learns the mark instead. */
export const masked = (text: string): string => text.replace(/(?<!\d)\d{12}(?!\d)/gu, iinMark);

/** Samples in a fixed order, without repetitions. Articles' own words come first. */
export function samplesOf(material: IndexMaterial, phrases: readonly TrainingPhrase[]): Sample[] {
  const seen = new Set<string>();
  const samples: Sample[] = [];
  const add = (label: Label, language: Language, text: string, weight: number): void => {
    const key = `${label}\n${text.trim().toLowerCase()}`;
    if (seen.has(key) || text.trim() === '') return;
    seen.add(key);
    samples.push({ label, language, text: masked(text), weight });
  };
  for (const article of material.articles) {
    for (const language of languages) {
      add(`faq:${article.id}`, language, article.question[language], 1);
      for (const example of article.examples[language]) add(`faq:${article.id}`, language, example, 1);
    }
    for (const keyword of article.keywords) {
      const language = /[әіңғүұқөһ]/iu.test(keyword) ? 'kk' : 'ru';
      add(`faq:${article.id}`, language, keyword, 0.3);
    }
  }
  for (const { label, name, questions } of material.payments ?? []) {
    for (const language of languages) {
      add(label, language, name[language], 0.3);
      for (const question of questions[language]) add(label, language, question, 1);
    }
  }
  for (const { label, language, text } of phrases) add(label, language, text, 1);
  return samples;
}
