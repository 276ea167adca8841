/** Any text of up to 64 KiB and more is understood: nothing throws, the answer keeps its promises, and the work is bounded by the length. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Understand } from '../../src/understand/contract.js';
import { featuresOf } from '../../src/understand/features.js';
import { normalise } from '../../src/understand/normalise.js';
import { longestText } from '../../src/understand/pieces.js';
import { type SeeToken, seeingBy } from '../../src/understand/seen-tokens.js';
import { createUnderstand } from '../../src/understand/understand.js';
import { trainedModel } from './trained.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const mostTokens = 400;
const mostFeatures = 9_400;
/** Features that one character may bring: three lengths of letters, and a word's stem, pairs and concepts. */
const featuresOfCharacter = 16;

/** Pieces of what people paste: words, figures, signs, emoji, halves of characters, marks without a letter. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'қашан',
      'когда',
      'ақша',
      'и',
      'ал',
      'мың',
      'сорок',
      'две',
      'тысячи',
      'kashan',
      'Шиелі',
      'бекет',
      'не',
      'ма',
      'ще',
    ],
    ...[
      '42 500',
      '42,5',
      '8 705 143 51 31',
      '15.04.2020',
      '9:30',
      '№',
      '#',
      '⟨iin⟩',
      'K-7F3Q',
      'KZ12',
      'egov.kz/a',
      '4to',
    ],
    ...[
      '?',
      '!',
      '...',
      ',',
      '\n',
      ' ',
      '\t',
      "'",
      '’',
      '-',
      '(',
      '%',
      '👍',
      '👨‍👩‍👧',
      '\u200b',
      '\u0301',
      '\ud800',
      '\udc00',
      '\0',
      '\u202e',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'абеиыінңмдтлрғқгксшзуүйя '), maxLength: 30 }),
);
const short = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
/** A short text over and over, up to the longest message and a little more. */
const long = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: longestText + 200 }))
  .map(([pieces, length]) => {
    const text = pieces.join('') || 'а';
    return text.repeat(Math.ceil(length / text.length)).slice(0, length);
  });

describe(`any text (seed ${seed})`, () => {
  let understand: Understand;
  let see: SeeToken;
  before(async function () {
    this.timeout(240_000);
    const model = await trainedModel();
    understand = createUnderstand(model);
    see = seeingBy(model.lexicon).see;
  });
  const isUnderstood = (text: string): void => {
    const { language, candidates, confidence, questions = [], slots } = understand(text, { language: 'ru' });
    expect(['kk', 'ru']).to.include(language);
    expect(candidates.length).to.be.at.most(5);
    expect(confidence).to.be.within(0, 1);
    expect(candidates.reduce((sum, { probability }) => sum + probability, 0)).to.be.at.most(1 + 1e-9);
    expect(questions.length).to.be.at.most(6);
    expect(slots.checkpoints.length).to.be.at.most(5);
    for (const read of [normalise(text, 'kk'), normalise(text, 'ru')]) {
      expect(read.tokens.length).to.be.at.most(Math.min(mostTokens, text.length * 4));
      const { keys } = featuresOf(read, see);
      expect(keys.length).to.be.at.most(Math.min(mostFeatures, featuresOfCharacter * (text.length + 1)));
    }
  };

  it('of some words is understood', () => {
    fc.assert(fc.property(short, isUnderstood), { seed, numRuns: 300 });
  });
  it('of up to 64 KiB is understood', function () {
    this.timeout(240_000);
    fc.assert(fc.property(long, isUnderstood), { seed, numRuns: 25 });
  });
  it('of 64 KiB of one character is understood', function () {
    this.timeout(240_000);
    for (const sign of [
      'а',
      'a',
      "'",
      '1',
      '.',
      ' ',
      '\n',
      'k',
      '№',
      '👍',
      '\ud800',
      'я ',
      'к1',
      'и ',
      'a.',
      '8 ',
      '-',
      'қ,',
      'и,а ',
    ])
      isUnderstood(sign.repeat(Math.ceil(longestText / sign.length)));
  });
});
