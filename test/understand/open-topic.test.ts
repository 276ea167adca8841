/** Short messages that name no topic: asked back as a first message, read with the article after one. */
import { expect } from 'chai';
import type { Understand } from '../../src/understand/contract.js';
import { answerAt, clarifyAt } from '../../src/understand/thresholds.js';
import { trainedUnderstand } from './trained.js';

describe('a short message', () => {
  let understand: Understand;
  before(async function () {
    this.timeout(180_000);
    understand = await trainedUnderstand();
  });

  const open = [
    'қайда барамын',
    'қайда тіркелем',
    'кім ала алады',
    'құжаттар керек пе',
    'неге бермейді',
    'как подать',
    'как зарегистрироваться',
    'где зарегистрироваться',
    'какие документы',
    'что нужно',
    'сколько дают',
  ];
  for (const text of open) {
    it(`that names no topic is asked back: ${text}`, () => {
      expect(understand(text, { language: 'kk' }).confidence).to.be.within(clarifyAt, answerAt - 0.01);
    });
  }
  it('is asked back with payments before what else its words may mean', () => {
    const { candidates } = understand('қайда тіркелем', { language: 'kk' });
    const offered = candidates.slice(0, 3).map(({ label }) => label);
    expect(offered[0]).to.equal('faq:pay-42500-apply');
    expect(offered).to.include('faq:checkpoint-registration');
  });
  it('leans on the article before it', () => {
    const { candidates, confidence } = understand('какие документы', { language: 'ru', article: 'pay-42500-apply' });
    expect(candidates[0]?.label).to.equal('faq:pay-42500-documents');
    expect(confidence).to.be.at.least(answerAt);
  });

  const named = [
    ['садик қашан ашылады', 'faq:kindergarten'],
    ['маска обязательна?', 'faq:mask-rule'],
    ['автобусы есть?', 'faq:public-transport'],
    ['серуендеу', 'faq:movement-in-town'],
    ['оформить пропуск', 'faq:checkpoint-registration'],
    ['қаладан шығара ма?', 'faq:checkpoint-enter-city'],
    ['ПЦР платный?', 'faq:covid-test'],
    ['masskasyz bola ma', 'faq:mask-rule'],
    ['42500 құжаттар', 'faq:pay-42500-documents'],
  ] as const;
  for (const [text, label] of named) {
    it(`that names its topic is answered: ${text}`, () => {
      const { candidates, confidence } = understand(text, { language: 'kk' });
      expect(candidates[0]?.label).to.equal(label);
      expect(confidence).to.be.at.least(answerAt);
    });
  }
});
