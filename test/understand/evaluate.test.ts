/** The files and the counting of evaluations: what is refused, and that the counts add up. */
import { expect } from 'chai';
import { type EvaluationRow, evaluate, formatEvaluation, verdictOf } from '../../src/understand/evaluate.js';
import { parseEvaluationRows } from '../../src/understand/evaluation-rows.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import { parsePhrases } from '../../src/understand/phrases.js';

const heading = 'id\ttext\tlang\texpected\ttraits';

describe('evaluation files', () => {
  it('become rows', () => {
    expect(
      parseEvaluationRows('a.tsv', `${heading}\nd1\tсәлем\tkk\tsmall:greeting\tplain,very-short\n\n`),
    ).to.deep.equal([
      { id: 'd1', text: 'сәлем', language: 'kk', expected: 'small:greeting', traits: ['plain', 'very-short'] },
    ]);
  });
  it('may name the article that was answered before', () => {
    const [row] = parseEvaluationRows('a.tsv', `${heading}\tafter\nd1\tқұжаттар?\tkk\tescalate\t\tmask-rule`);
    expect(row).to.include({ after: 'mask-rule' });
    expect(parseEvaluationRows('a.tsv', `${heading}\tafter\nd1\tа\tkk\tescalate\t`)[0]).to.not.have.property('after');
  });
  const broken: readonly (readonly [string, string])[] = [
    ['id\ttext\n', 'a.tsv, line 1: the first line must name the columns'],
    [`${heading}\nd1\tсәлем\ten\tsmall:greeting\t`, 'a.tsv, line 2: lang "en"'],
    [`${heading}\nd1\tсәлем\tkk\tsmall:hello\t`, 'a.tsv, line 2: expected "small:hello"'],
    [`${heading}\nd1\t\tkk\tescalate\t`, 'a.tsv, line 2: text is empty'],
    [`${heading}\nd1\tсәлем\tkk\tescalate\t\tmask-rule`, 'a.tsv, line 2: has 6 columns'],
    [`${heading}\nd1\tсәлем\tkk`, 'a.tsv, line 2: has 3 columns'],
    [`${heading}\nd1\tа\tkk\tescalate\t\nd1\tб\tkk\tescalate\t`, 'a.tsv, line 3: id "d1" stands twice'],
  ];
  for (const [text, sentence] of broken) {
    it(`are refused: ${sentence}`, () => {
      expect(() => parseEvaluationRows('a.tsv', text)).to.throw(sentence);
    });
  }
});

describe('evaluation', () => {
  const row = (id: string, expected: EvaluationRow['expected'], traits: string[] = []): EvaluationRow => ({
    id,
    text: id,
    language: 'kk',
    expected,
    traits,
  });
  it('gives each outcome one verdict', () => {
    const expected = row('a', 'faq:mask-rule');
    const outcome = (label: EvaluationRow['expected'] | 'clarify', offered: EvaluationRow['expected'][] = []) =>
      verdictOf(expected, { outcome: label, offered, language: 'kk' });
    expect(outcome('faq:mask-rule')).to.equal('right');
    expect(outcome('faq:covid-test')).to.equal('wrong');
    expect(outcome('clarify', ['faq:covid-test', 'faq:mask-rule'])).to.equal('clarifiedWithRight');
    expect(outcome('clarify', ['faq:covid-test'])).to.equal('clarifiedWithout');
    expect(outcome('escalate')).to.equal('escalated');
    expect(verdictOf(row('b', 'escalate'), { outcome: 'escalate', offered: [], language: 'kk' })).to.equal('right');
  });
  it('adds up in all and in every part', async () => {
    const rows = [
      row('a', 'faq:mask-rule', ['typo']),
      row('b', 'escalate', ['typo', 'caps']),
      row('c', 'faq:mask-rule'),
      row('d', 'small:bye'),
    ];
    const outcomes = ['faq:mask-rule', 'faq:mask-rule', 'escalate', 'clarify'] as const;
    const result = await evaluate(rows, ({ id }) => ({
      outcome: outcomes[rows.findIndex((one) => one.id === id)] ?? 'clarify',
      offered: [],
      language: id === 'd' ? 'ru' : 'kk',
    }));
    expect(result).to.deep.include({
      total: 4,
      right: 1,
      wrong: 1,
      clarifiedWithRight: 0,
      clarifiedWithout: 1,
      escalated: 1,
      language: 3,
    });
    for (const part of [
      result,
      ...[result.byLanguage, result.byTrait, result.byLabel].flatMap((by) => Object.values(by)),
    ]) {
      expect(part.right + part.wrong + part.clarifiedWithRight + part.clarifiedWithout + part.escalated).to.equal(
        part.total,
      );
    }
    expect(result.byTrait.typo).to.deep.include({ total: 2, right: 1, wrong: 1 });
    expect(result.confusions.map(({ expected, outcome, ids }) => [expected, outcome, ...ids])).to.deep.include([
      'escalate',
      'faq:mask-rule',
      'b',
    ]);
    expect(formatEvaluation(result)).to.include('escalate -> faq:mask-rule  (b)');
  });
});

describe('files of phrasings', () => {
  it('become phrasings in order, figures included', () => {
    expect(parsePhrases('p.yaml', 'service:menu:\n  ru: [меню]\n  kk: [мәзір, 0]\n')).to.deep.equal([
      { label: 'service:menu', language: 'kk', text: 'мәзір' },
      { label: 'service:menu', language: 'kk', text: '0' },
      { label: 'service:menu', language: 'ru', text: 'меню' },
    ]);
  });
  const broken: readonly (readonly [string, string])[] = [
    ['- a', 'p.yaml: must be a map'],
    ['service:menus: {kk: [a]}', 'p.yaml: "service:menus" is no label'],
    ['service:menu: {en: [a]}', 'unknown language "en"'],
    ['service:menu: {kk: a}', '"service:menu" kk must be a list'],
    ['service:menu: {kk: [a, {b: c}]}', '"service:menu" kk, phrasing 2 must be a text'],
    ['a: [', 'p.yaml: '],
  ];
  for (const [yaml, sentence] of broken) {
    it(`are refused: ${sentence}`, () => {
      expect(() => parsePhrases('p.yaml', yaml)).to.throw(sentence);
    });
  }
  it('of the project can all be read', async () => {
    const phrases = await loadPhrases('content/phrases');
    expect(phrases.length).to.be.greaterThan(1000);
    expect(phrases.every(({ text }) => text.trim() !== '')).to.equal(true);
  });
});
