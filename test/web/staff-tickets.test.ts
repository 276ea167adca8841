/** Tickets on the staff pages, as a specialist sees and answers them in a real browser. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { closePages, openBrowser, tap } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('tickets on the staff pages', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  it('show a new ticket live, and a reply goes to the outbox once without a page load', async () => {
    const page = await site.page(browser, 'specialist');
    await page.goto(`${site.url}/staff/inbox`);
    const { receipt, ticketId, conversationId } = await seedTicket(site.store);
    await page.waitForFunction((words) => document.body.textContent?.includes(words), { timeout: 45_000 }, receipt);
    await page.goto(`${site.url}/staff/tickets/${ticketId}`);
    await page.type('#reply-text', 'Сәлеметсіз бе, жөндеу бригадасы жолда.');
    await tap(page, '.reply button');
    await page.waitForFunction(
      () => document.querySelector('#entries')?.textContent?.includes('жөндеу бригадасы жолда'),
      { timeout: 45_000 },
    );
    // The stream may tell of the reply before the form's own answer is here.
    await page.waitForFunction(() => (document.querySelector('#reply-text') as HTMLTextAreaElement).value === '');
    const sent = (await site.store.outbox.latest(conversationId, 10)).filter((row) => row.origin === 'specialist');
    expect(sent).to.have.length(1);
    await page.browserContext().close();
  });

  it('wait until they are answered, and then say when that was', async () => {
    const waitingSince = new Date(Date.now() - 25 * 60_000);
    const { ticketId } = await seedTicket(site.store, { waitingSince });
    const page = await site.page(browser, 'specialist');
    const rowSays = async (): Promise<string> => {
      await page.goto(`${site.url}/staff/inbox`);
      return page.$eval(`a[href$="${ticketId}"] time`, (time) => time.textContent ?? '');
    };
    const pageSays = async (): Promise<string> => {
      await page.goto(`${site.url}/staff/tickets/${ticketId}`);
      return page.$eval('#ticket-state', (state) => state.textContent ?? '');
    };
    expect(await rowSays()).to.equal('ждёт 25 минут');
    expect(await pageSays()).to.include('ждёт 25 минут');
    // What the bot understood is told in words, not as a label.
    expect(await page.$eval('#ticket', (panel) => panel.textContent))
      .to.include(`${site.texts('ru', 'staff:label.escalate')} уверенность 72 %`)
      .and.not.include('escalate');
    const [current] = await page.$$eval('nav [aria-current]', (links) => links.map((link) => link.textContent));
    expect(current).to.match(/^Входящие/);
    await page.type('#reply-text', 'Бригада выехала.');
    await tap(page, '.reply button');
    // The state above the conversation follows by the live stream.
    await page.waitForFunction(() => document.querySelector('#ticket-state')?.textContent?.includes('ответ дан'), {
      timeout: 45_000,
    });
    const { answeredAt } = (await site.store.tickets.find(ticketId)) ?? {};
    const when = new Intl.DateTimeFormat('ru-RU', {
      timeZone: 'Asia/Qyzylorda',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(answeredAt);
    expect(await rowSays()).to.equal(`ответ дан ${when}`);
    expect(await pageSays())
      .to.include(`ответ дан ${when}`)
      .and.not.include('ждёт');
    await tap(page, 'form[action$="/resolve"] button');
    await page.waitForFunction(() => document.querySelector('#ticket-state')?.textContent?.includes('закрыто'), {
      timeout: 45_000,
    });
    await page.browserContext().close();
  });

  it('show WhatsApp’s marks as what they mean, and markup as text', async () => {
    const text = '*Маңызды* _бүгін_ ~кеше~ 2*3*4 <b>су</b> ⟨iin⟩ https://egov.kz/a';
    const { ticketId } = await seedTicket(site.store, { text });
    const page = await site.page(browser, 'specialist');
    const marked = (selector: string) =>
      page.$$eval(`${selector} :is(strong:not(.mark), em, s, b, a)`, (found) =>
        found.map((element) => `${element.localName}:${element.textContent}`),
      );
    await page.goto(`${site.url}/staff/tickets/${ticketId}`);
    const shown = ['strong:Маңызды', 'em:бүгін', 's:кеше'];
    // Written on another day than today, which its time alone would not say.
    expect(await page.$eval('.entry.in time', (time) => time.textContent)).to.equal('23.04.2020, 10:30');
    expect(await marked('.entry.in')).to.deep.equal([...shown, 'a:https://egov.kz/a']);
    expect(await page.$eval('.entry.in .words', (words) => words.textContent)).to.equal(
      'Маңызды бүгін кеше 2*3*4 <b>су</b> •••• https://egov.kz/a',
    );
    await page.goto(`${site.url}/staff/inbox`);
    expect(await marked(`a[href$="${ticketId}"] .row-text`)).to.deep.equal(shown);
    await page.browserContext().close();
  });
});
