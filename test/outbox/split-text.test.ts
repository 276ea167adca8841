import { expect } from 'chai';
import fc from 'fast-check';
import { splitText } from '../../src/outbox/split-text.js';

describe('outbox/split-text', () => {
  it('leaves what fits as it is, but for white space around it', () => {
    expect(splitText(' Төлем 20 мамырда түседі. ', 100)).to.deep.equal(['Төлем 20 мамырда түседі.']);
    expect(splitText('', 100)).to.deep.equal([]);
  });

  it('splits between paragraphs, else lines, else sentences, else words', () => {
    expect(splitText('Бірінші абзац.\n\nЕкінші абзац. Үшінші.', 30)).to.deep.equal([
      'Бірінші абзац.',
      'Екінші абзац. Үшінші.',
    ]);
    expect(splitText('Первая длинная строка\nвторая. Третья', 32)).to.deep.equal([
      'Первая длинная строка',
      'вторая. Третья',
    ]);
    expect(splitText('Первое предложение. Второе предложение. Третье.', 44)).to.deep.equal([
      'Первое предложение. Второе предложение.',
      'Третье.',
    ]);
    expect(splitText('слово слово слово слово', 12)).to.deep.equal(['слово слово', 'слово слово']);
  });

  it('looks for a later end where the best one stands near the beginning, so that no part is a scrap', () => {
    expect(splitText(`Иә.\n\n${'сөз '.repeat(20).trim()}`, 40)[0]).to.have.length.above(20);
  });

  it('cuts a word that is longer than a message, but no character', () => {
    expect(splitText('я'.repeat(25), 10)).to.deep.equal(['я'.repeat(10), 'я'.repeat(10), 'я'.repeat(5)]);
    for (const part of splitText('😷'.repeat(20), 9)) expect(part).to.match(/^(?:😷)+$/u);
  });

  it('loses nothing, doubles nothing and keeps the order, whatever is written', () => {
    const words = fc.array(fc.constantFrom('сөз', 'слово. ', '\n', '\n\n', ' ', '😷', 'А! ', 'ұзын-сөздер'), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 60 }), (written, longest) => {
        const text = written.join('');
        const parts = splitText(text, longest);
        const bare = (words: string): string => words.replaceAll(/\s+/g, '');
        expect(bare(parts.join(''))).to.equal(bare(text));
        for (const part of parts) {
          expect(part).to.have.length.within(1, longest);
          expect(part).to.equal(part.trim());
        }
      }),
    );
  });
});
