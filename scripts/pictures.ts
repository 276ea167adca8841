/** `npm run pictures`: the README's pictures, taken of the real service in a real browser and written to docs/pictures. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { Clock, Clocks } from '../src/clock.js';
import { withTemporaryEngine } from '../src/engine/temporary.js';
import { projectRoot } from '../src/project-root.js';
import { openChat, press, tap } from '../test/support/browser.js';
import { serveWholeApp } from '../test/support/whole-app.js';

const folder = join(projectRoot, 'docs/pictures');
const mostBytes = 200_000;

/** The starter content speaks of April 2020: on that day nothing in it is out of date. */
const shiftMs = Date.parse('2020-04-24T10:20:00+05:00') - Date.now();
const april: Clock = { now: () => new Date(Date.now() + shiftMs) };
const clocks: Clocks = { business: april, real: april };

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

/** A question that a specialist answers, seen from both ends. */
const handedOverTalk = async (browser: Browser, url: string, staff: Page): Promise<void> => {
  const marat = await openChat(browser, url, { language: 'ru' });
  await marat.says('Здравствуйте!');
  await marat.says('Мне начислили не ту сумму, соедините со специалистом');
  await staff.goto(`${url}/staff/inbox`);
  await press(staff, 'a.row');
  await press(staff, 'form[action$="/claim"] button');
  await staff.type('#reply-text', 'Здравствуйте, Марат! Какую сумму вы получили и когда?');
  await tap(staff, 'form[data-reply] button[type=submit]');
  await marat.hears();
  await take(marat.page, 'chat-ru');
  await staff.goto(staff.url());
  await take(staff, 'inbox');
  await marat.close();
};

const editorPicture = async (url: string, staff: Page): Promise<void> => {
  await staff.goto(`${url}/staff/articles/shops-open`);
  await take(staff, 'editor');
};

await withTemporaryEngine(async (uri) => {
  const { url, browser, staff, stop } = await serveWholeApp(uri, clocks);
  try {
    await mkdir(folder, { recursive: true });
    await answeredTalk(browser, url);
    await staff.setViewport({ width: 1280, height: 800 });
    await staff.setExtraHTTPHeaders({ 'accept-language': 'ru' });
    await handedOverTalk(browser, url, staff);
    await editorPicture(url, staff);
  } finally {
    await stop();
  }
});
process.exit(0);
