/** "Am I on the list?" as conversations with the pure dialogue, over the sample list. */
import { expect } from 'chai';
import { createTalk, t } from './talk.js';
import { personOf, personOnMostLists } from './town.js';

const wordings = {
  kk: {
    check: '42500 тізімінде бармын ба?',
    all: 'мені тізімнен тексеріңіз',
    yes: 'иә',
    no: 'жоқ',
    looking: 'қазір табам',
    person: 'маман керек',
  },
  ru: {
    check: 'Есть ли я в списке на 42500?',
    all: 'проверьте меня по списку',
    yes: 'да',
    no: 'нет',
    looking: 'сейчас найду',
    person: 'нужен специалист',
  },
} as const;
const statuses = ['approved', 'paid', 'in-review', 'refused'] as const;
const programmes = ['pay-42500', 'pay-50000', 'pay-15000'] as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  const notice = t(language, 'bot:iinPrivacy.notice');
  describe(`eligibility, decided (${language})`, () => {
    it('asks for the IIN with the sentence on privacy, once, and tells the result', () => {
      const talk = createTalk({ language });
      const asked = talk.says(words.check);
      expect(asked.settled.outcome).to.equal('service:eligibility-42500');
      expect(asked.text).to.contain(notice);
      const told = talk.says(personOf('pay-42500', 'approved'));
      expect(told.settled.outcome).to.equal('service:eligibility-42500');
      expect(told.text)
        .to.match(/42\s500\s₸/u)
        .and.not.contain(notice);
      expect(talk.says(words.check).text).not.to.contain(notice);
    });

    for (const programme of programmes) {
      for (const status of statuses) {
        it(`tells ${status} of ${programme} with its next step and date`, () => {
          const amount = programme.slice(4).replace(/(\d+)(\d{3})/, '$1\\s$2');
          const talk = createTalk({ language });
          talk.says(words.check, {
            candidates: [{ label: `service:eligibility-${programme.slice(4) as '42500'}`, probability: 0.9 }],
          });
          const { text } = talk.says(personOf(programme, status));
          if (status === 'approved' || status === 'paid') expect(text).to.match(new RegExp(`${amount}\\s₸`, 'u'));
          expect(text).to.match(/\d\d\.\d\d\.2020/);
          expect(text.split('\n\n').length, 'result, next step').to.be.at.least(2);
        });
      }
    }

    it('takes a number with a request as consent and shows the privacy sentence with the result', () => {
      const heard = createTalk({ language }).says(`${words.check} ${personOf('pay-42500', 'paid')}`);
      expect(heard.settled.outcome).to.equal('service:eligibility-42500');
      expect(heard.text)
        .to.contain(notice)
        .and.match(/42\s500\s₸/u);
    });

    it('asks before it looks up a number out of the blue: yes, no, a tap', () => {
      const iin = personOf('pay-42500', 'approved');
      const talk = createTalk({ language });
      const asked = talk.says(iin);
      expect(asked.settled.outcome).to.equal('service:eligibility');
      expect(asked.text).to.contain(notice).and.not.match(/₸/u);
      expect(talk.says(words.yes).text).to.match(/42\s500\s₸/u);
      talk.says(iin);
      const refused = talk.says(words.no);
      expect(refused.text).to.equal(t(language, 'bot:askIin.cancelled'));
      talk.says(iin);
      expect(talk.taps(t(language, 'bot:confirm.affirmative')).text).to.match(/42\s500\s₸/u);
      talk.says(iin);
      talk.later(31);
      expect(talk.says(words.yes).text, 'a late yes is no consent').not.to.match(/одобрена|мақұлданды/);
    });

    it('takes the programme from what was talked about', () => {
      const talk = createTalk({ language });
      talk.says('?', { candidates: [{ label: 'faq:pay-42500-when', probability: 0.9 }] });
      expect(talk.says(personOf('pay-42500', 'approved')).settled.outcome).to.equal('service:eligibility-42500');
    });

    it('tells all lists in one message', () => {
      const talk = createTalk({ language });
      const asked = talk.says(words.all);
      expect(asked.settled.outcome).to.equal('service:eligibility');
      const { text } = talk.says(personOnMostLists());
      for (const sum of ['42 500', '50 000', '15 000']) expect(text.replace(/\s/gu, ' ')).to.contain(sum);
      expect(text.match(/23\.04\.2020/g) ?? []).to.have.length.at.least(1);
    });

    it('warns of an old list and says where there is none', () => {
      const talk = createTalk({ language, now: new Date('2020-05-20T10:00:00+05:00') });
      talk.says(words.check);
      expect(talk.says(personOf('pay-42500', 'paid')).text).to.contain(
        t(language, 'bot:eligibility.listStale', { count: 27 }),
      );
      talk.changes({ withoutList: ['pay-42500'] });
      talk.says(words.check);
      const { text } = talk.says(personOf('pay-42500', 'paid'));
      expect(text).to.match(language === 'kk' ? /әлі жүктелген жоқ/ : /ещё не загружен/);
    });

    it('says how long to wait when too many numbers were asked about', () => {
      const talk = createTalk({ language, throttledMinutes: 21 });
      talk.says(words.check);
      expect(talk.says(personOf('pay-42500', 'paid')).text).to.contain(
        t(language, 'bot:iinRateLimited.retryIn', { count: 21 }),
      );
    });

    const wrong = {
      length: '98010130012',
      checksum: personOf('pay-42500', 'paid').replace(/\d$/, (last) => String((Number(last) + 1) % 10)),
      date: '991332300123',
      century: '980101900123',
    };
    for (const [fault, written] of Object.entries(wrong)) {
      it(`names the fault of form: ${fault}`, () => {
        const talk = createTalk({ language });
        talk.says(words.check);
        const heard = talk.says(written);
        const sentence = t(language, `bot:iinInvalid.${fault}`, { count: written.length });
        expect(heard.text).to.contain(sentence);
        expect(heard.settled.outcome, 'a service counts by its intent').to.equal('service:eligibility-42500');
      });
    }

    it('names a number that is too short to be one, and several at once', () => {
      const talk = createTalk({ language });
      talk.says(words.check);
      expect(talk.says('98 01 01').text).to.contain(t(language, 'bot:iinInvalid.length', { count: 6 }));
      const two = `${personOf('pay-42500', 'paid')} ${personOf('pay-50000', 'paid')}`;
      expect(talk.says(two).text).to.contain(t(language, 'bot:iinInvalid.several'));
    });

    it('offers a person after two wrong tries, whose ticket says why', () => {
      const talk = createTalk({ language });
      talk.says(words.check);
      const tries = [wrong.date, wrong.checksum, wrong.date, wrong.century].map((number) => talk.says(number));
      expect(tries.map(({ choices }) => choices.length)).to.deep.equal([0, 1, 1, 1]);
      const offer = t(language, 'bot:iinInvalid.offerHuman');
      expect(tries.map(({ text }) => text.includes(offer))).to.deep.equal([false, true, true, true]);
      const { ticket } = talk.taps(t(language, 'bot:confirm.person')).settled;
      expect(ticket).to.include({ reason: 'faulty-iin', queue: 'payments' });
    });

    it('waits for who is looking for the number, and is left by a no or by another question', () => {
      const talk = createTalk({ language });
      talk.says(words.check);
      expect(talk.says(words.looking, { candidates: [] }).text).to.equal(t(language, 'bot:askIin.again'));
      expect(talk.says(personOf('pay-42500', 'paid')).text).to.match(/42\s500\s₸/u);
      talk.says(words.check);
      expect(talk.says(words.no).text).to.equal(t(language, 'bot:askIin.cancelled'));
      talk.says(words.check);
      const other = talk.says('?', { candidates: [{ label: 'faq:mask-rule', probability: 0.9 }] });
      expect(other.settled.outcome).to.equal('faq:mask-rule');
      expect(other.settled.state.expecting?.kind).to.equal('helped');
    });

    it('keeps nothing of a number but its hash', () => {
      const iin = personOf('pay-42500', 'approved');
      const talk = createTalk({ language });
      talk.says(iin);
      expect(JSON.stringify(talk.state())).not.to.contain(iin);
      expect(talk.state().expecting).to.have.property('kind', 'iin-consent');
    });
  });
}
