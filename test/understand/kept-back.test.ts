/**
 * The understanding over messages that nobody trained on or tuned by: two sets of 260, each by another hand, written from the labels and
 * the articles alone; the second far from textbook wording. Floors a few messages below what was measured.
 */
import { expect } from 'chai';
import type { Understand } from '../../src/understand/contract.js';
import { type Evaluation, formatEvaluation } from '../../src/understand/evaluate.js';
import { evaluateAlone, evaluationRows, trainedUnderstand } from './trained.js';

const floors = {
  one: { right: 235, wrong: 10, settled: 245, language: 256 },
  two: { right: 224, wrong: 10, settled: 240, language: 256 },
} as const;

describe('understanding of messages that were kept back', () => {
  let understand: Understand;
  const evaluations: Evaluation[] = [];
  before(async function () {
    this.timeout(60_000);
    understand = await trainedUnderstand();
  });

  for (const [name, floor] of Object.entries(floors)) {
    it(`answers set ${name} right, seldom wrong, and offers the right choice where it asks back`, async () => {
      const evaluation = await evaluateAlone(understand, evaluationRows(`test/evaluation/kept-back-${name}.tsv`));
      evaluations.push(evaluation);
      const told = formatEvaluation(evaluation);
      expect(evaluation.right, told).to.be.at.least(floor.right);
      expect(evaluation.wrong, told).to.be.at.most(floor.wrong);
      expect(evaluation.right + evaluation.clarifiedWithRight, told).to.be.at.least(floor.settled);
      expect(evaluation.language, told).to.be.at.least(floor.language);
    });
  }

  it('reads Kazakh without its letters and both languages in Latin letters within 8 points of plain text', () => {
    const shareOf = (trait: string): number => {
      const counts = evaluations.map(({ byTrait }) => byTrait[trait] ?? { total: 0, right: 0 });
      const sum = (of: 'total' | 'right') => counts.reduce((all, count) => all + count[of], 0);
      return (100 * sum('right')) / sum('total');
    };
    for (const trait of ['no-kk-letters', 'latin']) {
      expect(shareOf(trait), trait).to.be.at.least(shareOf('plain') - 8);
    }
  });

  it('hands at least 80 of 100 cases for a person to a person', () => {
    const counts = evaluations.map(({ byLabel }) => byLabel.escalate ?? { total: 0, right: 0 });
    const [total, right] = (['total', 'right'] as const).map((of) => counts.reduce((all, count) => all + count[of], 0));
    expect(total).to.equal(50);
    expect(right).to.be.at.least(40);
  });
});
