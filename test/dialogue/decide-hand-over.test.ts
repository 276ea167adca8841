/** Handing over, receipts, open tickets, danger and specialists, as conversations with the pure dialogue. */
import { expect } from 'chai';
import { createTalk, t } from './talk.js';

const wordings = {
  kk: {
    person: 'маманмен сөйлескім келеді',
    hard: 'көршім менің есігімді бұзып кетті, кімге шағымданам',
    story:
      'Зейнетке былтыр шыққанмын, ақшамды пошташы қыз үйге әкелетін еді, қазір ауырып қалыпты. Көршілер әрқайсысы әрқилы айтады, екі күннен бері есікке қарап отырмын. Сол ақша енді қалай беріледі?',
    mask: 'Маска тағу міндетті ме?',
    danger: 'әкем дем ала алмай жатыр',
    thanks: 'рақмет',
  },
  ru: {
    person: 'соедините со специалистом',
    hard: 'сосед сломал мне дверь, кому жаловаться теперь',
    story:
      'Я на пенсии с прошлого года, деньги носила домой почтальон, а теперь она заболела. Соседи говорят кто что, я второй день у двери стою и жду. Как её теперь получать, эту пенсию?',
    mask: 'Обязательно ли носить маску?',
    danger: 'папа задыхается, что делать',
    thanks: 'спасибо',
  },
} as const;
const escalate = { candidates: [{ label: 'escalate', probability: 0.8 }] } as const;
const unclear = { candidates: [{ label: 'faq:fines-quarantine', probability: 0.3 }] } as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  describe(`handing over, decided (${language})`, () => {
    it('gives who asks for a person a receipt and the hours it usually takes', () => {
      const heard = createTalk({ language }).says(words.person);
      expect(heard.settled.ticket).to.include({ receipt: 'K-7F3Q', reason: 'asked-for-human', urgent: false });
      expect(heard.settled.outcome).to.equal('service:human');
      expect(heard.text).to.contain(t(language, 'bot:escalated.wait', { count: 2 }));
    });

    it('tells the true opening time while nobody works: today, tomorrow, or the day', () => {
      const opensAt = (at: string) =>
        createTalk({
          language,
          now: new Date('2020-04-23T07:00:00+05:00'),
          openNow: false,
          opensAt: new Date(at),
        }).says(words.person).text;
      const today = t(language, 'bot:moment.today', { time: '09:00' });
      expect(opensAt('2020-04-23T09:00:00+05:00')).to.contain(today);
      expect(opensAt('2020-04-24T09:00:00+05:00')).to.contain(t(language, 'bot:moment.tomorrow', { time: '09:00' }));
      expect(opensAt('2020-04-27T09:00:00+05:00')).to.contain(
        t(language, 'bot:moment.date', { date: '27.04.2020', time: '09:00' }),
      );
    });

    it('asks of a long story that may be a case what it asks, and hands it over whole where that was not it', () => {
      const maybe = {
        candidates: [
          { label: 'escalate', probability: 0.7 },
          { label: 'faq:pension-schedule', probability: 0.2 },
        ],
      } as const;
      const talk = createTalk({ language });
      const asked = talk.says(words.story, maybe);
      expect(asked.settled).to.include({ outcome: 'clarify' }).and.not.have.property('ticket');
      expect(asked.choices).to.have.length(2);
      const { ticket } = talk.taps(t(language, 'bot:clarify.noneTitle')).settled;
      expect(ticket?.about).to.have.length(1);

      const sure = { candidates: [{ ...maybe.candidates[0], probability: 0.95 }, maybe.candidates[1]] };
      expect(createTalk({ language }).says(words.story, sure).settled).to.have.property('ticket');
      expect(createTalk({ language }).says(words.hard, maybe).settled, 'no story').to.have.property('ticket');
      const waiting = createTalk({ language });
      waiting.says(words.person);
      expect(waiting.says(words.story, maybe).settled, 'a person is waited for').to.have.property('joinsTicket');
    });

    it('hands over at once what it cannot settle', () => {
      const heard = createTalk({ language }).says(words.hard, escalate);
      expect(heard.settled.ticket).to.include({ reason: 'no-answer', queue: 'other' });
      expect(heard.settled.outcome).to.equal('escalate');
    });

    it('sends the person what was talked about, to the specialists of its topic', () => {
      const talk = createTalk({ language });
      talk.says('?', { candidates: [{ label: 'faq:pay-15000-utilities', probability: 0.9 }] });
      expect(talk.says(words.person).settled.ticket).to.deep.include({
        queue: 'utilities',
        about: ['m0000001-0000'],
      });
    });

    it('brings to an open ticket the question that its answer did not settle', () => {
      const talk = createTalk({ language });
      talk.says(words.hard, escalate);
      talk.says(words.mask);
      expect(talk.says('2').settled.joinsTicket).to.deep.equal({ id: 't-K-7F3Q', about: ['m0000002-0000'] });
    });

    it('joins the open ticket when a person is asked for again or the story goes on, and still answers what it can', () => {
      const talk = createTalk({ language });
      talk.says(words.hard, escalate);
      for (const next of [talk.says(words.person), talk.says(words.hard, escalate), talk.says(words.hard, unclear)]) {
        expect(next.settled.ticket).to.equal(undefined);
        expect(next.settled.joinsTicket?.id).to.equal('t-K-7F3Q');
        expect(next.text).to.contain('K-7F3Q');
      }
      const answered = talk.says(words.mask).settled;
      expect(answered.outcome).to.equal('faq:mask-rule');
      expect(answered.joinsTicket).to.equal(undefined);
      expect(talk.says(words.thanks).settled.joinsTicket).to.equal(undefined);
    });

    it('tells the owner how a ticket stands, in Latin or Cyrillic letters', () => {
      const talk = createTalk({ language });
      talk.says(words.person);
      for (const written of ['K-7F3Q', 'К-7F3Q', 'k7f3q', 'к 7f3q']) {
        expect(talk.says(written).text, written).to.contain('23.04.2020').and.contain('*K-7F3Q*');
      }
      for (const status of ['waiting', 'claimed', 'answered', 'resolved'] as const) {
        talk.changes({
          tickets: [{ receipt: 'K-7F3Q', status, createdAt: new Date('2020-04-22T20:00:00Z'), owner: 'me' }],
        });
        expect(talk.says('K-7F3Q').text).to.equal(
          t(language, `bot:receipt.${status}`, { ticket: 'K-7F3Q', date: '23.04.2020' }),
        );
      }
    });

    it("gives nothing away about another's receipt", () => {
      const talk = createTalk({
        language,
        tickets: [{ receipt: 'K-9ABC', status: 'claimed', createdAt: new Date(), owner: 'another' }],
      });
      talk.says(words.mask);
      const foreign = talk.says('K-9ABC').text;
      expect(foreign.replace('K-9ABC', '')).to.equal(talk.says('K-2222').text.replace('K-2222', ''));
      expect(foreign).to.equal(t(language, 'bot:receipt.unknown', { ticket: 'K-9ABC' }));
    });

    it('says 103 first when a life is in danger, with an urgent ticket, whatever the state', () => {
      const opened = createTalk({ language }).says(words.danger);
      expect(opened.text.startsWith(t(language, 'bot:danger'))).to.equal(true);
      expect(opened.text).to.contain('*103*').and.contain('*112*');
      expect(opened.settled.ticket).to.include({ reason: 'danger', urgent: true });
      expect(opened.settled.urgent).to.equal(true);

      const talk = createTalk({ language });
      talk.says(words.hard, escalate);
      const joined = talk.says(words.danger).settled;
      expect(joined.joinsTicket).to.deep.equal({ id: 't-K-7F3Q' });
      expect(joined.urgent).to.equal(true);

      talk.heldBySpecialist();
      const held = talk.says(words.danger);
      expect(held.text.startsWith(t(language, 'bot:danger'))).to.equal(true);
      expect(createTalk({ language }).begins(words.danger).kind, 'it never waits').to.equal('settled');
    });

    it('is silent while a specialist holds the conversation', () => {
      const talk = createTalk({ language, held: true });
      for (const text of [words.mask, words.person, words.thanks, '1', 'K-7F3Q']) {
        const { settled } = talk.says(text);
        expect(settled.silence, text).to.equal('held-by-specialist');
        expect(settled.reply).to.equal(undefined);
      }
    });
  });
}
