/** How long a member of staff stays signed in, and how often one may try: by real HTTP and in a real browser. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { axeViolations, closePages, openBrowser, tap } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';
import { soon } from '../support/visitor.js';

describe('sign-in to the staff pages', function () {
  this.timeout(240_000);
  it('is refused after too many tries with the time to wait, and the right password does not help before it', async () => {
    const site = await startStaffSite({ signInsPerMinute: 3 });
    try {
      for (const _try of [1, 2, 3]) expect((await site.trySignIn('admin', 'wrong-password')).status).to.equal(401);
      const inTime = {
        ru: /Попробуйте ещё раз через (\d+) секунд[уы]?\./,
        kk: /(\d+) секундтан кейін қайта көріңіз\./,
      };
      for (const language of ['ru', 'kk'] as const) {
        const refused = await site.trySignIn('admin', site.password, language);
        expect(refused.status).to.equal(429);
        const seconds = inTime[language].exec(await refused.text())?.[1];
        expect(Number(seconds)).to.be.within(1, 60);
        expect(refused.headers.get('retry-after')).to.equal(seconds);
        expect(refused.headers.getSetCookie()).to.deep.equal([]);
      }
      // A minute passes: the count is in the database, and with it the moment of the last try.
      const counts = site.connection.collection('staff_rate_limits');
      await counts.updateMany({}, [{ $set: { lastRequest: { $subtract: ['$lastRequest', 60_000] } } }]);
      expect((await site.trySignIn('admin')).status).to.equal(303);
    } finally {
      await site.stop();
    }
  });
});

describe('a session that ends', function () {
  this.timeout(240_000);
  let site: StaffSite;
  before(async () => {
    site = await startStaffSite({ sessionCheckMs: 50 });
  });
  after(() => site?.stop());

  /** An open stream of events; `heard` is everything that came so far. */
  const listen = async (cookie: string) => {
    const response = await fetch(`${site.url}/staff/events`, { headers: { cookie } });
    expect(response.status).to.equal(200);
    let heard = '';
    const ended = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) heard += decoder.decode(chunk, { stream: true });
    })();
    await soon(async () => heard.includes('event: hello'));
    return { ended, heard: () => heard };
  };
  const isSignedIn = async (cookie: string): Promise<boolean> =>
    (await fetch(`${site.url}/staff/overview`, { redirect: 'manual', headers: { cookie } })).status === 200;

  const endings: readonly (readonly [string, (cookie: string) => Promise<unknown>])[] = [
    ['signed out in another tab', (cookie) => site.post('/staff/sign-out', {}, { cookie })],
    ['revoked with a new password', () => site.identity.resetPassword('specialist@test.kz', site.password)],
    [
      'run out',
      () =>
        site.connection
          .collection('staff_sessions')
          .updateMany({}, { $set: { expiresAt: new Date(Date.now() - 1000) } }),
    ],
  ];
  for (const [how, end] of endings) {
    it(`ends its open stream and its pages: ${how}`, async () => {
      const cookie = await site.signIn('specialist');
      const stream = await listen(cookie);
      // While it stands, the stream outlives its checks and tells of changes.
      await seedTicket(site.store);
      await soon(async () => stream.heard().includes('event: changed'));
      expect(stream.heard()).not.to.include('signed-out');
      expect(await isSignedIn(cookie)).to.equal(true);
      await end(cookie);
      await stream.ended;
      expect(stream.heard()).to.match(/event: signed-out\ndata: \n\n$/);
      expect(await isSignedIn(cookie)).to.equal(false);
    });
  }

  describe('in a browser', () => {
    let browser: Browser;
    before(async () => {
      browser = await openBrowser();
    });
    after(() => closePages(browser));

    it('brings the page that was open to the sign-in', async () => {
      const page = await site.page(browser, 'specialist');
      await page.goto(`${site.url}/staff/inbox`);
      await site.identity.resetPassword('specialist@test.kz', site.password);
      await page.waitForSelector('form[action="/staff/sign-in"]', { timeout: 45_000 });
    });

    it('leaves a reply that is being written where it is, to be sent after a new sign-in', async () => {
      const { ticketId, conversationId } = await seedTicket(site.store);
      const page = await site.page(browser, 'specialist');
      await page.goto(`${site.url}/staff/tickets/${ticketId}`);
      await page.type('#reply-text', 'Бригада выехала.');
      await site.identity.resetPassword('specialist@test.kz', site.password);
      const notice = () => page.$eval('#page-notice', (element) => element.textContent ?? '');
      await soon(async () => (await notice()).includes('Войдите снова в соседней вкладке'));
      const refusal = 'Вы вышли из системы. Войдите снова.';
      const sends = () => page.$eval('.reply button', (button) => (button as HTMLElement).click());
      await sends();
      await soon(async () => (await notice()) === refusal);
      // What the page finds out once more does not take the place of what was just refused.
      const asked = page.waitForResponse((response) => response.url().includes('/staff/sign-in'));
      await page.evaluate(() => new BroadcastChannel('naqty-staff').postMessage('refresh'));
      await asked;
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
      expect(await notice()).to.equal(refusal);
      expect(await page.$eval('#entries', (entries) => entries.textContent)).to.include('Көшем ауласында су жоқ');
      expect(await axeViolations(page)).to.deep.equal([]);
      const [name = '', value = ''] = (await site.signIn('specialist')).split('=');
      await page.setCookie({ name, value, url: site.url });
      await sends();
      await soon(async () => (await notice()) === '');
      expect((await site.store.outbox.latest(conversationId, 5)).map(({ text }) => text)).to.deep.equal([
        'Бригада выехала.',
      ]);
      expect(await page.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('');
    });

    it('says so too where the session ended before the page could listen', async () => {
      const { ticketId } = await seedTicket(site.store);
      const page = await site.page(browser, 'specialist');
      let letThrough = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const isStream = request.url().endsWith('/staff/events');
        void (isStream ? ended : Promise.resolve()).then(() => request.continue());
      });
      await page.goto(`${site.url}/staff/tickets/${ticketId}`);
      await page.type('#reply-text', 'Бригада выехала.');
      await site.identity.resetPassword('specialist@test.kz', site.password);
      letThrough();
      await page.waitForSelector('#page-notice:not([hidden])', { timeout: 45_000 });
      expect(await page.$eval('#page-notice', ({ textContent }) => textContent)).to.include('Войдите снова');
      expect(await page.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('Бригада выехала.');
    });

    it('says so where a reply did not get through', async () => {
      const { ticketId, conversationId } = await seedTicket(site.store);
      const page = await site.page(browser, 'specialist');
      await page.goto(`${site.url}/staff/tickets/${ticketId}`);
      await page.type('#reply-text', 'Ждите.');
      await page.setOfflineMode(true);
      await tap(page, '.reply button');
      await page.waitForSelector('#page-notice:not([hidden])');
      await page.setOfflineMode(false);
      await tap(page, '.reply button');
      await page.waitForSelector('#page-notice[hidden]');
      expect((await site.store.outbox.latest(conversationId, 5)).map(({ text }) => text)).to.deep.equal(['Ждите.']);
    });
  });

  it('gives a form that came too late its text back', async () => {
    const form = { questionKk: 'Су қашан?', answerKk: 'Кешке <b>18:00</b>-де', version: '1', verdict: 'save' };
    const refused = await site.post('/staff/articles/mask-rule', form, { 'accept-language': 'ru' });
    expect(refused.status).to.equal(401);
    expect(await refused.text())
      .to.match(/<textarea[^>]*>Су қашан\?<\/textarea>/)
      .and.match(/<textarea[^>]*>Кешке &lt;b>18:00&lt;\/b>-де<\/textarea>/)
      .and.not.include('>save<');
  });
});
