/** The sentences of the service: i18next over `locales/<language>/<file>.yaml`, asked for as `file:key`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { parse } from 'yaml';
import { type Language, languages } from './language.js';

/** Gives the sentence of `key` ("bot:welcome") in the language, with its placeholders filled; plain text, nothing is escaped. */
export type Texts = (language: Language, key: string, values?: Readonly<Record<string, string | number>>) => string;

/** A sentence is missing: a mistake of ours that no test let through. */
export class MissingText extends Error {
  override readonly name = 'MissingText';
}

const filesOf = (root: string, language: Language): Record<string, object> => {
  const folder = join(root, 'locales', language);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [file.replace('.yaml', ''), parse(readFileSync(join(folder, file), 'utf8'))]),
  );
};

/** Reads every file of `locales`. @throws MissingText when a sentence is asked for that does not exist, never shows a key to a resident. */
export const loadTexts = (projectRoot: string): Texts => {
  const resources = Object.fromEntries(languages.map((language) => [language, filesOf(projectRoot, language)]));
  const instance = i18next.createInstance();
  void instance.init({
    resources: resources as never,
    ns: Object.keys(resources.kk ?? {}),
    defaultNS: 'bot',
    lng: 'kk',
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return (language, key, values = {}) => {
    if (!instance.exists(key, { lng: language, ...values }))
      throw new MissingText(`locales/${language} has no “${key}”.`);
    return instance.t(key, { lng: language, ...values });
  };
};
