/** What asking for a sentence promises, and what the sentences that are tapped must keep. */
import { expect } from 'chai';
import { loadTexts, MissingText } from '../../src/i18n.js';
import { languages } from '../../src/language.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentences } from './sentences.js';

const t = loadTexts(projectRoot);
const sentences = readSentences(projectRoot);

describe('asking for a sentence', () => {
  it('fills placeholders as plain text and chooses the plural form', () => {
    expect(t('ru', 'bot:iinRateLimited.retryIn', { count: 1 })).to.contain('1 минуту');
    expect(t('ru', 'bot:iinRateLimited.retryIn', { count: 2 })).to.contain('2 минуты');
    expect(t('ru', 'bot:iinRateLimited.retryIn', { count: 5 })).to.contain('5 минут.');
    expect(t('kk', 'bot:iinRateLimited.retryIn', { count: 5 })).to.contain('5 минуттан');
    expect(t('ru', 'bot:receipt.unknown', { ticket: '<b>&' })).to.contain('<b>&');
  });

  it('throws rather than show a key, a branch of keys or an unfilled placeholder', () => {
    expect(() => t('kk', 'bot:nothing.here')).to.throw(MissingText);
    expect(() => t('kk', 'bot:menu')).to.throw(MissingText);
    expect(() => t('kk', 'bot:receipt.unknown')).to.throw(MissingText);
  });
});

describe('the wording of the sentences', () => {
  it('keeps titles to tap within 24 characters', () => {
    for (const language of languages) {
      const titles = [...sentences[language]].filter(([key]) =>
        /^bot:(?:menuTitle\.|confirm\.|helped\.(?:yes|no)$|clarify\.noneTitle$)/.test(key),
      );
      expect(titles.length).to.be.greaterThan(12);
      for (const [key, forms] of titles) {
        for (const title of forms.values()) expect(title.length, `${key} ${title}`).to.be.at.most(24);
      }
    }
  });

  it('has no Latin look-alike inside a Cyrillic word', () => {
    const mixed = /\p{Script=Cyrillic}[A-Za-z]|[A-Za-z]\p{Script=Cyrillic}/u;
    for (const language of languages) {
      for (const [key, forms] of sentences[language]) {
        for (const sentence of forms.values()) expect(mixed.exec(sentence)?.[0], key).to.equal(undefined);
      }
    }
  });
});
