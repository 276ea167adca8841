/** The served application with nothing left out, on a database of its own, with a real browser for residents and staff. */
import type { Browser, Page } from 'puppeteer-core';
import { type App, createApp } from '../../src/app.js';
import { type Clocks, fixedClock, systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import { silentLogger } from '../../src/log.js';
import { type Connection, database, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { closePages, openBrowser, press } from './browser.js';
import { createTestDatabase } from './engine.js';
import { testSecrets } from './service.js';

const signIn = async (browser: Browser, url: string, { firstAdmin }: App): Promise<Page> => {
  if (!firstAdmin) throw new Error('A fresh database has no first admin.');
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(`${url}/staff/sign-in`);
  await page.type('input[name=email]', firstAdmin.email);
  await page.type('input[name=password]', firstAdmin.password);
  await press(page, 'main button[type=submit]');
  return page;
};

export interface ServedApp {
  readonly url: string;
  readonly connection: Connection;
  readonly browser: Browser;
  /** Where the first admin is signed in. */
  readonly staff: Page;
  stop(): Promise<void>;
}

/** Serves it over an empty database; fragments wait for the next message only shortly. */
export const serveWholeApp = async (uri: string, clocks: Clocks): Promise<ServedApp> => {
  const connection = await openDatabase(uri);
  const config = readConfig({ PORT: '0', WAIT_AFTER_LAST_MS: '300', WAIT_AT_MOST_MS: '900' });
  const modelFolder = modelFolderOfSources(config.dataDir);
  const app = await createApp({
    ...{ config, logger: silentLogger, clocks, connection, secrets: testSecrets, modelFolder },
  });
  const { url } = await app.start();
  if (url === null) throw new Error('The service serves no pages.');
  const browser = await openBrowser();
  return {
    url,
    connection,
    browser,
    staff: await signIn(browser, url, app),
    async stop() {
      await closePages(browser);
      await app.stop();
      await connection.close();
    },
  };
};

export interface WholeApp extends ServedApp {
  readonly store: Store;
  /** Every document of every collection, by the collection's name. */
  everything(): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>>;
}

/** Serves it for a test, at a business time that stands still. */
export const startWholeApp = async (now: Date): Promise<WholeApp> => {
  const testDatabase = await createTestDatabase();
  const app = await serveWholeApp(testDatabase.uri, { business: fixedClock(now), real: systemClock });
  const { connection } = app;
  return {
    ...app,
    store: createStore(connection),
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
      await app.stop();
      await testDatabase.drop();
    },
  };
};
