/** What can be wrong with the sentences of the service, told in sentences: pure, so that the tests can plant each mistake. */
import { type Language, languages } from '../../src/language.js';

/** Sentences by key ("bot:menu.title", plural forms as their own keys). */
export type Sentences = ReadonlyMap<string, string>;
/** One source file and the namespace that its bare keys belong to. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly namespace: string;
}

/** Every sentence of a parsed file under its full key. @throws where something is no sentence. */
export const flatten = (namespace: string, node: unknown, path: readonly string[] = []): [string, string][] => {
  if (typeof node === 'string') return [[`${namespace}:${path.join('.')}`, node]];
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    throw new Error(`${namespace}:${path.join('.')} is no sentence.`);
  }
  return Object.entries(node).flatMap(([key, child]) => flatten(namespace, child, [...path, key]));
};

const pluralEnd = /_(?:zero|one|two|few|many|other)$/;
/** The key without its plural form, which is what the code asks for. */
export const baseOf = (key: string): string => key.replace(pluralEnd, '');
const basesOf = (sentences: Sentences): ReadonlySet<string> => new Set([...sentences.keys()].map(baseOf));
const placeholdersOf = (sentence: string): string =>
  [...new Set([...sentence.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))].sort().join(', ');

/** Keys that only one language has, plural forms that a language lacks, placeholders that differ, sentences that are empty. */
export const differences = (byLanguage: Readonly<Record<Language, Sentences>>): string[] => {
  const problems: string[] = [];
  const all = new Set(languages.flatMap((language) => [...basesOf(byLanguage[language])]));
  for (const base of all) {
    const forms = languages.flatMap((language) => {
      const own = [...byLanguage[language]].filter(([key]) => baseOf(key) === base);
      if (own.length === 0) problems.push(`${base}: ${language} has none`);
      const plural = own.some(([key]) => pluralEnd.test(key));
      const needed = plural ? new Intl.PluralRules(language).resolvedOptions().pluralCategories : [];
      for (const form of needed) {
        if (!byLanguage[language].has(`${base}_${form}`)) problems.push(`${base}: ${language} has no form “${form}”`);
      }
      return own.map(([key, sentence]) => ({ key, language, sentence }));
    });
    for (const { key, language, sentence } of forms) {
      if (sentence.trim() === '') problems.push(`${key}: empty in ${language}`);
    }
    if (new Set(forms.map(({ sentence }) => placeholdersOf(sentence))).size > 1) {
      problems.push(`${base}: placeholders differ`);
    }
  }
  return problems;
};

const literal = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g;
/** A template that begins with a step of a key: `status.${…}`, `bot:mode.${…}.short`; what is put in holds no backtick. */
const template = /`((?:\w+:)?[\w.-]*\.)\$\{(?:[^`{}]|\{[^`{}]*\})*\}([\w.-]*)/g;
const patternsIn = ({ text, namespace }: Source): { readonly written: string; readonly pattern: RegExp }[] =>
  [...text.matchAll(template)].map(([, before = '', after = '']) => {
    const full = before.includes(':') ? before : `${namespace}:${before}`;
    const plain = (part: string): string => part.replaceAll('.', '\\.');
    return { written: `${before}…${after}`, pattern: new RegExp(`^${plain(full)}[\\w-]+${plain(after)}$`) };
  });

interface Uses {
  readonly keys: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}
const usesIn = (sources: readonly Source[]): Uses => {
  const keys = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of sources) {
    for (const [, single, double] of source.text.matchAll(literal)) {
      const written = single ?? double ?? '';
      keys.add(/^\w+:/.test(written) ? written : `${source.namespace}:${written}`);
    }
    patterns.push(...patternsIn(source).map(({ pattern }) => pattern));
  }
  return { keys, patterns };
};

/** Sentences that nothing asks for: neither a literal of the namespace's sources nor a template such as `status.${…}`. */
export const unused = (sentences: Sentences, sources: readonly Source[]): string[] => {
  const { keys, patterns } = usesIn(sources);
  return [...basesOf(sentences)].filter((key) => !keys.has(key) && !patterns.some((pattern) => pattern.test(key)));
};

const call = /\b(?:say|t)\(\s*'([\w.-]+)'/g;
const named = /'((?:bot|chat|staff):[\w.-]+)'/g;

/** Keys that the code asks for and that no sentence has; a template has to meet at least one. */
export const missing = (sentences: Sentences, sources: readonly Source[]): string[] => {
  const bases = basesOf(sentences);
  return sources.flatMap((source) => {
    const { file, text, namespace } = source;
    const asked = [
      ...[...text.matchAll(named)].map(([, key = '']) => key),
      ...(namespace === '' ? [] : [...text.matchAll(call)].map(([, key = '']) => `${namespace}:${key}`)),
    ];
    const templates = patternsIn(source).filter(({ written }) =>
      /\b(?:say|t)\(\s*$/.test(text.slice(0, text.indexOf(`\`${written.split('…')[0]}`))),
    );
    return [
      ...[...new Set(asked)].filter((key) => !bases.has(key)),
      ...templates.filter(({ pattern }) => ![...bases].some((key) => pattern.test(key))).map(({ written }) => written),
    ].map((key) => `${file}: ${key}`);
  });
};
