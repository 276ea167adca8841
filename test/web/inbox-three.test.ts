/** Two specialists and a resident, each in a browser of their own, through the real pages: from the chat to the inbox and back. */
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { type BrowserResident, closePages, openBrowser, openChat } from '../support/browser.js';
import { seedMany } from '../support/seed-many.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('a resident and two specialists', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  let resident: BrowserResident;
  let first: Page;
  let second: Page;
  before(async () => {
    site = await startStaffSite({ withChat: true });
    browser = await openBrowser();
    resident = await openChat(browser, site.url, { language: 'kk' });
    first = await site.page(browser, 'specialist', { width: 1280 });
    second = await site.page(browser, 'lead', { width: 1280 });
    for (const page of [first, second]) page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });
  const press = async (page: Page, selector: string): Promise<void> => {
    await page.waitForSelector(selector);
    // In one step: what stands there may be drawn anew between looking and pressing, since somebody else's work shows too.
    const pressed = page.$eval(selector, (element) => (element as HTMLElement).click());
    await Promise.all([page.waitForNavigation(), pressed]);
  };
  const says = (page: Page, selector: string, words: string) =>
    page.waitForFunction(
      (where, wanted) => document.querySelector(where)?.textContent?.includes(wanted),
      { timeout: 60_000 },
      selector,
      words,
    );
  const label = 'faq:pay-42500-when';

  it('a question goes to the inbox, one of the two has it, and the answer comes back into the chat', async () => {
    const told = await resident.says('Маманмен сөйлескім келеді');
    const receipt = /K-[0-9A-Z]{4,6}/.exec(told)?.[0] ?? '';
    await Promise.all([first, second].map((page) => page.goto(`${site.url}/staff/inbox`)));
    await says(second, '#inbox', receipt);
    const ticket = await site.store.tickets.byReceipt(receipt);
    await Promise.all([first, second].map((page) => page.goto(`${site.url}/staff/tickets/${ticket?._id}`)));
    await Promise.all([first, second].map((page) => press(page, 'form[action$="/claim"] button')));
    const holder = (await site.store.tickets.byReceipt(receipt))?.claimedBy;
    const winner = (await first.$eval('body', (body) => body.dataset.staff)) === holder ? first : second;
    await winner.type('#reply-text', 'Сәлеметсіз бе, көмектесейін.');
    await winner.click('.reply button');
    expect(await resident.hears()).to.equal('Сәлеметсіз бе, көмектесейін.');
    await press(winner, 'form[action$="/resolve"] button');
    expect(await resident.hears(), 'the resident is asked how it was').to.include(receipt);
  });

  it('40 who ask the same in two languages get one answer each; one is taken by a colleague meanwhile and left out', async () => {
    const told = await resident.says('Маманмен сөйлескім келеді');
    const own = await site.store.tickets.byReceipt(/K-[0-9A-Z]{4,6}/.exec(told)?.[0] ?? '');
    if (!own) throw new Error('no ticket');
    const ids = await seedMany(site.connection, 40, (place) => {
      const [text, language] =
        place % 2 ? (['Когда придут 42500?', 'ru'] as const) : (['42500 қашан түседі?', 'kk'] as const);
      return { queue: 'payments', label, text, language };
    });
    const [seed = '', taken = ''] = ids;
    await first.goto(`${site.url}/staff/tickets/${seed}`);
    await says(first, '#ticket', '39');
    await press(first, '#ticket a[href$="/alike"]');
    await first.type('input[name=receipt]', own.receipt);
    await press(first, 'button[name=put]');
    expect(await first.$$('.group-member input:checked')).to.have.length(41);
    await first.type('#textKk', 'Ақша 25-іне дейін түседі.');
    await press(first, 'button[value=preview]');
    await says(first, '#notice', 'другом языке: русский');
    await first.type('#textRu', 'Деньги придут до 25 числа.');
    await press(first, 'button[value=preview]');
    const lists = await first.$$eval('section.panel', (parts) =>
      parts.map((part) => part.querySelectorAll('li').length),
    );
    expect(lists).to.deep.equal([21, 20]);
    await second.goto(`${site.url}/staff/tickets/${taken}`);
    await press(second, 'form[action$="/claim"] button');
    await press(first, 'button[value=send]');
    await says(first, '#group-reply', 'Test lead');
    expect(await resident.hears()).to.equal('Ақша 25-іне дейін түседі.');
    await says(first, '#group-reply', '40 ответов отправлены');
    // The resident's own question is the one that was opened again: it has the answer of before, too.
    const rows = (await site.store.outbox.repliesTo([...ids, own._id])).filter(({ text }) => text.includes('25'));
    expect([rows.length, new Set(rows.map(({ ticketId }) => ticketId)).size]).to.deep.equal([40, 40]);
    // The answer becomes an article's draft at that moment.
    await first.click('.aside-form summary');
    await first.type('input[name=questionRu]', 'Когда придут 42 500 тенге?');
    await press(first, 'form[action$="/article"] button');
    const drafts = (await site.articles.list()).filter(({ id }) => id.startsWith('asked-'));
    expect(drafts.map(({ draft }) => draft?.answer)).to.deep.equal([
      { kk: 'Ақша 25-іне дейін түседі.', ru: 'Деньги придут до 25 числа.' },
    ]);
  });

  it('a canned response is made, inserted by its shortcut with its places filled, and held back while one is open', async () => {
    await second.goto(`${site.url}/staff/canned/new`);
    await second.type('input[name=shortcut]', '/Ауыз-су');
    await second.type(
      'textarea[name=textKk]',
      '{{өтініш}} өтінішіңізді {{маман}} қарап жатыр, {{күні}}. Бригада {{қашан}} келеді.',
    );
    await second.click('button[data-insert="{{обращение}}"]');
    await press(second, 'button[value=save]');
    await says(second, 'main', '/ауыз-су');
    const { ticketId, receipt, conversationId } = await seedTicket(site.store);
    await first.goto(`${site.url}/staff/tickets/${ticketId}`);
    await first.type('#reply-text', '/ауыз-су ');
    const typed = () => first.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value);
    const today = new Intl.DateTimeFormat('ru-RU', { timeZone: 'Asia/Qyzylorda' }).format(new Date());
    expect(await typed()).to.equal(
      `${receipt} өтінішіңізді Test specialist қарап жатыр, ${today}. Бригада {{қашан}} келеді.`,
    );
    await first.click('.reply button');
    await says(first, '#notice', '{{қашан}}');
    expect(await site.store.outbox.latest(conversationId, 10)).to.deep.equal([]);
    await first.$eval('#reply-text', (box) => {
      const area = box as HTMLTextAreaElement;
      area.value = '';
      area.blur();
    });
    await first.keyboard.press('6');
    expect(await typed()).to.include('{{қашан}}');
    await first.$eval('#reply-text', (box) => {
      const area = box as HTMLTextAreaElement;
      area.value = area.value.replace('{{қашан}}', 'сағат 15-те');
    });
    await first.click('.reply button');
    await says(first, '#entries', 'Бригада сағат 15-те келеді');
    await second.goto(`${site.url}/staff/canned`);
    await press(second, 'a.row');
    await press(second, 'button[value=remove]');
    await says(second, '#notice', 'удалён');
    const made = await site.store.audit.find({ limit: 20 });
    expect(made.map(({ action }) => action)).to.include.members(['canned-saved', 'canned-removed']);
  });

  it('a lead makes a queue, sends it a topic and names its members; hidden, it hands over what is open', async () => {
    await second.goto(`${site.url}/staff/queues`);
    await second.click('.narrow-form summary');
    await second.type('input[name=nameKk]', 'Маскалар');
    await second.type('input[name=nameRu]', 'Маски');
    await press(second, 'form[action="/staff/queues"] button');
    await says(second, '#notice', 'создана');
    const id = new URL(second.url()).pathname.split('/').at(-1) ?? '';
    await second.$eval('input[value="faq:mask-rule"]', (box) => (box as HTMLInputElement).click());
    await press(second, 'form[action$="/topics"] button');
    expect(await site.queues.route('faq:mask-rule')).to.equal(id);
    const staffId = await first.$eval('body', (body) => body.dataset.staff ?? '');
    const { ticketId } = await seedTicket(site.store, { queue: id, text: 'Маска қайдан аламын' });
    const status = () => first.goto(`${site.url}/staff/tickets/${ticketId}`).then((response) => response?.status());
    expect(await status(), 'not a member yet').to.equal(403);
    await second.click(`input[value="${staffId}"]`);
    await press(second, `form[action="/staff/queues/${id}"] button`);
    expect(await status()).to.equal(200);
    await says(first, '#ticket', 'Маски');
    await second.click('.narrow-form summary');
    await second.select('select[name=target]', 'health');
    await press(second, 'form[action$="/hide"] button');
    await says(second, '#notice', 'скрыта');
    await status();
    await says(first, '#ticket', 'здоровье');
    expect(await site.queues.route('faq:mask-rule')).to.equal('health');
  });

  it('a reply to many is taken back with one press, and nothing of it leaves', async () => {
    const ids: string[] = [];
    for (const text of ['Дүкен қашан ашылады', 'Дүкен қашан ашылады екен'])
      ids.push((await seedTicket(site.store, { queue: 'business', label: 'faq:shops-open', text })).ticketId);
    await first.goto(`${site.url}/staff/tickets/${ids[0]}/alike`);
    await first.type('#textKk', 'Қате жауап');
    await press(first, 'button[value=preview]');
    await press(first, 'button[value=send]');
    await press(first, 'button[value=undo]');
    await says(first, '#group-reply', 'Отменено: 2 из 2');
    expect((await site.store.tickets.findMany(ids)).map(({ status }) => status)).to.deep.equal(['waiting', 'waiting']);
    expect(await site.store.outbox.repliesTo(ids)).to.deep.equal([]);
  });
});
