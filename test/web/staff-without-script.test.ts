/** A day at the staff pages in a browser that runs no script: every action is a plain form. */
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { closePages, openBrowser, press } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('the staff pages without script', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  let page: Page;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    page = await site.page(browser, null, { javaScript: false });
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  const presses = (selector: string) => press(page, selector);
  const textOf = (selector: string) => page.$eval(selector, (element) => element.textContent ?? '');
  /** Types over what stands in the field. */
  const retype = async (selector: string, text: string): Promise<void> => {
    await page.focus(selector);
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type(text);
  };

  it('sign in and come to the page that was asked for', async () => {
    await page.goto(`${site.url}/staff/overview`);
    await page.type('input[name=email]', 'admin@test.kz');
    await page.type('input[name=password]', site.password);
    await presses('main button[type=submit]');
    expect(new URL(page.url()).pathname).to.equal('/staff/overview');
    expect(await page.evaluate('document.scripts.length')).to.be.greaterThan(0);
  });

  it('claim a ticket, refuse an empty answer, send one, and resolve', async () => {
    const { ticketId, receipt, conversationId } = await seedTicket(site.store);
    await page.goto(`${site.url}/staff/inbox`);
    await presses(`a[href$="${ticketId}"]`);
    expect(await textOf('h1')).to.include(receipt);
    await presses('form[action$="/claim"] button');
    expect(await textOf('.status')).to.equal('В работе · вы');
    await page.type('#reply-text', ' ');
    await presses('.reply button');
    expect(await textOf('#notice')).to.include('пустое сообщение не отправляется');
    await retype('#reply-text', 'Вода будет *в 18:00*.');
    await presses('.reply button');
    // The resident writes in the other language: that is said before anything leaves.
    expect(await textOf('#warnings')).to.include('на другом языке: казахский');
    expect(await site.store.outbox.latest(conversationId, 10)).to.deep.equal([]);
    await presses('#warnings button[name=confirmed]');
    expect(await textOf('.entry.specialist .words')).to.equal('Вода будет в 18:00.');
    expect(await textOf('.status')).to.equal('Отвечено · вы');
    await presses('form[action$="/resolve"] button');
    expect(await textOf('.status')).to.include('Закрыто');
    const sent = (await site.store.outbox.latest(conversationId, 10)).map(({ text, origin }) => [text, origin]);
    expect(sent).to.deep.equal([['Вода будет *в 18:00*.', 'specialist']]);
    expect((await site.store.tickets.find(ticketId))?.status).to.equal('resolved');
  });

  it('edit an article, look at it, and publish it', async () => {
    await page.goto(`${site.url}/staff/articles`);
    await presses('a[href="/staff/articles/mask-rule"]');
    await retype('#field-answerRu', 'Маска *обязательна* на почте.');
    await presses('button[value=preview]');
    expect(await textOf('.preview [lang=ru] strong')).to.equal('обязательна');
    expect((await site.articles.published('mask-rule'))?.answer.ru).not.to.include('на почте');
    await presses('button[value=publish]');
    expect(await textOf('[role=alert]')).to.include('Опубликовано');
    expect((await site.articles.published('mask-rule'))?.answer.ru).to.equal('Маска *обязательна* на почте.');
  });

  it('make a new article, with each fault beside its field', async () => {
    await page.goto(`${site.url}/staff/new-article`);
    await page.type('#field-id', 'water-off');
    for (const language of ['Kk', 'Ru']) {
      await page.type(`#field-question${language}`, 'Су қашан?');
      await page.type(`#field-answer${language}`, '18:00.');
    }
    await page.type('#field-sourceKk', 'Сушаруашылығы');
    // A source of blanks passes the browser's own check, and no other.
    await page.type('#field-sourceRu', ' ');
    await page.type('#field-reviewBy', '01012099');
    await presses('button[value=create]');
    expect(await textOf('#field-sourceRu-fault')).to.equal('поле не заполнено');
    await page.type('#field-sourceRu', 'Водоканал');
    await presses('button[value=create]');
    expect(await textOf('[role=alert]')).to.include('Черновик создан');
    await presses('button[value=publish]');
    expect((await site.articles.published('water-off'))?.source.ru).to.equal('Водоканал');
  });

  it('switch the mode after asking, change the language and sign out', async () => {
    await presses('a.mode');
    await presses('a[href="/staff/mode?to=drafts"]');
    expect(await site.store.settings.mode()).to.equal('answers');
    await presses('form.actions button[type=submit]');
    expect(await site.store.settings.mode()).to.equal('drafts');
    expect(await textOf('a.mode')).to.equal('Бот готовит черновики');
    await presses('.languages button[value=kk]');
    expect(await textOf('h1')).to.equal('Тұрғындарға кім жауап береді');
    await presses('form[action$="/sign-out"] button');
    expect(new URL(page.url()).pathname).to.equal('/staff/sign-in');
    await page.goto(`${site.url}/staff/inbox`);
    expect(new URL(page.url()).pathname).to.equal('/staff/sign-in');
  });
});
