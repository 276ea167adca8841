/** Payments that staff add are understood as those that the phrasings were written for, and take nothing away from these. */
import { expect } from 'chai';
import type { IndexedPayment, Understand } from '../../src/understand/contract.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import { answerAt } from '../../src/understand/thresholds.js';
import { trainIndex } from '../../src/understand/train.js';
import { createUnderstand } from '../../src/understand/understand.js';
import { evaluationRows, masked, packMaterial, trainedUnderstand } from './trained.js';

const coal: IndexedPayment = {
  id: 'coal-20000',
  label: 'service:eligibility-coal-20000',
  amount: 20_000,
  name: { kk: 'көмірге 20 000 ₸', ru: '20 000 ₸ на уголь' },
  words: ['көмір', 'уголь', 'угля'],
  articles: ['coal-who'],
  questions: { kk: ['маған 20000 теңге көмек тиесілі ме'], ru: ['положена ли мне помощь 20000 тенге'] },
};
/** Nothing names it but its own questions. */
const orphans: IndexedPayment = {
  id: 'orphans',
  label: 'service:eligibility-orphans',
  amount: 33_000,
  name: { kk: 'жетім балаларға', ru: 'детям-сиротам' },
  words: [],
  articles: [],
  questions: {
    kk: ['жетім балаларға берілетін ақша маған тиесілі ме', 'жетімдерге арналған тізімде бармын ба'],
    ru: ['положены ли мне деньги для сирот', 'есть ли я в списке для сирот'],
  },
};

describe('payments that staff add', function () {
  this.timeout(180_000);
  let known: Understand;
  let both: Understand;
  before(async () => {
    known = await trainedUnderstand();
    const material = { ...packMaterial(), payments: [coal, orphans] };
    both = createUnderstand(trainIndex(material, await loadPhrases('content/phrases')));
  });
  const top = (understand: Understand, text: string, article?: string) => {
    const context = { language: 'kk' as const, ...(article === undefined ? {} : { article }) };
    const { candidates, confidence } = understand(masked(text), context);
    return { label: candidates[0]?.label ?? 'none', sure: confidence >= answerAt };
  };
  const rows = evaluationRows('test/evaluation/development.tsv');

  it('are asked for in every wording in which the others are', () => {
    const asked = rows.filter(
      ({ text, expected }) => /^service:eligibility-42500/.test(expected) && /42[ .]?500/.test(text),
    );
    expect(asked.length).to.be.greaterThan(3);
    for (const { text } of asked) {
      const asKnown = top(known, text);
      const added = top(both, text.replace(/42[ .]?500/g, '20000'));
      expect(added, text).to.deep.equal({
        ...asKnown,
        label: asKnown.label === 'service:eligibility-42500' ? coal.label : asKnown.label,
      });
    }
  });

  for (const text of [
    'маған 20000 теңге көмек тиесілі ме',
    'маған 20 мың тиесілі ме екен',
    'Мен 20 000 теңге алатындар тізімінде бармын ба?',
    'положена ли мне помощь 20000 тенге',
    'есть я в списке на двадцать тысяч?',
    'Проверьте меня по списку на уголь',
    'көмір тізімінен тексеріп беріңізші',
  ])
    it(`"${text}" leads to the check of one`, () =>
      expect(top(both, text)).to.deep.equal({ label: coal.label, sure: true }));

  it('are at least offered first where the same words about a known one ask for its article', () => {
    const asked = (amount: string) => `мне положены ${amount}?`;
    expect(top(known, asked('сорок две тысячи пятьсот')).label).to.equal('faq:pay-42500-who');
    expect(top(both, asked('двадцать тысяч')).label).to.equal(coal.label);
  });

  it('are found by their own questions where nothing names them', () => {
    for (const text of ['маған жетім балаларға берілетін ақша тиесілі ме', 'я в списке для сирот есть?'])
      expect(top(both, text).label, text).to.equal(orphans.label);
  });

  it('take neither a question about another payment nor one about none', () => {
    const others: Readonly<Record<string, string>> = {
      'тізімде бармын ба': 'service:eligibility',
      'проверьте меня по спискам': 'service:eligibility',
      '42500 тізімінде бармын ба': 'service:eligibility-42500',
      'есть ли я в списке на 50 000': 'service:eligibility-50000',
      '⟨iin⟩': 'service:eligibility',
    };
    for (const [text, label] of Object.entries(others)) expect(top(both, text).label, text).to.equal(label);
    expect(top(both, 'ал мен тізімде бармын ба?', 'coal-who').label, 'after its article').to.equal(coal.label);
  });

  it('leave the development messages as they are', () => {
    const labels = rows.map(({ id, text, expected }) => ({
      id,
      expected,
      alone: top(known, text).label,
      beside: top(both, text).label,
    }));
    const moved = labels.filter(({ alone, beside }) => alone !== beside);
    const right = (which: 'alone' | 'beside'): number => labels.filter((row) => row[which] === row.expected).length;
    expect(moved.length, moved.map(({ id }) => id).join(' ')).to.be.at.most(rows.length / 100);
    expect(right('beside')).to.be.at.least(right('alone') - 2);
  });
});
