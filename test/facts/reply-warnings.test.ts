/** What a specialist is asked about before a reply leaves. */
import { expect } from 'chai';
import { createReplyWarnings, type ReplyWarnings } from '../../src/facts/tickets/reply-warnings.js';
import { maskText } from '../../src/inbound/mask.js';
import type { Language } from '../../src/language.js';
import { trainedUnderstand } from '../understand/trained.js';

describe('a reply that is about to leave', () => {
  let warnings: ReplyWarnings;
  before(async () => {
    warnings = createReplyWarnings({
      understand: await trainedUnderstand(),
      holdsIin: (text) => maskText(text, { secret: 'a'.repeat(64), expectsIin: false }).iins.length > 0,
    });
  });
  const cases: readonly (readonly [text: string, reads: Language, asked: readonly string[]])[] = [
    ['Ақша 25-іне дейін түседі, күте тұрыңыз', 'kk', []],
    ['Ақша 25-іне дейін түседі, күте тұрыңыз', 'ru', ['language']],
    ['Акша 25-ине дейин туседи, куте турыныз', 'ru', ['language']],
    ['Деньги придут до 25 апреля, подождите', 'ru', []],
    ['Деньги придут до 25 апреля, подождите', 'kk', ['language']],
    ['Рахмет', 'ru', []],
    ['Ваш ИИН 900101300017 есть в списке', 'ru', ['iin']],
    ['Позвоните Айгуль: 8 701 123 45 67', 'ru', ['phone']],
    ['Её номер +7(777)1234567, ИИН 900101300017', 'kk', ['language', 'iin', 'phone']],
    ['Звоните в колл-центр 400-100 или 103', 'ru', []],
    ['Выплата 42 500 тенге придёт 25.04.2020', 'ru', []],
  ];
  for (const [text, reads, asked] of cases) {
    it(`to a reader of ${reads} asks ${asked.join(', ') || 'nothing'}: ${text.replaceAll(/\d{12}/g, '…')}`, () => {
      expect(warnings(text, reads)).to.deep.equal(asked);
    });
  }
});
