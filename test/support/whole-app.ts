/** The served application with nothing left out, on a database of its own, with a real browser for residents and staff. */
import { createServer } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { type App, createApp } from '../../src/app.js';
import { fixedClock, systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { silentLogger } from '../../src/log.js';
import { type Connection, database, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { launchBrowser } from './browser.js';
import { createTestDatabase } from './engine.js';
import { testSecrets } from './service.js';

/** A port that is free now: the address must be known before the service starts, because sign-in checks a form's origin. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      );
    });
  });

const signIn = async (browser: Browser, url: string, { firstAdmin }: App): Promise<Page> => {
  if (!firstAdmin) throw new Error('A fresh database has no first admin.');
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(`${url}/staff/sign-in`);
  await page.type('input[name=email]', firstAdmin.email);
  await page.type('input[name=password]', firstAdmin.password);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
  return page;
};

export interface WholeApp {
  readonly url: string;
  readonly store: Store;
  readonly browser: Browser;
  /** Where the first admin is signed in. */
  readonly staff: Page;
  /** Every document of every collection, by the collection's name. */
  everything(): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>>;
  stop(): Promise<void>;
}

/** Starts it at a business time that stands still; the waiting for further messages is short. */
export const startWholeApp = async (now: Date): Promise<WholeApp> => {
  const testDatabase = await createTestDatabase();
  const connection: Connection = await openDatabase(testDatabase.uri);
  const config = readConfig({
    PORT: String(await freePort()),
    WAIT_AFTER_LAST_MS: '300',
    WAIT_AT_MOST_MS: '900',
  });
  const app = await createApp({
    config,
    logger: silentLogger,
    clocks: { business: fixedClock(now), real: systemClock },
    connection,
    secrets: testSecrets,
  });
  const { url } = await app.start();
  if (url === null) throw new Error('The service serves no pages.');
  const browser = await launchBrowser();
  const staff = await signIn(browser, url, app);
  return {
    url,
    store: createStore(connection),
    browser,
    staff,
    async everything() {
      const collections = await database(connection).listCollections({}, { nameOnly: true }).toArray();
      const documents = await Promise.all(
        collections.map(
          async ({ name }) => [name, await database(connection).collection(name).find().toArray()] as const,
        ),
      );
      return new Map<string, readonly Record<string, unknown>[]>(documents);
    },
    async stop() {
      await browser.close();
      await app.stop();
      await connection.close();
      await testDatabase.drop();
    },
  };
};
