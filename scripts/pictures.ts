/** `npm run pictures`: the README's pictures, taken of the real service in a real browser and written to docs/pictures. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { type App, createApp } from '../src/app.js';
import { type Clocks, systemClock } from '../src/clock.js';
import { readConfig } from '../src/config.js';
import { withTemporaryEngine } from '../src/engine/temporary.js';
import { silentLogger } from '../src/log.js';
import { projectRoot } from '../src/project-root.js';
import { generateSecrets } from '../src/secrets.js';
import { openDatabase } from '../src/store/connect.js';
import { launchBrowser, openChat } from '../test/support/browser.js';

const folder = join(projectRoot, 'docs/pictures');
const mostBytes = 200_000;

/** The starter content speaks of April 2020: on that day nothing in it is out of date. */
const shiftMs = Date.parse('2020-04-24T10:20:00+05:00') - Date.now();
const clocks: Clocks = { business: { now: () => new Date(Date.now() + shiftMs) }, real: systemClock };

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

const take = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // What still moves would be caught half-way.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime ?? 0)) animation.finish();
    }
  });
  const file = join(folder, `${name}.png`);
  await writeFile(file, await page.screenshot({ type: 'png', optimizeForSpeed: false }));
  const { size } = await stat(file);
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes; at most ${mostBytes} are wanted.`);
  process.stdout.write(`${file}: ${Math.round(size / 1000)} kB\n`);
};

/** A question that an article answers, with the buttons under it. */
const answeredTalk = async (browser: Browser, url: string): Promise<void> => {
  const aigul = await openChat(browser, url, { language: 'kk' });
  await aigul.says('Сәлеметсіз бе!');
  await aigul.says('42500 теңгеге екінші айға қайта өтініш беру керек пе?');
  await take(aigul.page, 'chat-kk');
  await aigul.close();
};

const signIn = async (browser: Browser, url: string, { firstAdmin }: App): Promise<Page> => {
  if (!firstAdmin) throw new Error('A fresh database has no first admin.');
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.setExtraHTTPHeaders({ 'accept-language': 'ru' });
  await page.goto(`${url}/staff/sign-in`);
  await page.type('input[name=email]', firstAdmin.email);
  await page.type('input[name=password]', firstAdmin.password);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
  return page;
};

/** A question that a specialist answers, seen from both ends. */
const handedOverTalk = async (browser: Browser, url: string, staff: Page): Promise<void> => {
  const marat = await openChat(browser, url, { language: 'ru' });
  await marat.says('Здравствуйте!');
  await marat.says('Мне начислили не ту сумму, соедините со специалистом');
  await staff.goto(`${url}/staff/inbox`);
  await Promise.all([staff.waitForNavigation(), staff.click('a.row')]);
  await Promise.all([staff.waitForNavigation(), staff.click('form[action$="/claim"] button')]);
  await staff.type('#reply-text', 'Здравствуйте, Марат! Какую сумму вы получили и когда?');
  await staff.click('form[data-reply] button[type=submit]');
  await marat.hears();
  await take(marat.page, 'chat-ru');
  await staff.reload();
  await take(staff, 'inbox');
  await marat.close();
};

const editorPicture = async (url: string, staff: Page): Promise<void> => {
  await staff.goto(`${url}/staff/articles/shops-open`);
  await take(staff, 'editor');
};

await withTemporaryEngine(async (uri) => {
  const port = await freePort();
  const config = readConfig({ PORT: String(port), WAIT_AFTER_LAST_MS: '300', WAIT_AT_MOST_MS: '300' });
  const connection = await openDatabase(uri);
  const app = await createApp({ config, logger: silentLogger, clocks, connection, secrets: generateSecrets() });
  const { url } = await app.start();
  if (url === null) throw new Error('The service serves no pages.');
  const browser = await launchBrowser();
  try {
    await mkdir(folder, { recursive: true });
    await answeredTalk(browser, url);
    const staff = await signIn(browser, url, app);
    await handedOverTalk(browser, url, staff);
    await editorPicture(url, staff);
  } finally {
    await browser.close();
    await app.stop();
    await connection.close();
  }
});
process.exit(0);
