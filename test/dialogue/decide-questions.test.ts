/** Questions, their answers and "did you mean", as conversations with the pure dialogue. */
import { expect } from 'chai';
import { longestAnswer } from '../../src/facts/articles/article-fields.js';
import type { Candidate } from '../../src/understand/contract.js';
import { createTalk } from './talk.js';
import { articles } from './town.js';

const unsure: readonly Candidate[] = [
  { label: 'faq:mask-rule', probability: 0.3 },
  { label: 'faq:covid-test', probability: 0.25 },
  { label: 'service:eligibility-42500', probability: 0.2 },
  { label: 'faq:covid-contact', probability: 0.1 },
];
const wordings = {
  kk: {
    mask: 'Маска тағу міндетті ме?',
    yes: 'иә',
    no: 'жоқ',
    hello: 'Сәлеметсіз бе',
    assistant: 'автоматты көмекші',
    asOf: 'жағдайы бойынша',
    source: 'Дереккөз: ',
  },
  ru: {
    mask: 'Обязательно ли носить маску?',
    yes: 'да',
    no: 'нет',
    hello: 'Здравствуйте',
    assistant: 'автоматический помощник',
    asOf: 'По состоянию на',
    source: 'Источник: ',
  },
} as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  describe(`questions, decided (${language})`, () => {
    it('answers with the published text, its source and date, and says once who answers', () => {
      const talk = createTalk();
      const article = articles.find(({ id }) => id === 'mask-rule');
      const first = talk.says(words.mask);
      expect(first.settled.outcome).to.equal('faq:mask-rule');
      expect(first.text).to.contain(article?.answer[language]);
      expect(first.text).to.contain(words.source).and.contain(words.asOf);
      expect(first.text).to.contain(words.assistant);
      expect(first.choices).to.have.length(2);
      expect(talk.resident().language).to.equal(language);
      expect(talk.says(words.mask).text).not.to.contain(words.assistant);
    });

    it('keeps a reply below the limit by shortening the source, never the answer or the date', () => {
      for (const length of [0, 300, 420, 500]) {
        const answer = 'Ж'.repeat(longestAnswer);
        const source = 'И'.repeat(length);
        const talk = createTalk({
          longest: { answer: { kk: answer, ru: answer }, source: { kk: source, ru: source } },
        });
        const { text } = talk.says(words.mask);
        expect(text).to.contain(answer).and.contain(words.asOf).and.contain('*1*');
      }
    });

    it('answers every published article within the limit, also as the first words', () => {
      for (const { id, answer } of articles) {
        const heard = createTalk({ language }).says('?', { candidates: [{ label: `faq:${id}`, probability: 0.9 }] });
        expect(heard.text, id).to.contain(answer[language]);
        expect(heard.settled.outcome).to.equal(`faq:${id}`);
      }
    });

    it('hands over an article whose end date has passed', () => {
      const { settled } = createTalk({ expired: ['mask-rule'] }).says(words.mask);
      expect(settled.ticket).to.include({ reason: 'content-expired', queue: 'health', label: 'faq:mask-rule' });
      expect(settled.outcome).to.equal('escalate');
    });

    it('offers three labels and a person when unsure; a number, the words or a tap picks', () => {
      const talk = createTalk({ language });
      const article = articles.find(({ id }) => id === 'covid-test');
      const ask = () => talk.says(words.hello, { candidates: unsure });
      const asked = ask();
      expect(asked.settled.outcome).to.equal('clarify');
      const open = asked.settled.state.expecting;
      const meanings = open?.kind === 'choice' ? open.choices.map(({ meaning }) => meaning) : [];
      expect(meanings.map((each) => (each.kind === 'label' ? each.label : each.kind))).to.deep.equal([
        'faq:mask-rule',
        'faq:covid-test',
        'service:eligibility-42500',
        'handoff',
      ]);
      expect(talk.says('2').settled.outcome).to.equal('faq:covid-test');
      ask();
      expect(
        talk.says(article?.question[language].toUpperCase() ?? '', { candidates: unsure }).settled.outcome,
      ).to.equal('faq:covid-test');
      const second = ask();
      expect(talk.taps(second.choices[1]?.title ?? '').settled.outcome).to.equal('faq:covid-test');
      ask();
      const handed = talk.says('4').settled;
      expect(handed.ticket).to.include({ reason: 'asked-for-human', queue: 'health' });
      expect(handed.ticket?.about, 'the question goes along').to.have.length(1);
    });

    it('knows a tap on an old reply from one on the last, and reads it as words', () => {
      const talk = createTalk({ language });
      const old = talk.says(words.hello, { candidates: unsure }).choices[3];
      talk.says(words.mask);
      if (!old) throw new Error('Nothing was offered.');
      const heard = talk.tapsOld(old);
      expect(heard.settled.outcome).to.equal('service:human');
    });

    it('hands over at the second miss with what came before, and offers a person for a word or two', () => {
      const long = language === 'kk' ? 'менің жағдайым мүлде бөлек болып тұр' : 'у меня совсем особый случай вышел';
      const talk = createTalk({ language });
      talk.says(long, { candidates: unsure });
      const { ticket } = talk.says(long, { candidates: unsure }).settled;
      expect(ticket).to.include({ reason: 'no-answer' });
      expect(ticket?.about).to.have.length(1);

      const short = createTalk({ language });
      const nothing = { candidates: [{ label: 'faq:mask-rule', probability: 0.05 }] } as const;
      expect(short.says('ммм', nothing).settled.ticket).to.equal(undefined);
      const offered = short.says('эээ', nothing);
      expect(offered.settled.ticket).to.equal(undefined);
      expect(offered.choices).to.have.length(2);
      expect(short.says(words.yes).settled.ticket).to.include({ reason: 'no-answer' });
    });

    it('leaves the open question for one asked confidently, and times out politely', () => {
      const talk = createTalk({ language });
      talk.says(words.hello, { candidates: unsure });
      expect(talk.says(words.mask).settled.outcome).to.equal('faq:mask-rule');
      talk.says(words.hello, { candidates: unsure });
      talk.later(31);
      const late = talk.says('2');
      expect(late.settled.outcome).to.equal('service:menu');
      expect(late.text).to.contain(language === 'kk' ? 'біраз уақыт өтіп' : 'прошло много времени');
    });

    it('takes "yes" and "no" after an answer, in words, as numbers and as taps', () => {
      for (const yes of [words.yes, '1', '👍']) {
        const talk = createTalk({ language });
        talk.says(words.mask);
        expect(talk.says(yes).settled.outcome, yes).to.equal('small:thanks');
      }
      for (const no of [words.no, '2']) {
        const talk = createTalk({ language });
        talk.says(words.mask);
        const { ticket } = talk.says(no).settled;
        expect(ticket, no).to.include({ reason: 'not-helped', label: 'faq:mask-rule', queue: 'health' });
        expect(ticket?.about).to.deep.equal(['m0000001-0000']);
      }
      const talk = createTalk({ language });
      talk.says(words.mask);
      expect(talk.taps(language === 'kk' ? 'маман' : 'специалист').settled.ticket).to.include({ reason: 'not-helped' });
    });
  });
}
