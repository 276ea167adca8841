/** The whole product from both ends, in both languages: residents in the chat, a specialist and editor on the staff pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import { projectRoot } from '../../src/project-root.js';
import type { MessageDocument } from '../../src/store/messages.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { Mode } from '../../src/store/settings.js';
import { type BrowserResident, openChat, press, tap } from '../support/browser.js';
import { soon } from '../support/visitor.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';

/** What residents write, and words of the content or of the specialist that must come back. */
const said = {
  kk: {
    hello: 'Сәлеметсіз бе',
    question: 'Маскасыз жүрсе қанша айыппұл салады?',
    article: /медициналық бетперде/,
    check: '42500 тізімінде бармын ба, тексеріңізші',
    post: 'Жезқазған шығысындағы бекет ашық па?',
    postName: /солтүстік бекет/,
    person: 'маман',
    reply: 'Құжатыңызды қарап жатырмыз, бір сағаттан кейін жазамын.',
    added: 'Бетпердені Абай көшесіндегі дәріханадан тегін алуға болады.',
  },
  ru: {
    hello: 'Здравствуйте',
    question: 'Какой штраф за то, что без маски?',
    article: /медицинск\S+ маск/,
    check: 'проверьте, есть ли я в списке 42500',
    post: 'пост на выезде на Жезказган открыт?',
    postName: /северный пост/,
    person: 'специалист',
    reply: 'Смотрим ваши документы, напишу через час.',
    added: 'Маску можно бесплатно получить в аптеке на улице Абая.',
  },
} as const;
const languages = Object.keys(said) as readonly Language[];

/** A fraction's digits are none of it. */
const twelveDigits = /(?<![\d.])\d(?:[ -]?\d){11}(?!\d)/;
/** Ids, hashes and moments in themselves: long, and hexadecimal or ISO, so that a run of digits in them is chance. */
const notWritten =
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b|\b[\da-f]{24,}\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Numbers of the sample list for 42 500 tenge that were paid: fields are iin, program, status, amount, … */
const paidIins = readFileSync(join(projectRoot, 'content/recipients-sample.csv'), 'utf8')
  .split('\n')
  .map((line) => line.split(','))
  .filter(([, programme, status]) => programme === 'pay-42500' && status === 'paid')
  .map(([iin = '']) => iin);

describe('the whole app', function () {
  this.timeout(240_000);
  const open: BrowserResident[] = [];
  let app: WholeApp;

  before(async () => {
    app = await startWholeApp(new Date('2020-04-23T10:00:00+05:00'));
  });
  after(async () => {
    await app?.stop();
  });
  afterEach(async () => {
    for (const resident of open.splice(0)) {
      expect(resident.faults).to.deep.equal([]);
      await resident.close();
    }
  });

  const chat = async (language: Language): Promise<BrowserResident> => {
    const resident = await openChat(app.browser, app.url, { language });
    open.push(resident);
    await resident.says(said[language].hello);
    return resident;
  };
  const allMessages = async (): Promise<readonly MessageDocument[]> =>
    ((await app.everything()).get('messages') ?? []) as unknown as readonly MessageDocument[];
  /** The stored message of this text, once it has its outcome. */
  const settled = async (text: string, among: (message: MessageDocument) => boolean = () => true) => {
    let found: MessageDocument | undefined;
    await soon(async () => {
      found = (await allMessages()).find((message) => message.text === text && message.outcome && among(message));
      return found !== undefined;
    });
    return found?.outcome;
  };
  const submits = (selector: string) => press(app.staff, selector);
  const switchTo = async (mode: Mode): Promise<void> => {
    await app.staff.goto(`${app.url}/staff/mode?to=${mode}`);
    await submits('form.actions button[type=submit]');
    expect(await app.store.settings.mode()).to.equal(mode);
  };

  for (const [place, language] of languages.entries()) {
    const words = said[language];

    describe(language, () => {
      it('greets with a menu and answers a question with its date; a tap says that it helped', async () => {
        const resident = await chat(language);
        const [greeting = ''] = (await resident.shown()).slice(-1);
        const offered = await resident.page.$$('.choices button');
        expect(offered.length).to.be.at.least(5);
        for (const number of offered.keys()) expect(greeting).to.contain(`${number + 1} –`);
        const answer = await resident.says(words.question);
        expect(answer).to.match(words.article);
        expect(answer).to.match(/\d\d\.04\.2020/);
        const thanks = await resident.tapsId('-yes');
        expect(thanks).not.to.match(words.article);
        expect(thanks).not.to.match(/K-\w{4}/);
      });

      it('asks about what is unclear, and answers the choice that is tapped', async () => {
        const resident = await chat(language);
        const asked = await resident.says('42500');
        expect(asked).to.match(/^1 – /m);
        const answer = await resident.tapsId('-1');
        expect(answer).not.to.equal(asked);
        expect(answer).to.match(/42\s?500/);
      });

      it('asks for the IIN and tells the status, and no page shows the number', async () => {
        const resident = await chat(language);
        const iin = paidIins[place] ?? '';
        expect(iin).to.match(/^\d{12}$/);
        expect(await resident.says(words.check)).to.match(/12 (сан|цифр)/);
        expect(await resident.says(iin)).to.match(/42\s500/);
        const shown = () => resident.page.evaluate(() => document.documentElement.outerHTML);
        // What is written here stands as written until the service's own bubble takes its place.
        await soon(async () => !(await shown()).includes(iin));
        expect((await resident.mine()).join('\n')).not.to.match(twelveDigits);
        await resident.page.reload();
        expect(await shown()).not.to.contain(iin);
        expect((await resident.shown()).join('\n')).not.to.match(twelveDigits);
      });

      it('tells a checkpoint by its name and by a shared location', async () => {
        const resident = await chat(language);
        const named = await resident.says(words.post);
        expect(named).to.match(words.postName);
        expect(named).to.match(/A-17/);
        const nearest = await resident.shares(44.949, 65.601);
        expect(nearest).to.match(words.postName);
        expect(nearest).to.match(/\d+(,\d)? км/);
      });

      it('hands over with a receipt, lets the specialist speak alone, and answers again afterwards', async () => {
        const { staff, url } = app;
        const resident = await chat(language);
        const receipt = /K-\w{4}/.exec(await resident.says(words.person))?.[0] ?? '';
        expect(receipt).not.to.equal('');
        await staff.goto(`${url}/staff/inbox`);
        const ticket = await staff.$$eval(
          'a.row',
          (rows, wanted) => rows.find((row) => row.textContent?.includes(wanted))?.getAttribute('href') ?? '',
          receipt,
        );
        await staff.goto(`${url}${ticket}`);
        expect(await staff.$eval('#entries', (entries) => entries.textContent)).to.contain(words.person);
        await submits('form[action$="/claim"] button');
        await staff.type('#reply-text', words.reply);
        await tap(staff, 'form[data-reply] button[type=submit]');
        expect(await resident.hears()).to.contain(words.reply);
        const before = (await resident.shown()).length;
        const meanwhile = `${words.question} ${receipt.length}`;
        await resident.writes(meanwhile);
        expect(await settled(meanwhile)).to.deep.equal({ kind: 'silence', reason: 'held-by-specialist' });
        await staff.waitForFunction(
          (text) => document.querySelector('#entries')?.textContent?.includes(text),
          { timeout: 45_000 },
          meanwhile,
        );
        expect(await resident.shown()).to.have.length(before + 1);
        await submits('form[action$="/resolve"] button');
        expect(await resident.hears(), 'one tap on whether it helped').to.contain('👍');
        expect(await resident.says(words.question)).to.match(words.article);
      });

      it('gives the text that was just published', async () => {
        const { staff, url } = app;
        const resident = await chat(language);
        expect(await resident.says(words.question)).not.to.contain(words.added);
        await staff.goto(`${url}/staff/articles/mask-rule`);
        await staff.$eval(
          `#field-answer${language === 'kk' ? 'Kk' : 'Ru'}`,
          (element, added) => {
            (element as HTMLTextAreaElement).value += `\n${added}`;
          },
          words.added,
        );
        await submits('button[name=verdict][value=publish]');
        expect(await resident.says(words.question)).to.contain(words.added);
      });

      it('leaves everything to specialists while the switch says so, and answers again when it is back', async () => {
        const resident = await chat(language);
        const before = (await resident.shown()).length;
        const meanwhile = `${words.question} 5`;
        await switchTo('inbox');
        try {
          await resident.writes(meanwhile);
          expect((await settled(meanwhile))?.kind).to.equal('ticket');
        } finally {
          await switchTo('answers');
        }
        expect(await resident.says(words.question)).to.match(words.article);
        // The two messages and the one answer.
        expect(await resident.shown()).to.have.length(before + 3);
      });
    });
  }

  // A suite of its own, because a suite's own tests run before those of the suites in it.
  describe('in the end', () => {
    it('leaves each message with one outcome, and no IIN anywhere in the database', async () => {
      const messages = await allMessages();
      expect(messages.length).to.be.greaterThan(30);
      await soon(async () => (await allMessages()).every(({ outcome }) => outcome !== undefined));
      const everything = await app.everything();
      const rows = new Map([...everything].flatMap(([, documents]) => documents.map((row) => [String(row._id), row])));
      const replies = (everything.get('outbox') ?? []) as unknown as readonly OutboxDocument[];
      for (const { _id, text, outcome, parked } of await allMessages()) {
        const answers = replies.filter((row) => row.origin === 'bot' && row.answers.includes(_id));
        expect(answers.length, text).to.be.at.most(outcome?.kind === 'silence' ? 0 : 1);
        expect(parked, text).to.equal(undefined);
        expect(outcome?.kind, text).to.be.oneOf(['reply', 'ticket', 'silence']);
        if (outcome?.kind === 'reply') expect(answers[0]?._id, text).to.equal(outcome.outboxId);
        if (outcome?.kind === 'ticket') expect(rows.has(outcome.ticketId), text).to.equal(true);
      }
      expect([...everything.keys()]).to.include.members(['messages', 'outbox', 'tickets', 'recipients']);
      for (const [name, documents] of everything) {
        const written = JSON.stringify(documents);
        for (const iin of paidIins.slice(0, languages.length)) expect(written, name).not.to.contain(iin);
        expect(twelveDigits.exec(written.replaceAll(notWritten, ''))?.[0], name).to.equal(undefined);
      }
    });
  });
});
