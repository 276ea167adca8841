/** Messages that deny something or say yes and no in passing: what they answer and what they do not, as conversations with the pure dialogue. */
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import { createTalk, t } from './talk.js';
import { personOf } from './town.js';

const wordings = {
  kk: {
    when: '42500 қашан түседі?',
    notArrived: ['маған түскен жоқ', 'жоқ, түскен жоқ', 'жок тускен жок', 'joq tusken joq', 'иә, бірақ түскен жоқ'],
    refused: ['жоқ, маған бас тартты', 'маған бас тартылды'],
    notHelped: ['жоқ', 'жоқ, көмектеспеді', 'көмектескен жоқ', 'көмегі тимеді'],
    helped: ['иә', 'иә, рақмет', 'иә, көмектесті, рақмет'],
    declined: ['жоқ, рақмет', 'керек емес'],
    puzzled: ['түсінбедім', 'жоқ, түсінбедім', 'түсініксіз'],
    list: '42500 тізімінде бармын ба?',
    noCheck: ['жоқ', 'жоқ, керек емес', 'бермеймін'],
    notANo: ['жоқ, түскен жоқ', 'маған түскен жоқ'],
    why: ['неге керек?', 'ЖСН не үшін керек', 'бұл қауіпсіз бе?'],
    notMine: ['жоқ, бұл менікі емес', 'менікі емес', 'жоқ'],
    mine: ['иә, менікі', 'иә', 'өзімдікі'],
  },
  ru: {
    when: 'Когда придут 42500?',
    notArrived: ['мне не пришло', 'нет, не пришло', 'net ne prishlo', 'да, но мне не пришло'],
    refused: ['нет, мне отказали', 'мне отказали'],
    notHelped: ['нет', 'нет, не помогло', 'не помогли'],
    helped: ['да', 'да, спасибо', 'да, помогло'],
    declined: ['нет, спасибо', 'не надо'],
    puzzled: ['не понял', 'нет, не поняла', 'непонятно'],
    list: 'Есть ли я в списке на 42500?',
    noCheck: ['нет', 'нет, не надо', 'не дам'],
    notANo: ['нет, не пришло', 'мне не пришло'],
    why: ['зачем?', 'для чего вам ИИН', 'это безопасно?'],
    notMine: ['нет, это не мой', 'не мой', 'нет'],
    mine: ['да, это мой', 'да'],
  },
} as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  const answering = (first: string, text: string, spoken: Language = language) => {
    const talk = createTalk({ language: spoken });
    talk.says(first);
    return { talk, heard: talk.says(text) };
  };

  describe(`denials, decided (${language})`, () => {
    it('what did not arrive is no “yes”, and the same answer is not given twice: a specialist is offered', () => {
      for (const text of words.notArrived) {
        const { talk, heard } = answering(words.when, text);
        expect(heard.settled.outcome, text).to.equal('faq:pay-42500-when');
        expect(heard.text, text).to.equal(t(heard.settled.reply?.language ?? language, 'bot:answer.saidAlready'));
        const { ticket } = talk.says('1').settled;
        expect(ticket?.about, 'question and complaint').to.deep.equal(['m0000001-0000', 'm0000002-0000']);
      }
    });

    it('what did not arrive is answered where nothing was said of it yet', () => {
      for (const text of words.notArrived.slice(0, 2)) {
        const { settled } = createTalk({ language }).says(`42500 ${text}`);
        expect(settled.outcome, text).to.be.oneOf(['faq:pay-42500-when', 'faq:pay-42500-rejected', 'clarify']);
      }
    });

    it('a refusal after the answer is a question of its own', () => {
      for (const text of words.refused)
        expect(answering(words.when, text).heard.settled.outcome, text).to.equal('faq:pay-42500-rejected');
    });

    it('“no” to “did this help?” goes to a specialist, “no, thank you” and “no need” do not', () => {
      for (const text of words.notHelped)
        expect(answering(words.when, text).heard.settled.ticket, text).to.include({ reason: 'not-helped' });
      for (const text of words.declined) {
        const { settled, text: said } = answering(words.when, text).heard;
        expect(settled.ticket, text).to.equal(undefined);
        expect(said, text).to.equal(t(language, 'bot:declined'));
      }
    });

    it('“yes” to it may be wordy', () => {
      for (const text of words.helped)
        expect(answering(words.when, text).heard.text, text).to.equal(t(language, 'bot:helped.thanks'));
    });

    it('who did not understand is offered a specialist, and is asked for the number once more', () => {
      for (const text of words.puzzled) {
        const { talk, heard } = answering(words.when, text);
        expect(heard.text, text).to.equal(t(language, 'bot:puzzled'));
        expect(talk.says('1').settled.ticket?.about).to.include('m0000001-0000');
        expect(answering(words.list, text).heard.settled.state.expecting?.kind, text).to.equal('iin');
      }
    });

    it('only a “no” and a refusal end a check; what did not arrive does not', () => {
      for (const text of words.noCheck)
        expect(answering(words.list, text).heard.text, text).to.equal(t(language, 'bot:askIin.cancelled'));
      for (const text of words.notANo)
        expect(answering(words.list, text).heard.text, text).not.to.equal(t(language, 'bot:askIin.cancelled'));
    });

    it('who asks why the number is wanted is told, and it is still awaited', () => {
      for (const text of words.why) {
        const { talk, heard } = answering(words.list, text);
        expect(heard.text, text).to.contain(t(language, 'bot:iinPrivacy.notice'));
        expect(talk.says(personOf('pay-42500', 'paid')).text).to.match(/42\D500/);
      }
    });

    it('a number that is somebody else’s is not looked up, one’s own is', () => {
      const iin = personOf('pay-42500', 'paid');
      for (const text of words.notMine)
        expect(answering(iin, text).heard.text, text).to.equal(t(language, 'bot:askIin.cancelled'));
      for (const text of words.mine) expect(answering(iin, text).heard.text, text).to.match(/42\D500/);
    });
  });
}
