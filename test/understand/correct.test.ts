/** Mistyped words, read as the words that were meant: what is corrected, what is left alone, and what it is worth over generated slips. */
import { expect } from 'chai';
import fc from 'fast-check';
import { type Correct, createCorrect } from '../../src/understand/correct.js';
import { mistyped } from '../../src/understand/mistyped.js';
import type { Model } from '../../src/understand/model.js';
import { normalise } from '../../src/understand/normalise.js';
import { createScore } from '../../src/understand/score.js';
import { seededRandom } from '../../src/understand/seeded-random.js';
import { seeingBy } from '../../src/understand/seen-tokens.js';
import { createSpelling } from '../../src/understand/spelling.js';
import { evaluationRows, masked, trainedModel } from './trained.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);

describe('mistyped words', () => {
  let model: Model;
  let correct: Correct;
  before(async function () {
    this.timeout(240_000);
    model = await trainedModel();
    const { conceptOf, see } = seeingBy(model.lexicon);
    correct = createCorrect(model, conceptOf, see);
  });
  const read = (text: string): string => correct(normalise(text, 'kk')).line;

  /** Typed, read (both folded). */
  const slips: readonly (readonly [string, string, string])[] = [
    ['a neighbour key', 'виезд пешком рпзрешен', 'виезд пешком разрешен'],
    ['a letter left out', 'когда придут выплты', 'когда придут виплати'],
    ['a doubled key', 'магазинпы открыты', 'магазини открити'],
    ['two letters swapped', 'пропуск на выезд как плоучить', 'пропуск на виезд как получит'],
    ['Kazakh words', 'маған керк пе, не істйемін', 'маган керек пе не истеимин'],
    ['the first letter', 'агазин открыт', 'магазин открит'],
    ['a lost space', 'выдаетразрешение', 'видает разрешение'],
  ];
  for (const [what, typed, meant] of slips) {
    it(`are corrected: ${what}`, () => {
      expect(read(typed)).to.equal(meant);
    });
  }

  it('are told apart from words that only no phrasing holds', () => {
    // Known Kazakh roots, concepts with any ending, figures, short words, and what is a slip of nothing.
    for (const text of ['түйелеріміздің', 'өтемақыларыңыздан', '42500', 'ба', 'жждвщлк', 'түспеді', 'түспейді'])
      expect(read(text), text).to.equal(normalise(text, 'kk').line);
  });
  it('never lose or make a denial', () => {
    for (const text of ['түспедi', 'келмеді', 'алмадым', 'берілмеді', 'не пришло', 'келген жоқ'])
      expect(read(text), text).to.equal(normalise(text, 'kk').line);
  });
  it('keep what was typed beside what was meant', () => {
    const tokens = correct(normalise('керк', 'kk')).tokens;
    expect(tokens.map(({ cyrillic, typed }) => [cyrillic, typed])).to.deep.equal([['керек', 'керк']]);
  });
  it('leave a message that has none as it is', () => {
    const message = normalise('42500 қашан түседі', 'kk');
    expect(correct(message)).to.equal(message);
  });
  it('are found by every single slip of a usual word', () => {
    const { nearest, knows } = createSpelling(model.spelling);
    const letters = [...'абвгдеж'];
    for (const word of ['документи', 'магазини', 'тиркелу']) {
      expect(knows(word), word).to.equal(true);
      for (let at = 0; at < word.length; at += 1) {
        const [before, letter, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
        const typed = [before + after, ...letters.map((one) => before + one + after), before + letter + after];
        for (const one of typed) expect(nearest(one, 'words'), `${one} of ${word}`).to.not.equal(undefined);
      }
    }
  });

  it('bring as many of the development messages home as came without them, but for one in twelve', function () {
    this.timeout(180_000);
    const random = seededRandom(20_200_424);
    const score = createScore(model, seeingBy(model.lexicon).see);
    const firstOf = (text: string, mend: boolean): string | undefined => {
      const message = normalise(text, 'kk');
      const logits = score(mend ? correct(message) : message);
      return model.labels[logits.indexOf(Math.max(...logits))];
    };
    let plain = 0;
    let raw = 0;
    let mended = 0;
    for (const row of evaluationRows('test/evaluation/development.tsv')) {
      const text = masked(row.text);
      const typed = mistyped(text, random);
      if (firstOf(text, true) === row.expected) plain += 1;
      if (firstOf(typed, false) === row.expected) raw += 1;
      if (firstOf(typed, true) === row.expected) mended += 1;
    }
    expect(mended, `${raw} uncorrected`).to.be.above(raw);
    expect(mended, `of ${plain}`).to.be.at.least(plain - 16);
  });

  it(`are read in bounded work, whatever comes (seed ${seed})`, () => {
    const word = fc.string({ unit: fc.constantFrom(...'абеиыінңмдтлрғқгксшзуүйя'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        const message = normalise(words.join(' '), 'kk');
        const { tokens } = correct(message);
        // A word becomes one or two; at most forty are looked at.
        expect(tokens.length).to.be.within(message.tokens.length, message.tokens.length + 40);
        expect(tokens.filter(({ typed }) => typed !== undefined).length).to.be.at.most(80);
      }),
      { seed, numRuns: 100 },
    );
  });
});
