/** The sentences of the service: i18next over `locales/<language>/<file>.yaml`, asked for as `file:key`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type Resource } from 'i18next';
import { load } from 'js-yaml';
import { type Language, languages } from './language.js';

/** What fills the placeholders of a sentence; `count` also chooses its plural form. */
export type TextValues = Readonly<Record<string, string | number>>;

/**
 * Gives the sentence of `key` ("bot:welcome") with its placeholders filled; plain text, nothing is escaped.
 * @throws MissingText rather than show a key or an unfilled placeholder to a resident
 */
export type Texts = (language: Language, key: string, values?: TextValues) => string;

/** A sentence or a value for its placeholder is missing: a mistake of ours that no test let through. */
export class MissingText extends Error {
  override readonly name = 'MissingText';
}

/** The sentences of one language by file, as they stand in `locales/<language>`. @throws what reading or parsing a file throws. */
export const readLocale = (projectRoot: string, language: Language): Record<string, Resource[string]> => {
  const folder = join(projectRoot, 'locales', language);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [file.replace('.yaml', ''), load(readFileSync(join(folder, file), 'utf8')) as Resource[string]]),
  );
};

/** Reads every file of `locales` once; the sentences are kept in memory. */
export const loadTexts = (projectRoot: string): Texts => {
  const resources: Resource = Object.fromEntries(
    languages.map((language) => [language, readLocale(projectRoot, language)]),
  );
  const instance = i18next.createInstance();
  void instance.init({
    resources,
    ns: Object.keys(resources.kk ?? {}),
    defaultNS: 'bot',
    lng: 'kk',
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (sentence: string, value: readonly string[]) => {
      throw new MissingText(`“${sentence}” was given no ${value[0] ?? 'value'}.`);
    },
    returnNull: false,
  });
  return (language, key, values = {}) => {
    if (!instance.exists(key, { lng: language, ...values })) {
      throw new MissingText(`locales/${language} has no “${key}”.`);
    }
    const sentence: unknown = instance.t(key, { lng: language, returnObjects: true, ...values });
    if (typeof sentence !== 'string') throw new MissingText(`“${key}” of locales/${language} is no sentence.`);
    return sentence;
  };
};
