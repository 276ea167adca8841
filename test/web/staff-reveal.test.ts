/** The one page on which an IIN stands in clear: opened by who has the ticket, with a reason, and on no other page. */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { sealIin } from '../../src/facts/appeals/seal-iin.js';
import { axeViolations, closePages, openBrowser, tap } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { testSecrets } from '../support/service.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

const iin = '940625399459';

describe('a sealed IIN on the staff pages', function () {
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

  it('is shown once, by a form with a reason, and stands on no other page', async () => {
    const { ticketId, conversationId } = await seedTicket(site.store);
    const message = (await site.store.tickets.find(ticketId))?.messages[0] ?? '';
    const seal = sealIin(message, iin, testSecrets.appeals, randomBytes);
    const expiresAt = new Date(Date.now() + 3_600_000);
    await site.store.transaction((session) =>
      site.store.sealedIins.insert(session, { _id: message, conversationId, seal, expiresAt }),
    );
    const page = await site.page(browser, 'specialist');
    const ticketPage = `${site.url}/staff/tickets/${ticketId}`;
    await page.goto(ticketPage);
    expect(await page.$eval('[name=reason]', (box) => (box as HTMLInputElement).disabled), 'not taken yet').to.equal(
      true,
    );
    const headers = { cookie: await site.signIn('specialist'), 'accept-language': 'ru' };
    const refused = await site.post(
      `/staff/tickets/${ticketId}/iin`,
      { message, reason: 'Сверка с реестром' },
      headers,
    );
    expect(refused.headers.get('cache-control')).to.include('no-store');
    expect([refused.status, (await refused.text()).includes(iin)]).to.deep.equal([409, false]);
    await site.post(`/staff/tickets/${ticketId}/claim`, {}, headers);
    await page.goto(ticketPage);
    expect(await page.content()).not.to.include(iin);
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.type('[name=reason]', 'Сверка с реестром');
    await tap(page, 'form[action$="/iin"] button');
    const shown = await page.waitForSelector('.revealed', { timeout: 45_000 });
    expect(await shown?.evaluate((words) => words.textContent)).to.equal(iin);
    expect(await axeViolations(page)).to.deep.equal([]);
    for (const path of [`/staff/tickets/${ticketId}`, `/staff/conversations/${conversationId}`, '/staff/inbox']) {
      await page.goto(`${site.url}${path}`);
      expect(await page.content(), path).not.to.include(iin);
    }
    const entries = await site.store.audit.find({ action: 'iin-revealed', limit: 5 });
    expect(entries.map(({ subject, reason }) => [subject, reason])).to.deep.equal([
      [`ticket:${ticketId}`, 'Сверка с реестром'],
    ]);
    expect(JSON.stringify(entries)).not.to.include(iin);
  });
});
