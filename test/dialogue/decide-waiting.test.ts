/** Which messages may go on, and which are decided at once: pure, without a clock. */
import { expect } from 'chai';
import { createTalk } from './talk.js';
import { personOf } from './town.js';

describe('waiting for the rest of a question', () => {
  const greeted = (language: 'kk' | 'ru') => {
    const talk = createTalk({ language });
    talk.says(language === 'kk' ? 'Сәлеметсіз бе' : 'Здравствуйте');
    talk.says(language === 'kk' ? 'рақмет' : 'спасибо');
    return talk;
  };

  for (const fragment of ['сәлем', 'привет', '42500', 'иә', 'да', 'ммм', '🙂', '98013', 'бір сұрақ бар еді']) {
    it(`“${fragment}” with nothing open waits`, () => {
      expect(greeted('kk').begins(fragment).kind).to.equal('wait');
    });
  }

  const atOnce = {
    kk: [
      'Маска тағу міндетті ме?',
      'маман керек',
      'мәзір',
      'тоқта',
      'рақмет',
      'сау болыңыз',
      'орысша',
      'басынан баста',
      'K-7F3Q',
      'әкем дем ала алмай жатыр',
      '2',
    ],
    ru: [
      'Обязательно ли носить маску?',
      'нужен специалист',
      'меню',
      'стоп',
      'спасибо',
      'до свидания',
      'на казахском',
      'начать сначала',
      'К-7F3Q',
      'папа задыхается',
      '2',
    ],
  } as const;
  for (const language of ['kk', 'ru'] as const) {
    for (const text of atOnce[language]) {
      it(`“${text}” does not wait`, () => {
        expect(greeted(language).begins(text).kind).not.to.equal('wait');
      });
    }
  }

  it('a whole IIN does not wait, a faulty one out of the blue does', () => {
    const iin = personOf('pay-42500', 'paid');
    expect(greeted('ru').begins(iin).kind).not.to.equal('wait');
    expect(greeted('ru').begins(iin.slice(0, 11)).kind).to.equal('wait');
  });

  it('what answers an open question does not wait: a number, a yes, words, a number that was not offered, a place', () => {
    const open = () => {
      const talk = createTalk({ language: 'ru' });
      talk.says('меню');
      return talk;
    };
    for (const text of ['1', 'второе', '44', 'Здоровье', 'нет'])
      expect(open().begins(text).kind, text).not.to.equal('wait');
    const helped = createTalk({ language: 'kk' });
    helped.says('Маска тағу міндетті ме?');
    expect(helped.begins('иә').kind).not.to.equal('wait');
    const post = createTalk({ language: 'ru' });
    post.says('где ближайший пост');
    expect(post.begins('Аральск').kind).not.to.equal('wait');
  });

  it('while an IIN is awaited, a faulty number is named at once and half of one waits', () => {
    const talk = createTalk({ language: 'ru' });
    talk.says('Есть ли я в списке на 42500?');
    expect(talk.begins('98010130012').kind).not.to.equal('wait');
    expect(talk.begins('980101').kind).to.equal('wait');
  });

  it('fragments that make one question are answered as one', () => {
    for (const text of ['сәлем\n42500\nқашан түседі', 'привет\n42500\nкогда придут']) {
      const talk = createTalk();
      expect(talk.begins(text).kind, text).to.equal('settled');
      expect(talk.says(text).settled.outcome).to.equal('faq:pay-42500-when');
    }
  });
});
