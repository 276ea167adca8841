/** A resident at a real browser: opens the chat, writes, taps and reads what the page shows. */
import { createRequire } from 'node:module';
import puppeteer, { type Browser, type BrowserContext, type HTTPResponse, type Page } from 'puppeteer-core';
import { findChromium, quietArguments } from '../../src/transport/whatsapp-web/chromium.js';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const patienceMs = 45_000;

let shared: Promise<Browser> | undefined;
/**
 * Chromium of PUPPETEER_EXECUTABLE_PATH, else the system's; nothing is downloaded. One serves every suite of a run, each by contexts of its
 * own; it ends with the process.
 */
export const openBrowser = async (): Promise<Browser> => {
  if (!(await shared)?.connected) {
    shared = puppeteer.launch({
      executablePath: findChromium(),
      args: ['--headless=new', '--no-sandbox', ...quietArguments()],
    });
  }
  return shared as Promise<Browser>;
};
/** Ends everything that was opened in it. */
export const closePages = async (browser: Browser | undefined): Promise<void> => {
  // The first is the browser's own.
  const [, ...opened] = browser?.browserContexts() ?? [];
  await Promise.all(opened.map((context) => context.close()));
};

/** Clicks; the element is looked for and clicked in one step of the page, since a live part may be exchanged or move between two. */
export const tap = async (page: Page, selector: string): Promise<void> => {
  await page.waitForSelector(selector);
  await page.evaluate((wanted) => {
    const element = document.querySelector<HTMLElement>(wanted);
    if (!element) throw new Error(`${wanted} is no longer on the page.`);
    element.click();
  }, selector);
};
/** Taps what leads to another page, and gives that page's response. */
export const press = async (page: Page, selector: string): Promise<HTTPResponse | null> => {
  const [response] = await Promise.all([page.waitForNavigation(), tap(page, selector)]);
  return response;
};
/** Taps the last of these that is shown and holds the words. */
const tapLast = (page: Page, selector: string, words: string): Promise<void> =>
  page.evaluate(
    (wanted, holds) => {
      const shown = [...document.querySelectorAll<HTMLElement>(wanted)].filter(
        (element) => element.checkVisibility() && element.textContent?.includes(holds),
      );
      const last = shown.at(-1);
      if (!last) throw new Error(`The page shows no ${wanted} with “${holds}”.`);
      last.click();
    },
    selector,
    words,
  );

export interface ChatOptions {
  readonly language?: 'kk' | 'ru';
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
}

/** What axe finds wrong with the page as it stands: rule and the elements, one line each. */
export const axeViolations = async (page: Page): Promise<readonly string[]> => {
  // The page's own policy forbids foreign scripts, so that axe comes in through the debugger, not through a tag.
  const source = await import('node:fs/promises').then((fs) => fs.readFile(axePath, 'utf8'));
  await page.evaluate(source);
  // What is still fading in has no contrast to judge yet.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime ?? 0)) animation.finish();
    }
  });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
    );
  });
};

/** Opens the chat as a new resident (a browser profile of its own) at the service's address. */
export const openChat = async (browser: Browser, url: string, options: ChatOptions = {}) => {
  const context: BrowserContext = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.setViewport({ width: options.width ?? 390, height: options.height ?? 844 });
  await page.setJavaScriptEnabled(options.javaScript ?? true);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: options.dark ? 'dark' : 'light' }]);
  await page.goto(`${url}/chat?lang=${options.language ?? 'kk'}`, { waitUntil: 'load' });

  let heard = 0;
  const textsOf = (selector: string): Promise<string[]> =>
    page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''));
  /** The text of the next reply that was not heard yet. */
  const hears = async (): Promise<string> => {
    await page.waitForFunction(
      (count) => document.querySelectorAll('.theirs .words').length > count,
      { timeout: patienceMs, polling: 50 },
      heard,
    );
    const text = (await textsOf('.theirs .words'))[heard] ?? '';
    heard += 1;
    return text;
  };
  const writes = async (text: string): Promise<void> => {
    await page.$eval(
      '#text',
      (element, value) => {
        (element as HTMLTextAreaElement).value = value;
      },
      text,
    );
    await page.click('#write button[type=submit]');
  };
  return {
    page,
    context,
    /** Errors of the page's script and console so far. */
    faults,
    writes,
    hears,
    async says(text: string): Promise<string> {
      await writes(text);
      return hears();
    },
    /** Taps the last shown quick reply whose title holds the words, and hears the answer. */
    async taps(words: string): Promise<string> {
      await tapLast(page, '.choices button', words);
      return hears();
    },
    /** Taps the last shown quick reply whose id ends so: titles are wording, ids are not. */
    async tapsId(ending: string): Promise<string> {
      await tapLast(page, `.choices button[value$="${ending}"]`, '');
      return hears();
    },
    /** Shares a location typed by hand. */
    async shares(latitude: number, longitude: number): Promise<string> {
      await page.click('#write [data-action=open-location]');
      await page.type('#location-form input[name=location]', `${latitude}, ${longitude}`);
      await page.click('#location-form button[type=submit]');
      return hears();
    },
    /** Texts of the bubbles, in the order of the page. */
    shown: () => textsOf('.entry .words, .entry .place'),
    mine: () => textsOf('.mine .words, .mine .place'),
    violations: () => axeViolations(page),
    close: () => context.close(),
  };
};
export type BrowserResident = Awaited<ReturnType<typeof openChat>>;
