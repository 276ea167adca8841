/** Explanations: what they tell is what was understood, and the numbers add up to the scores that decided. */
import { expect } from 'chai';
import type { UnderstandContext } from '../../src/understand/contract.js';
import { createExplain, type Explain, type Source } from '../../src/understand/explain.js';
import { normalise } from '../../src/understand/normalise.js';
import { mixture } from '../../src/understand/score.js';
import { createUnderstand } from '../../src/understand/understand.js';
import { packMaterial, trainedModel } from './trained.js';

const inWords = (source: Source): string => {
  switch (source.kind) {
    case 'word':
      return source.word;
    case 'pair':
      return source.words.join(' ');
    case 'concept':
      return `${source.concept} (${source.word})`;
    case 'concepts':
      return source.concepts.join(' + ');
    case 'phrasing':
      return `like "${source.text}"`;
    default:
      return source.kind;
  }
};

describe('explaining', () => {
  let explain: Explain;
  let understand: ReturnType<typeof createUnderstand>;
  before(async function () {
    this.timeout(180_000);
    const model = await trainedModel();
    explain = createExplain(model);
    understand = createUnderstand(model);
  });

  /** Message, context, what is scored of it, what was set aside, the first label, and something that must stand among its reasons. */
  const table: readonly (readonly [string, UnderstandContext, string, string, string, string])[] = [
    [
      'Сәлем! 42500 қашан түседі? Рақмет',
      { language: 'kk' },
      '42500 қашан түседі',
      'сәлем рақмет',
      'faq:pay-42500-when',
      'түседі',
    ],
    ['kogda pridut dengi 42500', { language: 'kk' }, 'когда придут денги 42500', '', 'faq:pay-42500-when', 'придут'],
    [
      'камаз через блокпост пропустят?',
      { language: 'ru' },
      'камаз через блокпост пропустят',
      '',
      'faq:checkpoint-vehicles',
      'vehicle (камаз)',
    ],
    [
      'а когда придет?',
      { language: 'ru', article: 'pay-50000-who' },
      'а когда придет',
      '',
      'faq:pay-50000-when',
      'rule',
    ],
    ['⟨iin⟩', { language: 'kk' }, '⟨iin⟩', '', 'service:eligibility', 'rule'],
    [
      'маскасыз жүрсе айыппұл қанша',
      { language: 'kk' },
      'маскасыз жүрсе айыппұл қанша',
      '',
      'faq:mask-rule',
      'mask (маскасыз)',
    ],
  ];
  for (const [text, context, read, setAside, label, reason] of table) {
    it(`tells why "${text}" is ${label}`, () => {
      const explanation = explain(text, context);
      expect(explanation.understanding).to.deep.equal(understand(text, context));
      expect(explanation.read.join(' ')).to.equal(read);
      expect(explanation.setAside.join(' ')).to.equal(setAside);
      const [first] = explanation.candidates;
      expect(first?.label).to.equal(label);
      expect(first?.contributions.map(({ source }) => inWords(source))).to.include(reason);
    });
  }

  it('gives weights that sum to the scores, and scores that stand for the probabilities', () => {
    for (const [text, context] of table) {
      const { candidates, understanding } = explain(text, context);
      expect(candidates.map(({ label, probability }) => ({ label, probability }))).to.deep.equal(
        understanding.candidates,
      );
      for (const { label, score, contributions, rest, probability } of candidates) {
        const sum = contributions.reduce((total, { weight }) => total + weight, rest);
        expect(sum, `${text}: ${label}`).to.be.closeTo(score, 1e-4);
        const [first] = candidates;
        const odds = Math.exp((score - (first?.score ?? 0)) / mixture.temperature);
        expect(probability / (first?.probability ?? 1), `${text}: ${label}`).to.be.closeTo(odds, 1e-6);
        const weights = contributions.map(({ weight }) => Math.abs(weight));
        expect(weights).to.deep.equal([...weights].sort((a, b) => b - a));
      }
    }
  });

  it('names phrasings of the candidate itself, the nearest first', () => {
    const { candidates } = explain('42500 қашан түседі', { language: 'kk' });
    const [first] = candidates;
    const likes = first?.contributions.flatMap(({ source }) => (source.kind === 'phrasing' ? [source] : [])) ?? [];
    const read = (text: string): string => normalise(text, 'kk').line;
    expect(read(likes[0]?.text ?? '')).to.equal(read('42500 қашан түседі'));
    // The very words, of which the commonest do not count.
    expect(likes[0]?.likeness).to.be.within(0.4, 1.0001);
  });

  it('tells which words spoke for the language, and which concepts were found', () => {
    const kazakh = explain('маған положено ма', { language: 'ru' });
    const said = new Map(kazakh.languageEvidence.map(({ word, weight }) => [word, Math.sign(weight)]));
    expect([...said]).to.deep.equal([
      ['маған', 1],
      ['положено', -1],
      ['ма', 1],
    ]);
    const known = new Set(packMaterial().lexicon.map(({ id }) => id));
    const { concepts } = explain('АСП алушыларға жәрдемақы қашан', { language: 'kk' });
    expect(concepts).to.deep.include({ word: 'асп', concept: 'benefit' }).and.deep.include({
      word: 'жәрдемақы',
      concept: 'money',
    });
    for (const { concept } of concepts) expect(known.has(concept), concept).to.equal(true);
  });

  it('tells which mistyped words were read as which', () => {
    const { corrected, read, candidates, setAside } = explain('Сәлем! қужаттар кандаи керк 42500, досткаға рұксат', {
      language: 'kk',
    });
    expect(corrected).to.deep.include({ typed: 'керк', meant: 'керек' });
    expect(read).to.include('керек').and.not.include('керк');
    expect(setAside).to.deep.equal(['сәлем']);
    for (const { score, contributions, rest } of candidates)
      expect(contributions.reduce((total, { weight }) => total + weight, rest)).to.be.closeTo(score, 1e-4);
  });

  it('has nothing to say where there is nothing to read', () => {
    for (const text of ['', '🙏', '...']) {
      expect(explain(text, { language: 'ru' })).to.deep.include({ candidates: [], languageEvidence: [], concepts: [] });
    }
  });

  it('never shows an IIN as figures', () => {
    const told = JSON.stringify(explain('ЖСН ⟨iin⟩ тексер', { language: 'kk' }), (_, value) =>
      typeof value === 'number' ? 0 : value,
    );
    expect(told)
      .to.contain('⟨iin⟩')
      .and.not.to.match(/\d{12}/u);
  });
});
