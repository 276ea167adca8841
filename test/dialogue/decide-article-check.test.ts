/** "Am I on the list?" under an answer about a payment: by a tap, by its number or in words, to the check of that payment. */
import { expect } from 'chai';
import { createTalk, t } from './talk.js';

const questions = { kk: '42500 теңге кімге беріледі?', ru: 'Кому положены 42500?' } as const;
const others = { kk: 'Маскасыз жүрсе қанша айыппұл салады?', ru: 'Какой штраф без маски?' } as const;

for (const language of ['kk', 'ru'] as const) {
  describe(`the check under an answer (${language})`, () => {
    const programme = { kk: '42 500 ₸ мемлекеттік төлем', ru: 'госвыплата 42 500 ₸' }[language];
    const title = t(language, 'bot:helped.check');

    it('is offered beside “did it help”, as a tap and as the number 3', () => {
      const heard = createTalk().says(questions[language]);
      expect(heard.text).to.include(t(language, 'bot:helped.orCheck'));
      expect(heard.choices.map((choice) => choice.title)).to.include(title);
    });

    it('leads to that payment by a tap, by 3 and by its words', () => {
      for (const pick of ['tap', 'number', 'words'] as const) {
        const talk = createTalk();
        talk.says(questions[language]);
        const asked = pick === 'tap' ? talk.taps(title) : talk.says(pick === 'number' ? '3' : title);
        expect(asked.text, pick).to.include(programme);
        expect(asked.settled.state.expecting, pick).to.deep.include({ kind: 'iin', programme: 'pay-42500' });
      }
    });

    it('is not offered where there is no list to look in', () => {
      const heard = createTalk().says(others[language]);
      expect(heard.text).not.to.include(t(language, 'bot:helped.orCheck'));
      expect(heard.choices).to.have.length(2);
    });
  });
}
