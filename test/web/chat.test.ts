/** The embedded channel through its front door: a real browser, real HTTP, the real door and the real database. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { closePages, openBrowser, openChat, press } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { answer } from '../support/small-answers.js';
import { type SmallChat, startSmallChat } from '../support/small-chat.js';
import { soon, visitChat } from '../support/visitor.js';

describe('web chat', () => {
  let database: TestDatabase;
  let chat: SmallChat;
  let browser: Browser;
  let broken = false;
  before(async () => {
    database = await createTestDatabase();
    chat = await startSmallChat({ uri: database.uri, answer, broken: () => broken });
    browser = await openBrowser();
  });
  after(async () => {
    await closePages(browser);
    await chat?.stop();
    await database?.drop();
  });
  afterEach(() => {
    broken = false;
  });

  const visitor = () => visitChat(chat.url);

  describe('page in a browser', () => {
    const ways = [
      { language: 'kk', width: 390, dark: false },
      { language: 'kk', width: 1280, dark: true },
      { language: 'ru', width: 390, dark: true },
      { language: 'ru', width: 1280, dark: false },
    ] as const;
    for (const way of ways) {
      const { language, width, dark } = way;
      it(`answers, ticks and stays clean for axe (${language}, ${dark ? 'dark' : 'light'}, ${width} px)`, async () => {
        const resident = await openChat(browser, chat.url, way);
        expect(await resident.violations()).to.deep.equal([]);
        expect(await resident.says('сәлем *дос*')).to.equal('Жауап: сәлем дос');
        await resident.page.waitForSelector('.mine .ticks-read');
        expect(
          await resident.page.$$eval('.theirs strong', (found) => found.map((each) => each.textContent)),
        ).to.deep.equal(['дос']);
        expect(await resident.page.$eval('html', (html) => html.lang)).to.equal(language);
        expect(
          await resident.page.$$eval('#entries > li', (rows) => rows.map((row) => row.classList[0])),
        ).to.deep.equal(['day', 'entry', 'entry']);
        expect(await resident.violations()).to.deep.equal([]);
        expect(await resident.page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.be.at.most(0);
        expect(resident.faults).to.deep.equal([]);
        await resident.close();
      });
    }

    it('reports what the resident saw, once, and nobody else can', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('оқылды ма');
      const key = await resident.page.$eval('.theirs', (entry) => (entry as HTMLElement).dataset.key ?? '');
      const reports = () =>
        chat.delivered.filter(({ externalId }) => `out-${externalId}` === key).map(({ state }) => state);
      await soon(async () => reports().length > 0);
      await resident.page.reload();
      await resident.says('тағы');
      expect(reports()).to.deep.equal(['read']);
      const { cookie } = await visitor();
      const headers = { cookie, 'content-type': 'application/json' };
      const body = JSON.stringify({ ids: [key.slice(4)] });
      expect((await fetch(`${chat.url}/chat/seen`, { method: 'POST', headers, body })).status).to.equal(204);
      expect(reports()).to.deep.equal(['read']);
      expect((await fetch(`${chat.url}/chat/seen`, { method: 'POST', headers, body: '{}' })).status).to.equal(400);
      await resident.close();
    });

    it('shows the typing mark while a message waits, and one tick', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.writes('үндеме');
      await resident.page.waitForSelector('#typing:not([hidden])');
      await resident.page.waitForSelector('.mine .ticks-sent');
      expect(await resident.page.$('.mine .ticks-read')).to.equal(null);
      await resident.close();
    });

    it('takes a tap, then puts the other choices away', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('таңдау');
      expect(await resident.taps('Екі')).to.equal('Таңдау: two Екі');
      const shown = await resident.page.$$eval(
        '.choices button',
        (found) => found.filter((each) => each.checkVisibility()).length,
      );
      expect(shown).to.equal(0);
      await resident.close();
    });

    it('shares a location by hand and by the browser', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('қайда');
      expect(await resident.shares(44.85, 65.51)).to.equal('Орын: 44.85 65.51');
      await resident.context.setPermission(chat.url, { permission: { name: 'geolocation' }, state: 'granted' });
      await resident.page.setGeolocation({ latitude: 45.5, longitude: 64.25 });
      await resident.page.click('#write [data-action=open-location]');
      expect(await resident.violations()).to.deep.equal([]);
      await resident.page.click('#use-position');
      expect(await resident.hears()).to.equal('Орын: 45.5 64.25');
      await resident.close();
    });

    it('never shows what was written as markup, and makes links', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('<img src=x onerror="document.title=1"> https://www.gov.kz/a?b=1&c=2.');
      expect(await resident.page.$('.words img')).to.equal(null);
      const links = await resident.page.$$eval('.theirs .words a', (found) =>
        found.map((each) => (each as HTMLAnchorElement).href),
      );
      expect(links).to.deep.equal(['https://www.gov.kz/a?b=1&c=2']);
      await resident.close();
    });

    it('hides an IIN as soon as the message is stored', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('менің ЖСН 900101300017');
      await resident.page.waitForSelector('.mine .ticks-read');
      expect(await resident.mine()).to.deep.equal(['менің ЖСН ••••']);
      expect(await resident.page.content()).not.to.include('900101300017');
      expect(await resident.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.to.include(
        '900101300017',
      );
      await resident.page.reload();
      expect(await resident.shown()).to.deep.equal(['менің ЖСН ••••', 'Жауап: менің ЖСН ⟨iin⟩']);
      await resident.close();
    });

    it('keeps what could not be sent over a reload and sends it once, in order', async () => {
      const resident = await openChat(browser, chat.url);
      broken = true;
      await resident.writes('бірінші');
      await resident.writes('екінші');
      await resident.page.waitForSelector('#notice:not([hidden])');
      await resident.page.reload();
      expect(await resident.mine()).to.deep.equal(['бірінші', 'екінші']);
      broken = false;
      await resident.page.waitForFunction(() => document.querySelectorAll('.mine .ticks-read').length === 2, {
        timeout: 45_000,
      });
      await resident.page.reload();
      expect(await resident.mine()).to.deep.equal(['бірінші', 'екінші']);
      expect((await resident.shown()).filter((text) => text.startsWith('Жауап'))).to.deep.equal([
        'Жауап: бірінші',
        'Жауап: екінші',
      ]);
      await resident.close();
    });

    it('catches up after the net was away', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('бір');
      await resident.page.setOfflineMode(true);
      await resident.writes('жолда');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await resident.page.$$('.mine.waiting')).to.have.length(1);
      await resident.page.setOfflineMode(false);
      expect(await resident.hears()).to.equal('Жауап: жолда');
      expect(await resident.mine()).to.deep.equal(['бір', 'жолда']);
      await resident.close();
    });

    it('shows everything in every tab over one stream, and goes on when the first tab is closed', async () => {
      const resident = await openChat(browser, chat.url);
      const second = await resident.context.newPage();
      await second.goto(`${chat.url}/chat`);
      const inSecond = (selector: string) => second.$$eval(selector, (found) => found.length);
      await resident.page.bringToFront();
      await resident.says('екі бет');
      await soon(async () => (await inSecond('.theirs')) === 1 && (await inSecond('.mine .ticks-read')) === 1);
      await resident.page.close();
      await second.bringToFront();
      await second.type('#text', 'қалды');
      await second.keyboard.press('Enter');
      await soon(async () => (await inSecond('.theirs')) === 2);
      await resident.close();
    });

    it('works without script: form, redirect, page', async () => {
      const resident = await openChat(browser, chat.url, { javaScript: false });
      await resident.page.type('#text', 'скриптсіз');
      await press(resident.page, '#write button[type=submit]');
      await soon(async () => (await (await resident.page.reload())?.text())?.includes('Жауап: скриптсіз') ?? false);
      await resident.close();
    });
  });
});
