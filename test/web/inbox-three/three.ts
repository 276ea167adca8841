/** Three browsers at one site: a resident in the chat and two specialists, of whom the second leads; and what their tests wait for. */
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { type BrowserResident, closePages, openBrowser, openChat, press } from '../../support/browser.js';
import { type StaffSite, startStaffSite } from '../../support/staff-site.js';

export interface Three {
  readonly site: StaffSite;
  readonly resident: BrowserResident;
  /** Answers everywhere, as `specialist`. */
  readonly first: Page;
  /** Signed in as `lead`. */
  readonly second: Page;
  close(): Promise<void>;
}
/** A loaded machine takes its time. */
const patienceMs = 60_000;

export const openThree = async (): Promise<Three> => {
  const site = await startStaffSite({ withChat: true });
  const browser: Browser = await openBrowser();
  const resident = await openChat(browser, site.url, { language: 'kk' });
  const first = await site.page(browser, 'specialist', { width: 1280 });
  const second = await site.page(browser, 'lead', { width: 1280 });
  for (const page of [first, second]) page.setDefaultTimeout(patienceMs);
  return {
    ...{ site, resident, first, second },
    async close() {
      await closePages(browser);
      await site.stop();
    },
  };
};

/** Each claims the ticket on its page, and no claim arrives before all have left: none reads of another's first. Gives the statuses of the responses. */
export const claimTogether = async (pages: readonly Page[]): Promise<readonly (number | undefined)[]> => {
  const waiting: HTTPRequest[] = [];
  const hold = (request: HTTPRequest): void => {
    if (!request.url().endsWith('/claim')) return void request.continue();
    if (waiting.push(request) === pages.length) for (const each of waiting) void each.continue();
  };
  for (const page of pages) {
    await page.setRequestInterception(true);
    page.on('request', hold);
  }
  const responses = await Promise.all(pages.map((page) => press(page, 'form[action$="/claim"] button')));
  for (const page of pages) {
    page.off('request', hold);
    await page.setRequestInterception(false);
  }
  return responses.map((response) => response?.status());
};
/** Waits until the part of the page holds the words. */
export const says = (page: Page, selector: string, words: string) =>
  page.waitForFunction(
    (where, wanted) => document.querySelector(where)?.textContent?.includes(wanted),
    { timeout: patienceMs },
    selector,
    words,
  );
export const typed = (page: Page): Promise<string> =>
  page.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value);
export const openTicket = async ({ site }: Three, page: Page, ticketId: string): Promise<void> => {
  await page.goto(`${site.url}/staff/tickets/${ticketId}`);
};
/** The resident asks for a person; gives the ticket that this leads to. */
export const asksForPerson = async ({ site, resident }: Three) => {
  const told = await resident.says('Маманмен сөйлескім келеді');
  const ticket = await site.store.tickets.byReceipt(/K-[0-9A-Z]{4,6}/.exec(told)?.[0] ?? '');
  if (!ticket) throw new Error(`No ticket in “${told}”.`);
  return ticket;
};
/** What specialists sent there. */
export const sentTo = async ({ site }: Three, conversationId: string) =>
  (await site.store.outbox.latest(conversationId, 50)).filter((row) => row.origin === 'specialist');
/** Of the member of staff with that role. */
export const staffIdOf = async ({ site }: Three, role: 'specialist' | 'lead'): Promise<string> => {
  const member = (await site.identity.everyone()).find((one) => one.role === role);
  if (!member) throw new Error(`Nobody is a ${role}.`);
  return member.id;
};
