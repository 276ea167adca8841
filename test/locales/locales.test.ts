/** Every sentence stands in both languages, with the same placeholders, and is asked for somewhere: read from the sources themselves. */
import { expect } from 'chai';
import { languages } from '../../src/language.js';
import { projectRoot } from '../../src/project-root.js';
import { formsOf, readSentences } from './sentences.js';
import { scanSources } from './source-keys.js';

const plurals = { kk: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;

const sentences = readSentences(projectRoot);
const scan = scanSources(projectRoot);

/** Keys by "file:key" of one language. */
const keysOf = (language: 'kk' | 'ru'): string[] => [...sentences[language].keys()].sort();

describe('the sentences in locales', () => {
  it('are in files that the sources know', () => {
    const files = new Set(keysOf('kk').map((key) => key.split(':')[0]));
    expect([...files]).to.include.members(['bot', 'staff', 'chat']);
    for (const namespace of files) {
      const found = scan.asked.filter(({ key }) => key.startsWith(`${namespace}:`));
      expect(found, `the scan finds what asks for ${namespace}`).to.not.deep.equal([]);
    }
  });

  it('stand in both languages', () => {
    expect(keysOf('kk')).to.deep.equal(keysOf('ru'));
  });

  it('are not empty', () => {
    for (const language of languages) {
      const empty = [...sentences[language]].filter(([, forms]) =>
        [...forms.values()].some((text) => text.trim() === ''),
      );
      expect(empty.map(([key]) => key)).to.deep.equal([]);
    }
  });

  it('have every plural form that their language needs, and no other', () => {
    for (const language of languages) {
      const wrong = [...sentences[language]].filter(([, forms]) => {
        const names = formsOf(forms);
        return names.length > 0 && [...names].sort().join() !== [...plurals[language]].sort().join();
      });
      expect(wrong.map(([key, forms]) => `${language} ${key}: ${formsOf(forms)}`)).to.deep.equal([]);
    }
  });

  it('have the same placeholders in every form and both languages', () => {
    const differing = keysOf('kk').flatMap((key) => {
      const all = languages.flatMap((language) => [...(sentences[language].get(key)?.values() ?? [])]);
      const sets = new Set(all.map((text) => placeholdersOf(text).join()));
      return sets.size > 1 ? [`${key}: ${[...sets].join(' | ')}`] : [];
    });
    expect(differing).to.deep.equal([]);
  });

  it('exist wherever the sources ask for one', () => {
    const known = new Set(keysOf('kk'));
    expect(scan.asked.filter(({ key }) => !known.has(key)).map(({ key, where }) => `${key} (${where})`)).to.deep.equal(
      [],
    );
    const barren = scan.patterns.filter(({ fits }) => ![...known].some(fits));
    expect(barren.map(({ pattern, where }) => `${pattern} (${where})`)).to.deep.equal([]);
  });

  it('are given all their placeholders, and nothing else, where the call names them', () => {
    const wrong = scan.asked.flatMap(({ key, values, where }) => {
      const forms = sentences.ru.get(key);
      if (!forms || values === 'unknown') return [];
      const wanted = placeholdersOf([...forms.values()].join(' '));
      return wanted.join() === [...values].sort().join()
        ? []
        : [`${key} (${where}) wants ${wanted} and gets ${values}`];
    });
    expect(wrong).to.deep.equal([]);
  });

  it('are each asked for somewhere', () => {
    const unused = keysOf('kk').filter(
      (key) => !scan.mentioned.has(key) && !scan.patterns.some(({ fits }) => fits(key)),
    );
    expect(unused).to.deep.equal([]);
  });
});

/** Names between braces, each once, in order of the alphabet. */
const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))].sort();
