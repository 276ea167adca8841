/** Two questions in one message, as conversations with the pure dialogue: what is answered, what is offered, and what is said of the rest. */
import { expect } from 'chai';
import { createTalk, t } from './talk.js';
import { articles } from './town.js';

const wordings = {
  kk: {
    hello: 'Сәлем',
    fitting: '42500 қашан түседі және базар қашан ашылады?',
    headings: ['*1. 42500 қашан түседі*', '*2. базар қашан ашылады?*'],
    tooLong: '42500 кімге тиесілі, кімдер ала алады және қалай өтініш беремін?',
    other: 'қалай өтініш беремін?',
    unclear: '42500 қашан түседі және бекеттен қалай өтемін?',
    unclearPart: 'бекеттен қалай өтемін?',
    withPost: '42500 қашан түседі? Шиелі бекеті ашық па?',
    withList: 'Маска тағу міндетті ме? 42500 тізімінде бармын ба?',
    services: 'Арал бекеті ашық па? Мен 50000 тізімінде бармын ба?',
    yes: 'иә',
  },
  ru: {
    hello: 'привет',
    fitting: 'маска обязательна? сколько заболевших сегодня?',
    headings: ['*1. маска обязательна?*', '*2. сколько заболевших сегодня?*'],
    tooLong: 'Кому положены 42500 и как подать?',
    other: 'как подать?',
    unclear: 'Когда придут 42500 и как проехать через пост?',
    unclearPart: 'как проехать через пост?',
    withPost: 'Когда придут 42500? И открыт ли пост в Шиели?',
    withList: 'Маска обязательна? Есть ли я в списке на 42500?',
    services: 'открыт ли пост в Аральске? И есть ли я в списке на 50000?',
    yes: 'да',
  },
} as const;
const answerOf = (id: string, language: 'kk' | 'ru'): string => {
  const article = articles.find((each) => each.id === id);
  if (!article) throw new Error(`There is no article ${id}.`);
  return article.answer[language];
};

describe('two questions in one message, in other letters', () => {
  for (const text of [
    '42500 кашан туседи жане базар кашан ашылады',
    '42500 kashan tusedi zhane bazar kashan ashylady',
    'сәлем, 42500 қашан түседі және когда базар откроют?',
  ]) {
    it(`are both answered: “${text}”`, () => {
      const heard = createTalk().says(text).text;
      expect(heard).to.contain(answerOf('pay-42500-when', 'kk')).and.contain(answerOf('bazaar-open', 'kk'));
    });
  }
  it('are both answered: “kogda pridut 42500 i kogda otkroyut bazar”', () => {
    const heard = createTalk().says('kogda pridut 42500 i kogda otkroyut bazar').text;
    expect(heard).to.contain(answerOf('pay-42500-when', 'ru')).and.contain(answerOf('bazaar-open', 'ru'));
  });
});

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  describe(`two questions in one message, decided (${language})`, () => {
    it('are both answered in one reply where they fit, each under its question, with the day they are of', () => {
      const talk = createTalk();
      talk.says(words.hello);
      const { settled, text, choices } = talk.says(words.fitting);
      const [first, second] = language === 'kk' ? ['pay-42500-when', 'bazaar-open'] : ['mask-rule', 'covid-statistics'];
      expect(text).to.contain(answerOf(first, language)).and.contain(answerOf(second, language));
      expect(text.indexOf(words.headings[0])).to.equal(0);
      expect(text.indexOf(words.headings[1])).to.be.greaterThan(text.indexOf(answerOf(first, language)));
      expect(text).to.contain(t(language, 'bot:answer.asOf', { date: '23.04.2020' }));
      expect(settled.outcome).to.be.oneOf([`faq:${first}`, `faq:${second}`]);
      expect(choices).to.have.length(2);
      expect(talk.says(words.yes).settled.outcome).to.equal('small:thanks');
    });

    it('that do not fit together: the main one is answered, the other by a tap, a number or its words', () => {
      for (const pick of ['tap', '3', words.other] as const) {
        const talk = createTalk({ language });
        const { settled, text } = talk.says(words.tooLong);
        expect(settled.outcome).to.equal('faq:pay-42500-who');
        expect(text).to.contain(answerOf('pay-42500-who', language));
        expect(text).to.contain(t(language, 'bot:several.other', { question: words.other, number: 3 }));
        const next = pick === 'tap' ? talk.taps(words.other) : talk.says(pick);
        expect(next.settled.outcome, pick).to.equal('faq:pay-42500-apply');
      }
    });

    it('leave "did this help?" open beside the other: yes, no, and a number that was not offered', () => {
      const asked = () => {
        const talk = createTalk({ language });
        talk.says(words.tooLong);
        return talk;
      };
      expect(asked().says(words.yes).settled.outcome).to.equal('small:thanks');
      expect(asked().says('2').settled.ticket).to.include({ reason: 'not-helped', label: 'faq:pay-42500-who' });
      const talk = asked();
      expect(talk.says('4').text).to.contain(t(language, 'bot:clarify.badChoice', { max: 3 }));
      expect(talk.says('3').settled.outcome, 'still open').to.equal('faq:pay-42500-apply');
    });

    it('of which one is not understood: the other is answered, and it says so', () => {
      const { settled, text } = createTalk({ language }).says(words.unclear, {
        questions: [
          { text: '42500', label: 'faq:pay-42500-when', probability: 0.9 },
          { text: words.unclearPart, label: 'service:checkpoint-nearest', probability: 0.4 },
        ],
      });
      expect(settled.outcome).to.equal('faq:pay-42500-when');
      expect(text).to.contain(answerOf('pay-42500-when', language));
      expect(text).to.contain(t(language, 'bot:several.unanswered', { question: words.unclearPart }));
      // Yes, no, and the check of that payment.
      expect(settled.reply?.choices).to.have.length(3);
    });

    it('of which one is a service: the answer comes first, the service by a tap', () => {
      const post = createTalk({ language });
      post.says(words.withPost);
      const told = post.says('3');
      expect(told.settled.outcome).to.equal('service:checkpoint-nearest');
      expect(told.text).to.match(/Шиел/);
      const list = createTalk({ language });
      expect(list.says(words.withList).settled.outcome).to.equal('faq:mask-rule');
      expect(list.says('3').settled.state.expecting?.kind).to.equal('iin');
    });

    it('that are both services: one is followed, the other is asked for again', () => {
      const { settled, text } = createTalk({ language }).says(words.services);
      expect(settled.outcome).to.match(/^service:/);
      expect(text).to.match(language === 'kk' ? /деген сұрағыңызға әзірге/ : /отдельным сообщением/);
      expect(settled.state.expecting, 'the flow goes on').to.not.equal(undefined);
    });

    it('of which one may not be answered now: the other is, and this by a tap goes to a person', () => {
      const talk = createTalk({ language, expired: ['pay-42500-apply'] });
      expect(talk.says(words.tooLong).settled.outcome).to.equal('faq:pay-42500-who');
      expect(talk.says('3').settled.ticket).to.include({ reason: 'content-expired' });
    });

    it('are said again, with the other one, in the language that is asked for', () => {
      const talk = createTalk({ language });
      talk.says(words.tooLong);
      const other = language === 'kk' ? 'ru' : 'kk';
      const again = talk.says(language === 'kk' ? 'орысша жазыңызшы' : 'можно на казахском');
      expect(again.text).to.contain(answerOf('pay-42500-who', other));
      expect(talk.says('3').settled.outcome).to.equal('faq:pay-42500-apply');
    });

    it('do not wait for more', () => {
      expect(createTalk({ language }).begins(words.tooLong).kind).to.equal('settled');
    });
  });
}
