import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { systemClocks } from '../../src/clock.js';
import { createArticles } from '../../src/facts/articles/articles.js';
import { createCheckpoints } from '../../src/facts/checkpoints/checkpoints.js';
import { loadStarterContent } from '../../src/facts/content/starter-content.js';
import { createEligibility } from '../../src/facts/eligibility/eligibility.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { silentLogger } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import { type Changes, watchChanges } from '../../src/store/changes.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createIdentity } from '../../src/web/identity/identity.js';
import { type Role, roles } from '../../src/web/identity/roles.js';
import { createServer, type Server } from '../../src/web/server.js';
import { access, mayPass } from '../../src/web/staff/access.js';
import { createStaffRoutes, type StaffRoutes } from '../../src/web/staff/staff-routes.js';
import { axeViolations, launchBrowser } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { seedTicket } from '../support/seed-ticket.js';

/** Real: engine, sign-in, pages, browser. */
describe('web/staff', function () {
  this.timeout(40_000);
  const password = 'long-enough-password';
  const secret = 'c'.repeat(64);
  let testDatabase: TestDatabase;
  let connection: Connection;
  let store: Store;
  let changes: Changes;
  let routes: StaffRoutes;
  let server: Server;
  let url: string;
  let browser: Browser;
  const cookies = new Map<Role, string>();

  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, ...headers },
      body: new URLSearchParams(form),
    });
  const signIn = async (role: Role): Promise<string> => {
    const response = await post('/staff/sign-in', { email: `${role}@test.kz`, password });
    expect(response.status).to.equal(303);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };

  before(async () => {
    testDatabase = await createTestDatabase();
    connection = await openDatabase(testDatabase.uri);
    store = createStore(connection);
    await store.migrate();
    await loadStarterContent({ store, clocks: systemClocks, secret });
    changes = await watchChanges(connection, silentLogger);
    const identity = createIdentity({ connection, secret, baseUrl: 'http://127.0.0.1:1' });
    for (const role of roles)
      await identity.createStaff({ email: `${role}@test.kz`, name: `Test ${role}`, role, password });
    const texts = loadTexts(projectRoot);
    routes = createStaffRoutes({
      identity,
      tickets: createTickets({ store, clocks: systemClocks, newId: randomUUID, mask: (text) => text }),
      articles: createArticles({ store, clocks: systemClocks }),
      checkpoints: createCheckpoints({ store, clocks: systemClocks }),
      eligibility: createEligibility({ store, clocks: systemClocks, secret, checksPerHour: 10 }),
      store,
      changes,
      texts,
      clocks: systemClocks,
      logger: silentLogger,
    });
    server = createServer({
      routers: [{ path: '/staff', router: routes }],
      config: { host: '127.0.0.1', port: 0, root: projectRoot },
      logger: silentLogger,
      texts,
      ready: {},
      stopStreams: routes.stopStreams,
    });
    ({ url } = await server.start());
    for (const role of roles) cookies.set(role, await signIn(role));
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await changes?.close();
    await connection?.close();
    await testDatabase?.drop();
  });

  it('lets each role pass where the table says so, and nobody past a route without a rule', async () => {
    const known = routes.stack.flatMap((layer) =>
      layer.route ? layer.route.stack.map((handler) => `${handler.method.toUpperCase()} ${layer.route?.path}`) : [],
    );
    expect(new Set(known)).to.deep.equal(new Set(Object.keys(access)));
    const refused: string[] = [];
    for (const key of known) {
      const [method = '', path = ''] = key.split(' ');
      if (key === 'GET /events' || key === 'POST /sign-out') continue;
      for (const role of roles) {
        const response = await fetch(`${url}/staff${path.replaceAll(/:\w+/g, 'none')}`, {
          method,
          redirect: 'manual',
          headers: { origin: url, cookie: cookies.get(role) ?? '' },
          ...(method === 'POST' ? { body: new URLSearchParams() } : {}),
        });
        expect(response.status === 403, `${key} for ${role}`).to.equal(!mayPass(access[key], role));
        expect(response.status, `${key} for ${role}`).to.be.lessThan(500);
        if (response.status === 403) refused.push(`${key} ${role}`);
      }
    }
    expect(refused).to.include('GET /articles specialist').and.to.include('GET /inbox editor');
    const unknown = await fetch(`${url}/staff/nowhere`, { headers: { cookie: cookies.get('admin') ?? '' } });
    expect(unknown.status).to.equal(403);
  });

  it('refuses a wrong password, a closed sign-up and a form of another site, each with a sentence', async () => {
    const wrong = await post('/staff/sign-in', { email: 'admin@test.kz', password: 'wrong-password' });
    expect(wrong.status).to.equal(401);
    expect(await wrong.text()).to.include('role="alert"');
    const cookie = cookies.get('admin') ?? '';
    const foreign = await post(
      '/staff/mode',
      { mode: 'inbox', confirmed: 'yes' },
      { cookie, origin: 'https://evil.example' },
    );
    expect(foreign.status).to.equal(403);
    expect((await post('/staff/mode', { mode: 'inbox' }, { cookie })).status).to.equal(400);
    expect(await store.settings.mode()).to.equal('answers');
    expect((await fetch(`${url}/staff/inbox`, { redirect: 'manual' })).status).to.equal(303);
  });

  const pageAs = async (role: Role, width: number): Promise<Page> => {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.setViewport({ width, height: 844 });
    const pairs = (cookies.get(role) ?? '').split('; ').map((pair) => pair.split('='));
    await page.setCookie(...pairs.map(([name = '', value = '']) => ({ name, value, url })));
    return page;
  };

  it('is clean for axe and fits the width on every page, phone and desk', async () => {
    const { ticketId } = await seedTicket(store, { urgent: true, drafts: 1 });
    const [article] = await createArticles({ store, clocks: systemClocks }).list();
    const paths = [
      '/inbox',
      `/tickets/${ticketId}`,
      '/undelivered',
      '/articles',
      `/articles/${article?.id}`,
      '/overview',
      '/mode?to=inbox',
    ];
    for (const width of [390, 1280]) {
      const page = await pageAs('admin', width);
      for (const path of paths) {
        await page.goto(`${url}/staff${path}`);
        if (process.env.PICTURES)
          await page.screenshot({
            path: `${process.env.PICTURES}/${width}-${path.split('/')[1]?.split('?')[0]}${path.split('/').length}.png`,
          });
        expect(await axeViolations(page), `${path} at ${width}`).to.deep.equal([]);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow, `${path} at ${width}`).to.be.at.most(0);
      }
      await page.browserContext().close();
    }
  });

  it('shows a new ticket live, and a reply goes to the outbox once without a page load', async () => {
    const page = await pageAs('specialist', 390);
    await page.goto(`${url}/staff/inbox`);
    const { receipt, ticketId, conversationId } = await seedTicket(store);
    await page.waitForFunction((words) => document.body.textContent?.includes(words), { timeout: 10_000 }, receipt);
    await page.goto(`${url}/staff/tickets/${ticketId}`);
    await page.type('#reply-text', 'Сәлеметсіз бе, жөндеу бригадасы жолда.');
    await page.click('.reply button');
    await page.waitForFunction(
      () => document.querySelector('#entries')?.textContent?.includes('жөндеу бригадасы жолда'),
      { timeout: 10_000 },
    );
    expect(await page.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('');
    const sent = (await store.outbox.latest(conversationId, 10)).filter((row) => row.origin === 'specialist');
    expect(sent).to.have.length(1);
    await page.browserContext().close();
  });
});
