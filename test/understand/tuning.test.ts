/** Thresholds from judged messages: counted by hand, and the report that draws them. */
import { expect } from 'chai';
import type { Understand } from '../../src/understand/contract.js';
import {
  calibrationOf,
  costOf,
  costs,
  curveOf,
  type Judged,
  judge,
  pointAt,
  proposeThresholds,
} from '../../src/understand/tuning.js';
import { curvePicture, tuningReport } from '../../src/understand/tuning-report.js';

const times = (count: number, one: Judged): Judged[] => Array.from({ length: count }, () => one);
const right = (confidence: number): Judged => ({ confidence, right: true, offered: true });
const offered = (confidence: number): Judged => ({ confidence, right: false, offered: true });
const lost = (confidence: number): Judged => ({ confidence, right: false, offered: false });
/** Trustworthy: of a hundred in each tenth so many are right as is said. */
const honest: readonly Judged[] = [5, 15, 25, 35, 45, 55, 65, 75, 85, 95].flatMap((percent) => [
  ...times(percent, right(percent / 100)),
  ...times(100 - percent, offered(percent / 100)),
]);

describe('tuning the thresholds', () => {
  it('judges by the first candidate and by the first three', () => {
    const understand = ((text: string) => ({
      candidates: ['faq:a', 'faq:b', 'faq:c', 'faq:d'].map((label) => ({ label, probability: 0.25 })),
      confidence: text === 'sure' ? 0.9 : 0.25,
    })) as unknown as Understand;
    const ask = (label: 'faq:a' | 'faq:c' | 'faq:d', text: string) =>
      judge(understand, [{ label, text, language: 'kk' }], 'kk')[0];
    expect(ask('faq:a', 'sure')).to.deep.equal(right(0.9));
    expect(ask('faq:c', 'x')).to.deep.equal(offered(0.25));
    expect(ask('faq:d', 'x')).to.deep.equal(lost(0.25));
  });
  it('counts every message once, at every threshold', () => {
    const judged = [right(0.9), offered(0.9), right(0.3), offered(0.3), lost(0.3)];
    expect(pointAt(judged, 0.5)).to.deep.equal({
      ...{ answerAt: 0.5, answered: 0.4, right: 0.2, wrong: 0.2, askedWithRight: 0.4, askedWithout: 0.2 },
    });
    for (const { right: well, wrong, askedWithRight, askedWithout } of curveOf(judged))
      expect(well + wrong + askedWithRight + askedWithout).to.be.closeTo(1, 1e-9);
    expect(costOf(pointAt(judged, 0.5))).to.be.closeTo(
      0.2 * costs.wrong + 0.4 * costs.askedWithRight + 0.2 * costs.askedWithout,
      1e-9,
    );
  });
  it('answers less and errs less as the threshold rises', () => {
    const curve = curveOf(honest);
    for (const [at, point] of curve.slice(1).entries()) {
      expect(point.answered).to.be.at.most(curve[at]?.answered ?? 0);
      expect(point.wrong / point.answered).to.be.at.most((curve[at]?.wrong ?? 0) / (curve[at]?.answered ?? 1) + 1e-9);
    }
  });
  it('proposes to answer where a question back would cost as much', () => {
    // Of trustworthy probabilities p an answer costs (1 − p) · 6 and a question back 2: from p = 2/3 on the answer is cheaper.
    expect(proposeThresholds(honest, { answerAt: 0.5, clarifyAt: 0.1 }).answerAt).to.equal(0.7);
    expect(proposeThresholds(times(50, right(0.2)), { answerAt: 0.5, clarifyAt: 0.1 }).answerAt).to.equal(0.05);
  });
  it('leaves what is in use where another costs hardly less', () => {
    const chosen = (answerAt: number) => proposeThresholds(honest, { answerAt, clarifyAt: 0.1 }).answerAt;
    expect([0.5, 0.6, 0.65, 0.75].map(chosen)).to.deep.equal([0.7, 0.6, 0.65, 0.75]);
    expect(chosen(0.95)).to.equal(0.7);
  });
  it('raises the threshold of choices above what offers them in vain, and never lowers it', () => {
    const inUse = { answerAt: 0.6, clarifyAt: 0.1 };
    const vain = [...times(30, lost(0.15)), ...times(30, offered(0.25)), ...times(100, right(0.9))];
    expect(proposeThresholds(vain, inUse).clarifyAt).to.equal(0.16);
    expect(proposeThresholds(times(100, right(0.9)), { ...inUse, answerAt: 0.95 }).clarifyAt).to.equal(0.05);
    expect(proposeThresholds([...times(5, lost(0.15)), ...honest], inUse).clarifyAt).to.equal(0.1);
  });
  it('compares what is said with what was', () => {
    const tenths = calibrationOf(honest);
    expect(tenths).to.have.length(10);
    for (const { said, was, count } of tenths) {
      expect(was).to.be.closeTo(said, 1e-9);
      expect(count).to.equal(100);
    }
    expect(calibrationOf([right(1)]).map(({ from }) => from)).to.deep.equal([0.9]);
  });
  it('reports it to people, with the curve', () => {
    const proposed = { answerAt: 0.7, clarifyAt: 0.1 };
    const tuning = {
      measured: [
        { name: 'honest', judged: honest },
        { name: 'sure', judged: times(10, right(0.99)) },
      ],
      ...{ proposed, inUse: { answerAt: 0.6, clarifyAt: 0.12 }, folds: 5, seed: 1 },
    };
    const page = tuningReport(tuning, 'curve.svg');
    expect(page).to.include('answer from 0.7, offer choices from 0.1').and.include('In use before: 0.6 and 0.12');
    expect(page).to.include('| **0.7** | 30.0 | 15.0 |').and.include('](curve.svg)');
    const picture = curvePicture(tuning);
    expect(picture.match(/<polyline/g)).to.have.length(2);
    expect(picture.match(/<circle/g)).to.have.length(2);
    expect(picture).to.not.include('NaN');
  });
});
