/** Trying a question on the staff pages: the bot's real answer and its reasons, and nothing is stored or sent. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { database } from '../../src/store/connect.js';
import { axeViolations, closePages, openBrowser, press } from '../support/browser.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('trying a question', function () {
  this.timeout(240_000);
  /** An invented number of the right form. */
  const iin = '960817400017';
  let site: StaffSite;
  let browser: Browser;
  let cookie: string;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    cookie = await site.signIn('specialist');
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  const tries = async (text: string, language = 'kk', article = ''): Promise<{ status: number; page: string }> => {
    const response = await site.post('/staff/try', { text, language, article }, { cookie, 'accept-language': 'ru' });
    return { status: response.status, page: await response.text() };
  };
  /** Every document but those of signing in. */
  const everything = async (): Promise<string> => {
    const collections = await database(site.connection).listCollections({}, { nameOnly: true }).toArray();
    const names = collections.map(({ name }) => name).filter((name) => !/session|user|account|rate/i.test(name));
    const documents = await Promise.all(
      names.sort().map(async (name) => [name, await database(site.connection).collection(name).find().toArray()]),
    );
    return JSON.stringify(documents);
  };

  it('shows the published answer and why it was chosen, and stores nothing', async () => {
    const before = await everything();
    const answer = (await site.articles.published('mask-rule'))?.answer.kk ?? '';
    const { status, page } = await tries('Сәлем! Маскасыз жүрсе қанша айыппұл салады?');
    expect(status).to.equal(200);
    // Between two words in bold.
    expect(page).to.include(answer.split('*')[2]?.slice(0, 40));
    expect(page).to.match(/Бот ответил бы сам: уверенность \d+(?:,\d)?\u00a0%/);
    expect(page).to.include('не учтено: сәлем');
    expect(page).to.match(/понятие «[^»]+» \(слово «(?:маскасыз|айыппұл)»\)/);
    expect(page).to.match(/похожий вопрос: «[^»]+» \(сходство \d/);
    expect(page).to.not.include('href="/staff/articles/mask-rule"', 'a specialist may not open articles');
    expect(await everything()).to.equal(before);
  });

  it('masks an IIN before anything, and keeps the lists closed', async () => {
    const before = await everything();
    const { page } = await tries(`42500 тізімінде бармын ба, тексеріңізші ${iin}`);
    expect(page).to.include('Списки людей на этой странице не открываются');
    expect(page).to.include('проверка по списку 42 500');
    expect(page).to.not.include(iin);
    const again = /<textarea[^>]*>([^<]*)/.exec(page)?.[1] ?? '';
    expect(again).to.include('⟨iin⟩');
    expect((await tries(again)).page).to.include('Списки людей на этой странице не открываются');
    expect(await everything()).to.equal(before);
  });

  it('reads a follow-up after the article that was chosen', async () => {
    const { page } = await tries('а когда придет?', 'ru', 'pay-50000-who');
    const when = (await site.articles.find('pay-50000-when'))?.published?.question.ru ?? '';
    expect(/<summary>.*?<\/summary>/.exec(page)?.[0]).to.include(when);
    expect(page).to.include('правила: названная выплата, ИИН, предыдущая статья');
  });

  it('tells several questions of one message apart', async () => {
    const { page } = await tries('Маска міндетті ме? Базар қашан ашылады?');
    const parts = /<dt>Вопросы<\/dt><dd>(.*?)<\/dd>/s.exec(page)?.[1] ?? '';
    for (const id of ['mask-rule', 'bazaar-open']) {
      expect(parts).to.include((await site.articles.find(id))?.published?.question.ru);
    }
  });

  it('says what a specialist would get', async () => {
    const danger = await tries('Әкем дем ала алмай жатыр!', 'kk');
    expect(danger.page).to.include('опасности для жизни').and.to.include('103');
    const human = await tries('специалист', 'ru');
    expect(human.page).to.match(/Очередь.{0,20}: другое/);
  });

  it('asks for a message where there is none, and for a shorter one', async () => {
    for (const text of [' ', 'я'.repeat(2001)]) {
      const { status, page } = await tries(text);
      expect(status).to.equal(400);
      expect(page).to.include('Напишите сообщение, не длиннее 2 000 знаков.');
    }
  });

  for (const way of [
    { language: 'kk', width: 390, dark: false, javaScript: false },
    { language: 'ru', width: 1280, dark: true, javaScript: true },
  ] as const) {
    it(`is read by an editor (${way.language}, ${way.width} px, script ${way.javaScript ? 'on' : 'off'})`, async () => {
      const page = await site.page(browser, 'editor', way);
      await page.goto(`${site.url}/staff/try`);
      await page.type('textarea[name=text]', 'справку где взять на пост');
      await press(page, 'main button.primary');
      expect(await page.$$eval('.candidate', (all) => all.length)).to.be.within(2, 5);
      expect(await page.$eval('.candidate', (first) => (first as HTMLDetailsElement).open)).to.equal(true);
      const links = await page.$$eval('.candidate a', (all) => all.map((link) => link.getAttribute('href')));
      expect(links[0]).to.match(/^\/staff\/articles\/[\w-]+$/);
      if (way.javaScript) expect(await axeViolations(page)).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.be.at.most(0);
      await page.browserContext().close();
    });
  }
});
