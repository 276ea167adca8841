/** The sentences of `locales` as a flat map, with the plural forms of one sentence together. */

import { readLocale } from '../../src/i18n.js';
import { type Language, languages } from '../../src/language.js';

/** Text by plural form; a sentence without forms has the one form ''. */
export type Forms = ReadonlyMap<string, string>;

export const formsOf = (forms: Forms): string[] => [...forms.keys()].filter((form) => form !== '');

const flatten = (node: unknown, path: string): [string, string][] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([name, child]) => flatten(child, path === '' ? name : `${path}.${name}`))
    : [[path, String(node ?? '')]];

const readLanguage = (projectRoot: string, language: Language): Map<string, Forms> => {
  const sentences = new Map<string, Map<string, string>>();
  for (const [file, tree] of Object.entries(readLocale(projectRoot, language))) {
    for (const [path, text] of flatten(tree, '')) {
      const [, name = path, form = ''] = /^(.+?)(?:_(zero|one|two|few|many|other))?$/.exec(path) ?? [];
      const key = `${file}:${name}`;
      sentences.set(key, (sentences.get(key) ?? new Map()).set(form, text));
    }
  }
  return sentences;
};

/** By language, then by "file:key". */
export const readSentences = (projectRoot: string): Readonly<Record<Language, ReadonlyMap<string, Forms>>> => {
  const [kk, ru] = languages.map((language) => readLanguage(projectRoot, language));
  return { kk: kk ?? new Map(), ru: ru ?? new Map() };
};
