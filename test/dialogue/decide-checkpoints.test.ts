/** Checkpoints by name, by place and from the list, as conversations with the pure dialogue. */
import { expect } from 'chai';
import { createTalk, t } from './talk.js';
import { posts } from './town.js';

const wordings = {
  kk: { where: 'бекет қайда?', shieli: 'Шиелі бекеті ашық па?', district: 'Арал', unknown: 'Марс кенті' },
  ru: { where: 'где пост?', shieli: 'пост Шиели сейчас открыт?', district: 'Аральский район', unknown: 'посёлок Марс' },
} as const;
const nearest = { candidates: [{ label: 'service:checkpoint-nearest', probability: 0.9 }] } as const;

for (const language of ['kk', 'ru'] as const) {
  const words = wordings[language];
  const sample = t(language, 'bot:checkpoint.sample');
  describe(`checkpoints, decided (${language})`, () => {
    it('tells a named post: state, hours, rules, local time, and that its data are a sample', () => {
      const heard = createTalk({ language }).says(words.shieli, nearest);
      const post = posts.find(({ id }) => id === 'shieli') ?? posts.find(({ name }) => name.ru.includes('Шиели'));
      expect(heard.settled.outcome).to.equal('service:checkpoint-nearest');
      expect(heard.text).to.contain(post?.name[language]).and.contain(post?.rules[language]).and.contain(sample);
      expect(heard.text, 'Asia/Qyzylorda').to.match(/23\.04\.2020 0\d:\d\d/);
    });

    it('says that an old state may have changed, from 24 hours of business time on', () => {
      const warning = language === 'kk' ? /содан бері өзгерген/ : /могли измениться/;
      const post = posts.find(({ name }) => name.ru.includes('Шиели'));
      const updated = post?.updatedAt.getTime() ?? 0;
      const day = 24 * 3_600_000;
      const at = (now: number) => createTalk({ language, now: new Date(now) }).says(words.shieli, nearest).text;
      expect(at(updated + day)).not.to.match(warning);
      expect(at(updated + day + 60_000)).to.match(warning);
    });

    it('lists the posts a page at a time when none was named, and takes a number, a name, a tap or a place', () => {
      const talk = createTalk({ language });
      const asked = talk.says(words.where, nearest);
      expect(asked.settled.reply?.asksLocation).to.equal(true);
      expect(asked.choices).to.have.length(10);
      expect(talk.says('1').text).to.contain(posts[0]?.name[language]);

      talk.says(words.where, nearest);
      const rest = talk.says('10');
      expect(rest.choices).to.have.length(posts.length - 9);
      expect(talk.says('1').text).to.contain(posts[9]?.name[language]);

      talk.says(words.where, nearest);
      const named = talk.says(words.district);
      expect(named.settled.outcome, 'the district has two posts').to.equal('service:checkpoint-nearest');
      expect(named.choices).to.have.length(2);
      expect(talk.taps('1.').text).to.contain(t(language, 'bot:checkpoint.registration', { registration: '' }).trim());

      talk.says(words.where, nearest);
      expect(talk.shares(44.85, 65.5).text).to.contain(language === 'kk' ? 'ең жақын бекет' : 'Ближайший');
    });

    it('tells the three nearest of a shared place with kilometres, whatever was open', () => {
      const heard = createTalk({ language }).shares(44.79, 65.63);
      expect(heard.text).to.contain(posts[0]?.name[language]);
      expect(heard.text.match(/\d км/g) ?? []).to.have.length(3);
      const far = createTalk({ language }).shares(51.16, 71.43);
      expect(far.text).to.match(language === 'kk' ? /Облыстан тыс/ : /за пределами области/);
    });

    it('says of an unknown name that it is none, once, and then offers a person', () => {
      const nothing = { candidates: [{ label: 'faq:checkpoint-return', probability: 0.1 }] } as const;
      const talk = createTalk({ language });
      talk.says(words.where, nearest);
      const first = talk.says(words.unknown, nothing);
      expect(first.text).to.contain(t(language, 'bot:checkpoint.notFound'));
      expect(talk.says(words.unknown, nothing).settled.state.expecting?.kind).to.equal('handoff-confirm');
    });
  });
}
