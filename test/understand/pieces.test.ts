/** A text is parted the same by the table, which most texts need, as by the pattern, which every text has. */
import { expect } from 'chai';
import fc from 'fast-check';
import { allPieces, cleaned, piecesOf, plainPieces } from '../../src/understand/pieces.js';
import { evaluationRows, masked } from './trained.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const sets = ['development', 'kept-back-one', 'kept-back-two', 'kept-back-three', 'kept-back-four'];

describe('the pieces of a text', () => {
  it('are the same by the table and by the pattern, in every message of the evaluation, and the table serves nine of ten', () => {
    const texts = sets.flatMap((set) =>
      evaluationRows(`test/evaluation/${set}.tsv`).map(({ text }) => cleaned(masked(text))),
    );
    const served = texts.filter((text) => {
      const plain = plainPieces(text);
      if (plain !== undefined) expect(plain, text).to.deep.equal(allPieces(text));
      return plain !== undefined;
    });
    expect(served.length / texts.length).to.be.at.least(0.9);
  });

  it(`are the same in any text of words, figures and signs (seed ${seed})`, () => {
    const bits = [
      ...[
        'қашан',
        'кз',
        'kz',
        'k',
        'z',
        'з',
        'v',
        '7',
        '8',
        '42',
        '500',
        '42500',
        '400',
        '100',
        '15',
        '04',
        '2020',
        '701',
      ],
      ...[
        '1234567',
        '+',
        '-',
        '.',
        ',',
        ':',
        '/',
        ' ',
        '  ',
        '(',
        ')',
        '\n',
        '?',
        '!',
        "'",
        '🙏',
        '⟨iin⟩',
        '½',
        'a',
        '…',
      ],
    ];
    const texts = fc.array(fc.constantFrom(...bits), { maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme', maxLength: 30 })), (text) => {
        const clean = cleaned(text);
        const plain = plainPieces(clean);
        if (plain !== undefined) expect(plain).to.deep.equal(allPieces(clean));
      }),
      { seed, numRuns: 5_000 },
    );
  });

  it('are cleaned: case, odd signs, stretched letters, one form for each sign', () => {
    for (const [typed, read] of [
      ['САЛАМ', 'салам'],
      ['ааааа қашаннн', 'а қашан'],
      ['Ааа', 'а'],
      ['İ', 'i'],
      ['№5', ' 5'],
      ['4to', 'chto'],
      ['４２', '42'],
      ['о’тиниш', "о'тиниш"],
      ['ақ\u00adша', 'ақша'],
      ['ﬁ', 'fi'],
      ['42500!!!', '42500!!!'],
    ])
      expect(cleaned(typed ?? ''), typed).to.equal(read);
  });

  it('know which sentences ask, and that signs alone are none', () => {
    const { pieces, asks } = piecesOf(cleaned('Үйде отырмын. Қашан түседі? Рақмет!!! ...'));
    expect(asks).to.deep.equal([false, true, false]);
    expect(pieces.map(({ sentence }) => sentence)).to.deep.equal([0, 0, 1, 1, 2]);
  });
});
