/** Letters that people mix up in typing become one: the words of chats in each of their spellings, and what holds for any word. */
import { expect } from 'chai';
import fc from 'fast-check';
import { fold, letterFold } from '../../src/understand/fold.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);

/** Folded: the spellings that meet there. */
const table: Readonly<Record<string, string>> = {
  кимге: 'кімге кимге кымге',
  калаи: 'қалай калай қалаи калаи',
  кашан: 'қашан кашан',
  канша: 'қанша канша',
  каида: 'қайда кайда',
  жардемаки: 'жәрдемақы жардемакы жардемаки жәрдемақі',
  отиниш: 'өтініш отиниш өтиниш отініш отыныш',
  тулем: 'тұлем түлем',
  тусти: 'түсті тусти түсти тұсти',
  тиесили: 'тиесілі тиесили тиесылы',
  болади: 'болады болади боладі',
  алуга: 'алуға алуга',
  кужат: 'құжат кужат күжат',
  жок: 'жоқ жок',
  елу: 'елу элу',
  мин: 'мың мын мін мин мынг минг',
  тан: 'таң тан танг',
  менин: 'менің менин менинг',
  танга: 'танга',
  онга: 'онға онга',
  акша: 'ақша акша',
  коп: 'көп коп',
  узак: 'ұзақ узак үзақ',
  хабар: 'хабар һабар',
  гаухар: 'гауһар ғаухар гаухар',
  иа: 'я иа ия йа иә',
  иун: 'юн иун йун',
  мои: 'мой мои',
  моиа: 'моя моиа',
  обиавление: 'объявление обьявление обиавление',
  семиа: 'семья семиа семя',
  ден: 'день ден',
  диен: 'дьиень диен',
  шека: 'щека шека',
  еше: 'еще ещё еше эще',
  каса: 'касса каса кәса',
  програма: 'программа програма',
  комисиа: 'комиссия комисия',
  милион: 'миллион милион',
  подезд: 'подъезд подезд',
  виезд: 'выезд виезд выэзд',
  паика: 'пайка паика',
  аи: 'ай аы аі',
  тениз: 'теңіз тениз теңиз',
  egov: 'egov',
};

describe('folding', () => {
  for (const [folded, spellings] of Object.entries(table)) {
    it(`brings "${spellings.split(' ').join('", "')}" to "${folded}"`, () => {
      for (const spelling of spellings.split(' ')) expect(fold(spelling), spelling).to.equal(folded);
    });
  }
  it('keeps words apart that letters tell apart', () => {
    for (const [one, other] of [
      ['ата', 'ана'],
      ['бала', 'пала'],
      ['кел', 'кет'],
      ['мен', 'сен'],
      ['дом', 'том'],
      ['сел', 'ел'],
    ] as const)
      expect(fold(one), `${one}, ${other}`).to.not.equal(fold(other));
  });
  it('keeps what is no Cyrillic letter, but for doubled ones', () => {
    for (const text of ['egov', '#42', '👍']) expect(fold(text)).to.equal(text);
  });

  const letter = fc.constantFrom(...'абвгдежзийклмнопрстуфхцчшыьэюяәғқңөұүһіёщъ', ...'abc1-');
  it(`is the same however often it is done, and no longer than twice the word (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 80 }), (word) => {
        const folded = fold(word);
        expect(fold(folded)).to.equal(folded);
        expect(folded.length).to.be.at.most(2 * word.length);
        for (const one of Object.keys(letterFold)) expect(folded).to.not.include(one);
      }),
      { seed, numRuns: 500 },
    );
  });
  it(`takes a word with and without its Kazakh letters for the same (seed ${seed})`, () => {
    const typedFor: Readonly<Record<string, string>> = {
      ә: 'а',
      қ: 'к',
      ғ: 'г',
      ө: 'о',
      ұ: 'у',
      ү: 'у',
      һ: 'х',
      і: 'и',
    };
    const kazakh = fc.constantFrom(...'абдежзклмопрстуышәқғөұүі');
    fc.assert(
      fc.property(fc.string({ unit: kazakh, maxLength: 40 }), (word) => {
        expect(fold([...word].map((one) => typedFor[one] ?? one).join(''))).to.equal(fold(word));
      }),
      { seed, numRuns: 500 },
    );
  });
});
