/** Greeting, menu, language, thanks, stop, restart, pictures and silence, as conversations with the pure dialogue. */
import { expect } from 'chai';
import type { Turn } from '../../src/dialogue/contract.js';
import { otherLanguage } from '../../src/language.js';
import { createTalk, t } from './talk.js';
import { articles } from './town.js';

const wordings = {
  kk: {
    hello: 'Сәлеметсіз бе',
    menu: 'мәзір',
    thanks: 'рақмет',
    bye: 'сау болыңыз',
    stop: 'тоқта',
    resume: 'қосу',
    restart: 'басынан баста',
    mask: 'Маска тағу міндетті ме?',
    toOther: 'орысша жазыңызшы',
    topic: 'Денсаулық',
    payments: 'төлемдер',
    yes: 'иә',
  },
  ru: {
    hello: 'Здравствуйте',
    menu: 'меню',
    thanks: 'спасибо',
    bye: 'до свидания',
    stop: 'стоп',
    resume: 'включить',
    restart: 'начать сначала',
    mask: 'Обязательно ли носить маску?',
    toOther: 'можно на казахском',
    topic: 'здоровье',
    payments: 'Выплаты',
    yes: 'да',
  },
} as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  const other = otherLanguage(language);
  describe(`small words, decided (${language})`, () => {
    it('greets with who answers and a menu; later greetings are short', () => {
      const talk = createTalk();
      const first = talk.says(words.hello);
      expect(first.text).to.contain(t(language, 'bot:welcome')).and.contain('*8*');
      expect(first.settled.outcome).to.equal('small:greeting');
      expect(first.choices).to.have.length(8);
      expect(talk.says(words.hello).text).not.to.contain(t(language, 'bot:welcome'));
    });

    it('leads from the menu by number, by words and by tap to a topic and its article', () => {
      for (const pick of ['5', words.topic]) {
        const talk = createTalk({ language });
        talk.says(words.menu);
        const listed = talk.says(
          pick,
          pick === '5' ? {} : { candidates: [{ label: 'faq:covid-test', probability: 0.3 }] },
        );
        expect(listed.text, pick).to.contain(articles.filter(({ topic }) => topic === 'health')[0]?.question[language]);
        expect(talk.says('1').settled.outcome).to.match(/^faq:/);
      }
      const talk = createTalk({ language });
      talk.says(words.menu);
      expect(talk.taps(t(language, 'bot:menuTitle.human')).settled.ticket).to.include({ reason: 'asked-for-human' });
    });

    it('reaches every published article from the menu', () => {
      const reached = new Set<string>();
      for (const topic of ['1', '3', '4', '5', '6']) {
        const talk = createTalk({ language });
        talk.says(words.menu);
        let listed = talk.says(topic);
        for (;;) {
          const open = listed.settled.state.expecting;
          const choices = open?.kind === 'choice' ? open.choices : [];
          for (const { meaning } of choices) if (meaning.kind === 'label') reached.add(meaning.label);
          if (choices.at(-1)?.meaning.kind !== 'more') break;
          listed = talk.says(String(choices.length));
        }
      }
      expect([...reached].sort()).to.deep.equal(articles.map(({ id }) => `faq:${id}`).sort());
    });

    it('says which numbers there are, and offers a person to who misses again and again', () => {
      const talk = createTalk({ language });
      talk.says(words.menu);
      expect(talk.says('44').text).to.equal(t(language, 'bot:clarify.badChoice', { max: 8 }));
      talk.says('45');
      expect(talk.says('46').settled.state.expecting?.kind).to.equal('handoff-confirm');
    });

    it('switches the language on asking, keeps it, and says the last answer again', () => {
      const talk = createTalk({ language });
      talk.says(words.mask);
      const switched = talk.says(words.toOther);
      const mask = articles.find(({ id }) => id === 'mask-rule');
      expect(switched.settled.outcome).to.equal('service:language');
      expect(switched.text).to.contain(t(other, 'bot:languageSwitched')).and.contain(mask?.answer[other]);
      expect(talk.resident().language).to.equal(other);
      expect(talk.says('1').settled.reply?.language, 'a number shows no language').to.equal(other);
      expect(talk.says(words.yes).settled.reply?.language, 'nor does a yes').to.equal(other);
      expect(talk.says(words.mask).settled.reply?.language, 'a question does').to.equal(language);
    });

    it('switches by a tap on the menu', () => {
      const talk = createTalk({ language });
      talk.says(words.menu);
      expect(talk.says('8').settled.reply?.language).to.equal(other);
      expect(talk.resident().language).to.equal(other);
    });

    it('answers thanks once and a farewell', () => {
      const talk = createTalk({ language });
      talk.says(words.mask);
      expect(talk.says(words.thanks).text).to.equal(t(language, 'bot:thanks'));
      expect(talk.says(words.thanks).settled.silence).to.equal('thanks-after-thanks');
      talk.says(words.mask);
      expect(talk.says(words.thanks).settled.silence).to.equal(undefined);
      expect(talk.says(words.bye).settled.outcome).to.equal('small:bye');
    });

    it('stops writing on asking, still answers, and comes back', () => {
      const talk = createTalk({ language });
      expect(talk.says(words.stop).settled.contact).to.include({ stopped: true });
      expect(talk.says(words.mask).settled.outcome).to.equal('faq:mask-rule');
      expect(talk.resident().stopped).to.equal(true);
      expect(talk.says(words.resume).settled.contact).to.include({ stopped: false });
    });

    it('begins again: nothing is open or remembered, and it says who answers', () => {
      const talk = createTalk({ language });
      talk.says('?', { candidates: [{ label: 'faq:pay-42500-when', probability: 0.9 }] });
      expect(talk.says(words.restart).text).to.contain(t(language, 'bot:welcome'));
      expect(talk.state()).to.not.have.property('article');
      expect(talk.state().privacyShown).to.equal(false);
    });

    it('says what it cannot read, and reads a caption', () => {
      const kinds: NonNullable<Turn['media']>[] = ['voice', 'photo', 'video', 'document', 'sticker', 'contact'];
      const talk = createTalk({ language });
      talk.says(words.menu);
      for (const kind of kinds) expect(talk.sends(kind).text).to.equal(t(language, `bot:unsupportedMedia.${kind}`));
      expect(talk.says('5').settled.outcome, 'the menu is still open').to.equal('service:menu');
      expect(talk.sends('photo', words.mask).settled.outcome).to.equal('faq:mask-rule');
    });

    it('lists a topic that is named without a menu', () => {
      const listed = createTalk({ language }).says(words.payments, {
        candidates: [{ label: 'escalate', probability: 0.3 }],
      });
      expect(listed.settled.ticket).to.equal(undefined);
      expect(listed.text).to.contain(articles.filter(({ topic }) => topic === 'payments')[0]?.question[language]);
    });

    it('asks to say more of a word or two that only look like a case', () => {
      const { settled } = createTalk({ language }).says('ойпырмай', {
        candidates: [{ label: 'escalate', probability: 0.3 }],
      });
      expect(settled.ticket).to.equal(undefined);
      expect(settled.reply?.text).to.contain(t(language, 'bot:fallback.first'));
    });

    it('takes note of an "ok" in the middle of a conversation', () => {
      const talk = createTalk({ language });
      talk.says(words.mask);
      const { settled } = talk.says('ок');
      expect(settled.outcome).to.equal('ignore-offtopic');
      expect(settled.reply?.text).to.equal(t(language, 'bot:acknowledged'));
    });

    it('tells politely what it can help with, without a ticket', () => {
      const { settled } = createTalk({ language }).says('?', {
        candidates: [{ label: 'ignore-offtopic', probability: 0.9 }],
      });
      expect(settled.reply?.text).to.contain(t(language, 'bot:offTopic'));
      expect(settled.ticket).to.equal(undefined);
    });
  });
}
