/** Two specialists at once, each in a browser of their own: races, presence, a lost network, passing on, and the end of a shift. */
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { closePages, openBrowser } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('two specialists at one inbox', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  /** The first answers as `specialist`, the second as `lead`: both may open every queue. */
  let first: Page;
  let second: Page;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    first = await site.page(browser, 'specialist', { width: 1280 });
    second = await site.page(browser, 'lead', { width: 1280 });
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });
  const says = (page: Page, selector: string, words: string) =>
    page.waitForFunction(
      (where, wanted) => document.querySelector(where)?.textContent?.includes(wanted),
      { timeout: 45_000 },
      selector,
      words,
    );
  const open = async (page: Page, ticketId: string): Promise<void> => {
    await page.goto(`${site.url}/staff/tickets/${ticketId}`);
  };
  const sent = async (conversationId: string) =>
    (await site.store.outbox.latest(conversationId, 50)).filter((row) => row.origin === 'specialist');

  it('claim one ticket in the same moment: one has it, the other reads who', async () => {
    const { ticketId } = await seedTicket(site.store);
    await Promise.all([open(first, ticketId), open(second, ticketId)]);
    const press = async (page: Page): Promise<string> => {
      const [response] = await Promise.all([page.waitForNavigation(), page.click('form[action$="/claim"] button')]);
      return response?.status() === 409 ? 'refused' : 'claimed';
    };
    const ends = await Promise.all([press(first), press(second)]);
    expect([...ends].sort()).to.deep.equal(['claimed', 'refused']);
    const loser = ends[0] === 'refused' ? first : second;
    const winner = ends[0] === 'refused' ? 'Test lead' : 'Test specialist';
    await says(loser, '#notice', winner);
    await says(loser, '#ticket-state', winner);
  });

  it('see each other look and write, and answer a ticket once', async () => {
    const { ticketId, conversationId } = await seedTicket(site.store);
    await Promise.all([open(first, ticketId), open(second, ticketId)]);
    await first.type('#reply-text', 'Бригада жолда.');
    await says(second, '#presence', 'Пишет ответ: Test specialist');
    await second.type('#reply-text', 'Біз де жаздық.');
    await Promise.all([first.click('.reply button'), second.click('.reply button')]);
    const refused = await Promise.any(
      [first, second].map(async (page) => {
        await says(page, '#notice', page === first ? 'Test lead' : 'Test specialist');
        return page;
      }),
    );
    // What the slower one wrote is still there.
    const kept = await refused.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value);
    expect(kept).to.not.equal('');
    expect(await sent(conversationId)).to.have.length(1);
  });

  it('keep a reply when the network drops, also over a reload, and send it once when it is back', async () => {
    const { ticketId, conversationId } = await seedTicket(site.store);
    await open(first, ticketId);
    await first.type('#reply-text', 'Жауап желі');
    await first.reload();
    expect(await first.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('Жауап желі');
    await first.setOfflineMode(true);
    await first.type('#reply-text', 'ден кейін');
    await first.click('.reply button');
    await says(first, '#page-notice', 'Нет связи');
    expect(await sent(conversationId)).to.have.length(0);
    await first.setOfflineMode(false);
    await says(first, '#entries', 'Жауап желі');
    await first.waitForFunction(() => (document.querySelector('#reply-text') as HTMLTextAreaElement).value === '', {
      timeout: 45_000,
    });
    expect(await sent(conversationId)).to.have.length(1);
    await open(first, ticketId);
    expect(await first.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('');
  });

  it('pass a ticket on with the reason, which the other reads beside the conversation', async () => {
    const { ticketId, receipt } = await seedTicket(site.store);
    await open(first, ticketId);
    await first.click('.side .aside-form summary');
    await first.select('select[name=target]', 'health');
    await first.type('textarea[name=note]', 'Бұл дәрігерлерге');
    await Promise.all([first.waitForNavigation(), first.click('form[action$="/transfer"] button')]);
    await second.goto(`${site.url}/staff/inbox?queue=health`);
    await says(second, '#inbox', receipt);
    await open(second, ticketId);
    await says(second, '#entries', 'Бұл дәрігерлерге');
    await says(second, '#entries', 'Test specialist → здоровье');
  });

  it('find by receipt, words and last digits, go through lists by keys, and give all back at the end of a shift', async () => {
    const { ticketId, receipt } = await seedTicket(site.store, { text: 'Қарағаш көшесінде жарық өшті' });
    const found = async (typed: string): Promise<boolean> => {
      await first.goto(`${site.url}/staff/inbox?q=${encodeURIComponent(typed)}`);
      return (await first.$(`a[href$="${ticketId}"]`)) !== null;
    };
    expect([await found(receipt), await found('карагаш жары'), await found('карагаш қарбыз')]).to.deep.equal([
      true,
      true,
      false,
    ]);
    await first.goto(`${site.url}/staff/inbox?view=waiting`);
    await first.waitForSelector(`a[href$="${ticketId}"]`);
    const ids = await first.$$eval('[data-rows] a.row', (rows) => rows.map((row) => row.getAttribute('href')));
    for (const _ of ids.slice(0, ids.indexOf(`/staff/tickets/${ticketId}`) + 1)) await first.keyboard.press('j');
    await Promise.all([first.waitForNavigation(), first.keyboard.press('Enter')]);
    expect(first.url()).to.include(ticketId);
    await Promise.all([first.waitForNavigation(), first.keyboard.press('c')]);
    expect((await site.store.tickets.find(ticketId))?.status).to.equal('claimed');
    await first.keyboard.type('?');
    expect(await first.$eval('#keys', (dialog) => (dialog as HTMLDialogElement).open)).to.equal(true);
    await first.goto(`${site.url}/staff/shift`);
    await Promise.all([first.waitForNavigation(), first.click('form[action="/staff/shift"] button')]);
    expect(await site.store.tickets.find(ticketId))
      .to.include({ status: 'waiting' })
      .and.not.have.property('claimedBy');
  });

  it('are told of a new ticket in a hidden tab', async () => {
    await first.goto(`${site.url}/staff/inbox`);
    const before = await first.title();
    const other = await first.browserContext().newPage();
    await other.bringToFront();
    await seedTicket(site.store);
    await first.waitForFunction((title) => document.title !== title, { timeout: 45_000, polling: 100 }, before);
    expect(await first.title()).to.match(/^\(\d+\) /);
    await other.close();
  });
});
