/** Follow-ups read with the article before them: floors a little below what was measured over `test/evaluation/follow-ups.tsv`. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Understand } from '../../src/understand/contract.js';
import type { EvaluationRow } from '../../src/understand/evaluate.js';
import { parseEvaluationRows } from '../../src/understand/evaluation-rows.js';
import { answerAt } from '../../src/understand/thresholds.js';
import { topicsOf } from '../../src/understand/topics.js';
import { trainedUnderstand } from './trained.js';

const file = 'test/evaluation/follow-ups.tsv';
const rows = parseEvaluationRows(file, readFileSync(file, 'utf8'));
const withTrait = (trait: string): readonly EvaluationRow[] => rows.filter(({ traits }) => traits.includes(trait));

describe('a message after an answer', () => {
  let understand: Understand;
  before(async function () {
    this.timeout(180_000);
    understand = await trainedUnderstand();
  });
  const heard = ({ text, language, after }: EvaluationRow, leaning = true) =>
    understand(text, { language, ...(leaning && after !== undefined ? { article: after } : {}) });
  const rightOf = (of: readonly EvaluationRow[], leaning = true): number =>
    of.filter((row) => heard(row, leaning).candidates[0]?.label === row.expected).length;
  const surelyWrongOf = (of: readonly EvaluationRow[], leaning = true): number =>
    of.filter((row) => {
      const { candidates, confidence } = heard(row, leaning);
      return confidence >= answerAt && candidates[0]?.label !== row.expected;
    }).length;

  it('is read with the answer where it has no topic of its own: right in 88 of 100, surely wrong in at most 5', () => {
    const leaning = withTrait('leans');
    expect(leaning.length).to.equal(160);
    expect(rightOf(leaning)).to.be.at.least(141);
    expect(surelyWrongOf(leaning)).to.be.at.most(8);
    expect(rightOf(leaning, false), 'without the answer').to.be.lessThan(100);
  });

  it('is read for itself where it has one', () => {
    const own = withTrait('own-topic');
    expect(own.length).to.equal(60);
    expect(rightOf(own)).to.be.at.least(57);
    expect(surelyWrongOf(own)).to.be.at.most(2);
  });

  it('asks the same of another payment when it names nothing but that', () => {
    const asked = (text: string, article: string) => understand(text, { language: 'ru', article }).candidates[0]?.label;
    expect(asked('а 50000?', 'pay-42500-when')).to.equal('faq:pay-50000-when');
    expect(asked('ал 42500 ше?', 'pay-50000-when')).to.equal('faq:pay-42500-when');
    expect(asked('ал 50 мың ше?', 'pay-42500-who')).to.equal('faq:pay-50000-who');
  });

  it('leans on nothing where the article is unknown', () => {
    const text = 'какие документы';
    expect(understand(text, { language: 'ru', article: 'gone' })).to.deep.equal(understand(text, { language: 'ru' }));
  });
});

describe('topics of articles', () => {
  it('are what ids have in common: the longest beginning that another shares', () => {
    const topics = topicsOf([
      'faq:pay-42500-when',
      'faq:pay-42500-not-entitled',
      'faq:pay-15000-utilities',
      'faq:mask-rule',
      'service:eligibility-42500',
      'small:thanks',
    ]);
    expect([...topics.values()]).to.deep.equal([
      'pay-42500',
      'pay-42500',
      'pay',
      'mask-rule',
      'service:eligibility',
      'small:thanks',
    ]);
  });
});
