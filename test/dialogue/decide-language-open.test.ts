/** First words that show no language: what is said in which, and how one tap settles it, as conversations with the pure dialogue. */
import { expect } from 'chai';
import type { Candidate } from '../../src/understand/contract.js';
import { createTalk, t } from './talk.js';
import { articles, personOf } from './town.js';

const answerOf = (id: string, language: 'kk' | 'ru'): string =>
  articles.find((article) => article.id === id)?.answer[language] ?? '';
const offered = t('ru', 'bot:languageOpen');
const unsure: readonly Candidate[] = [
  { label: 'faq:pay-42500-who', probability: 0.4 },
  { label: 'faq:pay-42500-when', probability: 0.3 },
];

describe('a language left open, decided', () => {
  it('an answer stands in the default language, and the same in the other is a tap or a word away', () => {
    for (const wish of ['tap', 'русский', 'орысша'] as const) {
      const talk = createTalk();
      const { text, choices, settled } = talk.says('такси');
      expect(text).to.contain(answerOf('public-transport', 'kk')).and.contain(offered);
      expect(choices.map(({ title }) => title)).to.include('Русский');
      expect(settled.contact, 'nothing is kept that was not shown').to.equal(undefined);
      const again = wish === 'tap' ? talk.taps('Русский') : talk.says(wish);
      expect(again.text, wish).to.contain(answerOf('public-transport', 'ru'));
      expect(talk.resident().language, wish).to.equal('ru');
      expect(talk.says('1').text, 'and goes on').to.equal(t('ru', 'bot:helped.thanks'));
    }
  });

  it('choices are offered again in the language that was tapped, and a number picks', () => {
    const talk = createTalk();
    const asked = talk.says('42500', { candidates: unsure });
    expect(asked.text).to.contain(t('kk', 'bot:clarify.ask')).and.contain(offered);
    const again = talk.taps('Русский');
    expect(again.settled.outcome).to.equal('service:language');
    expect(again.text).to.contain(t('ru', 'bot:clarify.ask'));
    const { settled } = talk.says('2');
    expect(settled.outcome).to.equal('faq:pay-42500-when');
    expect(settled.reply?.language).to.equal('ru');
  });

  it('what is short is said in both: a question back, a photo, a word taken note of', () => {
    const nothing = { candidates: [{ label: 'faq:mask-rule', probability: 0.05 }] } as const;
    const short = [
      [createTalk().says('7777', nothing), 'fallback.first'],
      [createTalk().sends('photo'), 'unsupportedMedia.photo'],
      [createTalk().says('👍'), 'acknowledged'],
    ] as const;
    for (const [{ text, choices }, key] of short) {
      expect(text, key)
        .to.contain(t('kk', `bot:${key}`))
        .and.contain(t('ru', `bot:${key}`));
      expect(choices.map(({ title }) => title)).to.deep.equal(['Қазақша', 'Русский']);
    }
  });

  it('a bare number is asked about in both, and a yes checks it', () => {
    for (const yes of ['иә', 'да', '1', 'Русский'] as const) {
      const talk = createTalk();
      const { text, choices } = talk.says(personOf('pay-42500', 'paid'));
      expect(text)
        .to.match(/тексерейін бе/)
        .and.match(/Проверить/);
      expect(choices.map(({ title }) => title)).to.deep.equal(['Иә / Да', 'Жоқ / Нет', 'Қазақша', 'Русский']);
      if (yes === 'Русский') expect(talk.taps(yes).text, 'asked again').to.match(/Проверить/);
      expect(talk.says(yes === 'Русский' ? 'да' : yes).text).to.match(/42\D500/);
    }
  });

  it('posts are listed again in the language that was asked for', () => {
    const talk = createTalk();
    talk.says('бекет');
    expect(talk.says('на русском').text).to.contain(t('ru', 'bot:checkpoint.askPlace'));
    expect(talk.says('2').text).to.match(/Состояние: /);
  });

  it('is offered once, and not beside a menu, which names the languages itself', () => {
    const talk = createTalk();
    expect(talk.says('👍').text).to.contain(t('ru', 'bot:acknowledged'));
    expect(talk.says('такси').text).not.to.contain(offered);
    const menu = createTalk().says('бот', { candidates: [{ label: 'service:menu', probability: 0.9 }] });
    expect(menu.text).not.to.contain(offered);
    expect(menu.choices.at(-1)?.title).to.equal(t('kk', 'bot:menuTitle.language'));
  });

  it('is nothing to speak of where a language is known or shown', () => {
    expect(createTalk({ language: 'ru' }).says('такси').text).not.to.match(/қазақша/i);
    expect(createTalk({ language: 'kk' }).sends('photo').text).to.equal(
      `${t('kk', 'bot:intro')}\n\n${t('kk', 'bot:unsupportedMedia.photo')}`,
    );
    for (const text of ['такси жүре ме?', 'такси ходят?', 'taksi zhure me', 'такси журе ме'])
      expect(createTalk().says(text).choices, text).to.have.length(2);
  });

  it('keeps a topic and the question whether a specialist shall answer through a change of language', () => {
    const talk = createTalk({ language: 'kk' });
    talk.says('мәзір');
    talk.says('5');
    const health = articles.filter(({ topic }) => topic === 'health');
    expect(talk.says('орысша').text).to.contain(health[0]?.question.ru);
    expect(talk.says('1').settled.outcome).to.equal(`faq:${health[0]?.id}`);
    const lost = createTalk({ language: 'kk' });
    const nothing = { candidates: [{ label: 'faq:mask-rule', probability: 0.05 }] } as const;
    lost.says('ммм', nothing);
    lost.says('эээ', nothing);
    expect(lost.says('орысша').text).to.contain(t('ru', 'bot:puzzled'));
    expect(lost.says('да').settled.ticket?.about).to.have.length(2);
  });
});
