/** The page of the number on WhatsApp: each state in plain words, and what staff ask for is left for the process that holds the session. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { systemClock } from '../../src/clock.js';
import { createLateAnswers } from '../../src/facts/channel/late-answers.js';
import type { ChannelChange } from '../../src/store/channels.js';
import { axeViolations, closePages, openBrowser, press } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const me = { id: '77051435131@c.us', name: 'Naqty Aqparat' };
/** How the record stands at the moment of asking (a proof is soon no fresh one), and words of the page in both languages. */
const states = {
  'waiting-for-scan': { change: () => ({ qr: '2@simulated' }), kk: /Сканерлеуді күтуде/, ru: /Ждёт сканирования/ },
  connected: { change: () => ({ me, provenAt: ago(0), lastInAt: ago(2) }), kk: /Қосылған/, ru: /Подключён/ },
  reconnecting: {
    change: () => ({ me, downSince: ago(7), detail: 'browser-gone: the browser ended' }),
    kk: /Қайта қосылуда/,
    ru: /Подключается заново/,
  },
  'needs-person': {
    change: () => ({ me, downSince: ago(7), detail: 'conflict: CONFLICT' }),
    kk: /Адам керек/,
    ru: /Нужен человек/,
  },
} as const satisfies Record<string, { change: () => ChannelChange; kk: RegExp; ru: RegExp }>;

describe('the page of the number on WhatsApp', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let browser: Browser;
  let cookie: string;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    cookie = await site.signIn('admin');
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });
  const becomes = (state: keyof typeof states, change: ChannelChange = states[state].change()) =>
    site.store.channels.change('whatsapp-web', { state, since: ago(9), ...change }, [
      ...(
        [
          ...([
            'qr',
            'pairingCode',
            'detail',
            'downSince',
            'provenAt',
            'me',
            'alarmedAt',
            'request',
            'tested',
          ] as const),
          ...(['cause', 'codeRefusedAt', 'ownedAt', 'unreadChats'] as const),
        ] as const
      ).filter((name) => !(name in change)),
    ]);
  const page = async (): Promise<string> =>
    (await fetch(`${site.url}/staff/channel`, { headers: { cookie, 'accept-language': 'ru' } })).text();
  const asks = (form: Readonly<Record<string, string>>) =>
    site.post('/staff/channel', form, { cookie, 'accept-language': 'ru' });
  const request = async () => (await site.store.channels.find('whatsapp-web'))?.request;

  for (const [state, { kk, ru }] of Object.entries(states)) {
    it(`says “${state}” in both languages, for whoever looks and however`, async () => {
      await becomes(state as keyof typeof states);
      for (const [language, width, dark, words] of [
        ['kk', 390, true, kk],
        ['ru', 1100, false, ru],
      ] as const) {
        const shown = await site.page(browser, 'admin', { language, width, dark });
        await shown.goto(`${site.url}/staff/channel`);
        expect(await shown.$eval('h2', (title) => title.textContent)).to.match(words);
        expect(
          await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          'no sideways scroll',
        ).to.be.at.most(0);
        expect(await axeViolations(shown)).to.deep.equal([]);
        await shown.browserContext().close();
      }
    });
  }

  it('shows a connection without a fresh proof as none, whatever its dead owner wrote', async () => {
    await becomes('connected', { me, provenAt: ago(6) });
    expect(await page())
      .to.include('Подключается заново')
      .and.not.include('Отправить проверочное');
  });

  it('shows no code of a process that is dead', async () => {
    await becomes('waiting-for-scan', { qr: '2@simulated', ownedAt: ago(1) });
    expect(await page())
      .to.include('Остановлен')
      .and.not.include('<svg class="qr"');
    await becomes('waiting-for-scan', { qr: '2@simulated', ownedAt: new Date() });
    expect(await page()).to.include('Ждёт сканирования');
  });

  it('says what a person has to mend, which chats could not be read, and that no code was given', async () => {
    await becomes('needs-person', { cause: 'refused', detail: 'refused: TOS_BLOCK' });
    expect(await page()).to.include('не ограничен ли номер');
    await becomes('needs-person', { cause: 'conflict', detail: 'conflict: CONFLICT' });
    expect(await page()).to.include('открыт в другом браузере');
    await becomes('connected', { me, provenAt: new Date(), unreadChats: 2 });
    expect(await page()).to.include('не удалось прочитать 2 чата');
    await becomes('waiting-for-scan', { qr: '2@simulated', codeRefusedAt: new Date() });
    expect(await page()).to.include('WhatsApp не дал код');
  });

  it('leaves the number that is being typed alone when the next code comes', async () => {
    await becomes('waiting-for-scan', { qr: '2@first' });
    const shown = await site.page(browser, 'admin', { width: 1100 });
    await shown.goto(`${site.url}/staff/channel`);
    await shown.type('input[name=phone]', '+7 705 143');
    await becomes('waiting-for-scan', { qr: '2@second' });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await shown.type('input[name=phone]', ' 51 31');
    expect(await shown.$eval('input[name=phone]', (field) => (field as HTMLInputElement).value)).to.equal(
      '+7 705 143 51 31',
    );
    await shown.browserContext().close();
  });

  it('draws the code to scan, and shows the eight characters instead once they were asked for', async () => {
    await becomes('waiting-for-scan');
    expect(await page())
      .to.include('<svg')
      .and.include('QR-код для привязки');
    expect((await asks({ action: 'pair-by-phone', phone: '8 705 143-51-31' })).status).to.equal(303);
    expect(await request()).to.include({ kind: 'pair-by-phone', phone: '77051435131' });
    const wrong = await asks({ action: 'pair-by-phone', phone: '12345' });
    expect(wrong.status).to.equal(400);
    expect(await wrong.text()).to.include('не похож на телефонный');
    await becomes('waiting-for-scan', { qr: '2@simulated', pairingCode: 'ABCD1234' });
    expect(await page())
      .to.include('ABCD1234')
      .and.not.include('QR-код для привязки');
  });

  it('leaves a test message and, asked twice, a log-out for the process that holds the session', async () => {
    await becomes('connected');
    await asks({ action: 'test' });
    expect(await request()).to.include({ kind: 'test', words: 'Проверка связи службы «Naqty Aqparat».' });
    const shown = await site.page(browser, 'admin', { width: 1100 });
    await shown.goto(`${site.url}/staff/channel`);
    const clicks = (words: string) =>
      Promise.all([shown.waitForNavigation(), shown.locator(`::-p-text(${words})`).click()]);
    await clicks('Отвязать номер');
    expect(await shown.$eval('[role=alert]', (alert) => alert.textContent)).to.include('Отвязать?');
    await clicks('Отвязать номер');
    expect(await request()).to.include({ kind: 'log-out' });
    await shown.browserContext().close();
    const [last] = await site.audit.entries({ limit: 1 });
    expect(last).to.deep.include({ action: 'channel-asked', details: { asked: 'log-out' } });
  });

  it('tells every page of an outage that staff were told of', async () => {
    await becomes('reconnecting', { downSince: ago(7), alarmedAt: ago(2) });
    const inbox = await (
      await fetch(`${site.url}/staff/inbox`, { headers: { cookie, 'accept-language': 'ru' } })
    ).text();
    expect(inbox).to.include('WhatsApp не подключён с');
  });

  it('shows what would go out after an outage, and lets it with one press', async () => {
    await becomes('connected');
    const { conversationId, ticketId } = await seedTicket(site.store, { drafts: 1 });
    const [draft] = await site.store.outbox.drafts(conversationId);
    await site.store.transaction((session) =>
      site.store.outbox.move(draft?._id ?? '', { status: 'draft' }, { status: 'draft', late: true, ticketId }, session),
    );
    const shown = await site.page(browser, 'admin', { width: 390 });
    await shown.goto(`${site.url}/staff/channel`);
    expect(await shown.$eval('.rows', (rows) => rows.textContent)).to.include('Су жоқ болса,');
    await press(shown, 'button[value=release-late]');
    expect(await createLateAnswers({ store: site.store, clock: systemClock }).waiting()).to.deep.equal([]);
    expect((await site.store.outbox.find(draft?._id ?? ''))?.status).to.equal('queued');
    expect((await site.store.tickets.find(ticketId))?.status).to.equal('resolved');
    await shown.browserContext().close();
  });
});
