/** Questions that lean on the answer before them, in all ways people type, as conversations with the pure dialogue. */
import { expect } from 'chai';
import { createTalk } from './talk.js';

/** What is said in turn, and the outcome each ends in. */
type Said = readonly (readonly [string, string])[];
const talks: Readonly<Record<string, Said>> = {
  'kk, from who to how, which papers and when': [
    ['42500 кімдерге беріледі?', 'faq:pay-42500-who'],
    ['қайда өтініш беремін?', 'faq:pay-42500-apply'],
    ['құжаттар?', 'faq:pay-42500-documents'],
    ['ал қанша күтемін?', 'faq:pay-42500-when'],
  ],
  'kk without Kazakh letters': [
    ['42500 кимге бериледи', 'faq:pay-42500-who'],
    ['кандай кужат керек', 'faq:pay-42500-documents'],
    ['кайда отиниш беремин', 'faq:pay-42500-apply'],
  ],
  'kk in Latin letters': [
    ['42500 kimge beriledi', 'faq:pay-42500-who'],
    ['qaida otinish beremin', 'faq:pay-42500-apply'],
    ['qansha kutemin', 'faq:pay-42500-when'],
  ],
  'ru, to a refusal and the next month': [
    ['как подать на 42500?', 'faq:pay-42500-apply'],
    ['а документы?', 'faq:pay-42500-documents'],
    ['и когда придет?', 'faq:pay-42500-when'],
    ['а если отказали?', 'faq:pay-42500-rejected'],
    ['а за второй месяц?', 'faq:pay-42500-second'],
  ],
  'ru in Latin letters': [
    ['komu polozheny 42500', 'faq:pay-42500-who'],
    ['skolko zhdat', 'faq:pay-42500-when'],
  ],
  'another payment, then its own follow-up': [
    ['50 мың кімдерге беріледі?', 'faq:pay-50000-who'],
    ['тізімге қалай кірем', 'faq:pay-50000-apply'],
    ['қашан береді?', 'faq:pay-50000-when'],
  ],
  'a topic of its own is not drawn in': [
    ['кому положены 42500?', 'faq:pay-42500-who'],
    ['маска обязательна?', 'faq:mask-rule'],
    ['до скольки пост работает', 'faq:checkpoint-hours'],
  ],
};

describe('follow-ups, decided', () => {
  for (const [name, said] of Object.entries(talks)) {
    it(`are read with the answer before them: ${name}`, () => {
      const talk = createTalk();
      for (const [text, outcome] of said) expect(talk.says(text).settled.outcome, text).to.equal(outcome);
    });
  }

  it('ask back about the answer rather than listing the topic of that name', () => {
    const talk = createTalk();
    talk.says('50 000 кімдерге беріледі?');
    const { settled } = talk.says('құжаттар?');
    expect(settled.outcome).to.be.oneOf(['clarify', 'faq:pay-50000-apply']);
    expect(settled.reply?.text).to.match(/50 000|birgemiz/);
  });

  it('mean the older answer that is quoted', () => {
    const talk = createTalk();
    talk.says('42500 кімдерге беріледі?');
    talk.says('Маска тағу міндетті ме?');
    expect(talk.quotes('pay-42500-who', 'құжаттар?').settled.outcome).to.equal('faq:pay-42500-documents');
    expect(talk.says('қанша күтемін?').settled.outcome, 'the talk goes on from there').to.equal('faq:pay-42500-when');
  });

  it('take a "no" under an older answer as about that', () => {
    const talk = createTalk({ language: 'ru' });
    talk.says('кому положены 42500?');
    talk.says('Обязательно ли носить маску?');
    const { ticket } = talk.quotes('pay-42500-who', 'не помогло').settled;
    expect(ticket).to.include({ reason: 'not-helped', label: 'faq:pay-42500-who', queue: 'payments' });
  });
});
