/** The sentences of the service: the same in both languages, all used, none missing; and what reading them promises. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadTexts, MissingText, readLocale } from '../../src/i18n.js';
import { languages } from '../../src/language.js';
import { projectRoot } from '../../src/project-root.js';
import { differences, flatten, missing, type Sentences, type Source, unused } from './locale-problems.js';

/** Folders of src whose bare keys belong to a file of `locales`; the longest match counts. */
const rooms: readonly (readonly [string, string])[] = [
  ['src/dialogue', 'bot'],
  ['src/web/staff', 'staff'],
  ['src/web', 'chat'],
  ['src', ''],
];
const sources: readonly Source[] = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:tsx?|js)$/.test(file))
  .map((file) => {
    const path = `src/${file}`;
    const namespace = rooms.find(([folder]) => path.startsWith(`${folder}/`))?.[1] ?? '';
    return { file: path, text: readFileSync(join(projectRoot, path), 'utf8'), namespace };
  });
const sentencesOf = (language: (typeof languages)[number]): Sentences =>
  new Map(Object.entries(readLocale(projectRoot, language)).flatMap(([namespace, tree]) => flatten(namespace, tree)));
const real = { kk: sentencesOf('kk'), ru: sentencesOf('ru') };

describe('the sentences of the service', () => {
  it('stand in both languages with the same placeholders and every plural form', () => {
    expect(real.kk.size).to.be.greaterThan(200);
    expect(differences(real)).to.deep.equal([]);
  });
  for (const namespace of ['bot', 'chat', 'staff']) {
    it(`are all used: ${namespace}`, () => {
      const own = new Map([...real.ru].filter(([key]) => key.startsWith(`${namespace}:`)));
      const users = sources.filter((source) => source.namespace === namespace || source.text.includes(`${namespace}:`));
      expect(unused(own, users)).to.deep.equal([]);
    });
  }
  it('hold every key that the code asks for', () => {
    expect(missing(real.ru, sources)).to.deep.equal([]);
  });
  it('have titles to tap of at most 24 characters', () => {
    for (const language of languages) {
      const titles = [...real[language]].filter(([key]) =>
        /^bot:(?:menuTitle\.|confirm\.|helped\.(?:yes|no)$|clarify\.noneTitle$)/.test(key),
      );
      expect(titles.length).to.be.greaterThan(12);
      for (const [key, title] of titles) expect(title.length, `${key} ${title}`).to.be.at.most(24);
    }
  });
  it('use no Latin look-alikes inside Cyrillic words', () => {
    for (const language of languages) {
      for (const [key, sentence] of real[language]) {
        expect(sentence.match(/\p{Script=Cyrillic}[A-Za-z]|[A-Za-z]\p{Script=Cyrillic}/gu) ?? [], key).to.deep.equal(
          [],
        );
      }
    }
  });
});

describe('the check of the sentences', () => {
  const two = (kk: Record<string, string>, ru: Record<string, string>) =>
    differences({ kk: new Map(Object.entries(kk)), ru: new Map(Object.entries(ru)) });
  const source = (text: string): Source => ({ file: 'a.ts', text, namespace: 'bot' });

  it('finds a key of one language, a differing placeholder, a lacking plural form and an empty sentence', () => {
    expect(two({ 'bot:a': 'x' }, {})).to.deep.equal(['bot:a: ru has none']);
    expect(two({ 'bot:a': '{{b}}' }, { 'bot:a': '{{c}}' })).to.deep.equal(['bot:a: placeholders differ']);
    const kk = { 'bot:a_one': '{{count}}', 'bot:a_other': '{{count}}' };
    expect(two(kk, kk)).to.deep.equal(['bot:a: ru has no form “few”', 'bot:a: ru has no form “many”']);
    expect(two({ 'bot:a': 'x' }, { 'bot:a': ' ' })).to.deep.equal(['bot:a: empty in ru']);
  });
  it('finds an unused key and spares those of literals and templates', () => {
    const sentences = new Map([
      ['bot:a.b', 'x'],
      ['bot:a.c', 'x'],
      ['bot:s.one', 'x'],
      ['bot:n_one', 'x'],
      ['bot:n_other', 'x'],
    ]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text under test
    const used = source("say('a.b'); say(`s.${status}`); speech.say(x ? 'n' : 'other'); t(`chat:${key}`)");
    expect(unused(sentences, [used])).to.deep.equal(['bot:a.c']);
  });
  it('finds a missing key, a missing full key and a template that meets nothing', () => {
    const sentences = new Map([['bot:a.b', 'x']]);
    expect(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: source text under test
      missing(sentences, [source("say('a.b') + say('a.x') + texts(language, 'chat:gone') + say(`z.${one}`)")]),
    ).to.have.length(3);
  });
});

describe('texts', () => {
  const t = loadTexts(projectRoot);
  it('fill placeholders as plain text and choose the plural form', () => {
    const few = t('ru', 'bot:iinRateLimited.retryIn', { count: 2 });
    expect(few).to.contain('2 минуты');
    expect(t('ru', 'bot:iinRateLimited.retryIn', { count: 5 })).to.contain('5 минут.');
    expect(t('ru', 'bot:receipt.unknown', { ticket: '<b>&' })).to.contain('<b>&');
  });
  it('throw rather than show a key, a branch or an unfilled placeholder', () => {
    expect(() => t('kk', 'bot:nothing.here')).to.throw(MissingText);
    expect(() => t('kk', 'bot:menu')).to.throw(MissingText);
    expect(() => t('kk', 'bot:receipt.unknown')).to.throw(MissingText);
  });
});
