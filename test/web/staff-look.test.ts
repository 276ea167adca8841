/** How the staff pages look to whoever cannot see them well: axe in both languages, light and dark, at the width of a phone and of a desk. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { axeViolations, closePages, openBrowser } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('the look of the staff pages', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  let paths: readonly string[];
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    const { ticketId, conversationId } = await seedTicket(site.store, { urgent: true, drafts: 1 });
    const answered = await seedTicket(site.store);
    const cookie = await site.signIn('specialist');
    const form = { text: '*Жіберілді*', requestId: 'request-1' };
    expect((await site.post(`/staff/tickets/${answered.ticketId}/reply`, form, { cookie })).status).to.equal(303);
    const [article] = await site.articles.list();
    paths = [
      '/inbox',
      `/tickets/${ticketId}`,
      `/tickets/${answered.ticketId}`,
      `/conversations/${conversationId}`,
      '/groups',
      `/tickets/${ticketId}/alike`,
      `/corrections?article=${article?.id}`,
      '/queues',
      '/queues/payments',
      '/shift',
      '/canned',
      '/canned/new',
      '/undelivered',
      '/articles',
      '/new-article',
      `/articles/${article?.id}`,
      '/overview',
      '/synonyms',
      '/synonyms/vehicle',
      '/new-concept',
      '/try',
      '/mode?to=inbox',
      '/nowhere',
    ];
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  it('marks every sample as one: programmes, their lists, checkpoints', async () => {
    const page = await site.page(browser, 'editor');
    await page.goto(`${site.url}/staff/overview`);
    const marked = (section: string) =>
      page.$$eval(`section[aria-labelledby=${section}] li`, (rows) =>
        rows.map((row) => [...row.querySelectorAll('.mark-sample')].map((mark) => mark.textContent)),
      );
    expect(await marked('programmes-title')).to.deep.equal(Array(3).fill(['образец', 'образец списка']));
    const samples = (await site.store.checkpoints.all()).map(({ sample }) => (sample ? ['образец'] : []));
    expect(samples.flat().length).to.be.greaterThan(10);
    expect(await marked('checkpoints-title')).to.deep.equal(samples);
    await page.browserContext().close();
  });

  /** Each page is looked at in both languages and at both widths: every other one in the light, the rest in the dark. */
  const ways = [
    { language: 'kk', width: 390, dark: false },
    { language: 'kk', width: 1280, dark: true },
    { language: 'ru', width: 390, dark: true },
    { language: 'ru', width: 1280, dark: false },
  ] as const;
  for (const way of ways) {
    const { language, width, dark } = way;
    it(`is clean for axe and fits (${language}, ${dark ? 'dark' : 'light'}, ${width} px)`, async () => {
      const look = async (page: Awaited<ReturnType<StaffSite['page']>>, path: string): Promise<void> => {
        await page.goto(`${site.url}/staff${path}`);
        expect(await page.$eval('html', (html) => html.lang)).to.equal(language);
        expect(await axeViolations(page), path).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).to.be.at.most(0);
      };
      const stranger = await site.page(browser, null, way);
      await look(stranger, '/sign-in');
      const page = await site.page(browser, 'admin', way);
      for (const [place, path] of paths.entries()) if ((place % 2 === 1) === dark) await look(page, path);
      const header = await page.$eval('.top-row', (row) => row.getBoundingClientRect().height);
      expect(header, 'the header is one row').to.be.below(60);
      await stranger.browserContext().close();
      await page.browserContext().close();
    });
  }
});
