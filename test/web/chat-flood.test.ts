/** How much one browser and one address may post in a minute: by real HTTP and in a real browser, with a clock that is moved. */
import { expect } from 'chai';
import { createFloodLimit, floodLimits, networkOf } from '../../src/web/chat/flood-limit.js';
import { closePages, openBrowser, openChat } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { answer } from '../support/small-answers.js';
import { type SmallChat, startSmallChat } from '../support/small-chat.js';
import { visitChat } from '../support/visitor.js';

const { ofBrowser, ofAddress, windowMs } = floodLimits;

describe('a flood of messages', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let chat: SmallChat;
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  before(async () => {
    database = await createTestDatabase();
    chat = await startSmallChat({ uri: database.uri, answer, clock, trustedProxies: 1 });
  });
  after(async () => {
    await chat?.stop();
    await database?.drop();
  });
  beforeEach(() => {
    ahead += 2 * windowMs;
  });

  const send = (body: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
    fetch(`${chat.url}/chat/messages`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(body),
    });

  it('is stopped for its browser with the time to wait, in the resident’s language, and goes on after it', async () => {
    const [one, other] = [await visitChat(chat.url), await visitChat(chat.url)];
    for (let sent = 1; sent <= ofBrowser; sent += 1) {
      expect((await one.post({ text: `хабар ${sent}` })).status, `message ${sent}`).to.equal(200);
    }
    const refused = await one.post({ text: 'артық' });
    expect(refused.status).to.equal(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).to.be.within(1, windowMs / 1000);
    const { error } = (await refused.json()) as { error: string };
    expect(error).to.match(
      new RegExp(`^Сообщений слишком много\\. Отправьте ещё раз через ${seconds} секунд[уы]?\\.$`),
    );
    const form = await send({ text: 'жоғалмасын <b>' }, { cookie: `${one.cookie}; naqty_language=kk` });
    expect(form.status).to.equal(429);
    expect(await form.text())
      .to.match(/<textarea[^>]*>жоғалмасын &lt;b><\/textarea>/)
      .and.match(/Хабарлама тым көп\. \d+ секундтан кейін қайта жіберіңіз\./);
    const place = await send({ location: 'Қызылорда' }, { cookie: one.cookie });
    expect(await place.text()).to.match(/<input[^>]*name="location"[^>]*value="Қызылорда"/);
    expect((await other.post({ text: 'басқа адам' })).status).to.equal(200);
    expect(await one.page()).not.to.include('артық');

    ahead += seconds * 1000;
    expect((await one.post({ text: 'жалғасы' })).status).to.equal(200);
    expect(await one.page()).to.include('жалғасы');
  });

  it('is stopped for its address though each message comes as a new browser, and for that address alone', async () => {
    // What cannot be a message costs a turn too, and nothing else.
    const from = (address: string) => send({}, { 'x-forwarded-for': address });
    for (let sent = 1; sent <= ofAddress; sent += 1) await from('203.0.113.7');
    expect((await from('203.0.113.7')).status).to.equal(429);
    expect((await from('203.0.113.8')).status).to.equal(400);
    // Only the proxy's own word counts, not what the client wrote before it.
    expect((await from('198.51.100.1, 203.0.113.7')).status).to.equal(429);
    ahead += windowMs;
    expect((await from('203.0.113.7')).status).to.equal(400);
  });

  it('gives the resident back what was typed, in order and before what is typed meanwhile', async () => {
    const browser = await openBrowser();
    try {
      const resident = await openChat(browser, chat.url, { language: 'ru' });
      await resident.says('первое');
      const cookie = (await resident.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      for (let sent = 1; sent < ofBrowser; sent += 1) await send({}, { cookie });
      // Both before the first one's answer, as on a slow line.
      await resident.page.$eval('#text', (box) => {
        for (const text of ['второе', 'третье']) {
          (box as HTMLTextAreaElement).value = text;
          (box as HTMLTextAreaElement).form?.requestSubmit();
        }
        (box as HTMLTextAreaElement).value = 'недописанное';
      });
      await resident.page.waitForSelector('#notice:not([hidden])');
      await resident.page.waitForFunction(() => document.querySelectorAll('.mine').length === 1);
      const typed = () => resident.page.$eval('#text', (box) => (box as HTMLTextAreaElement).value);
      expect(await typed()).to.equal('второе\nтретье\nнедописанное');
      expect(await resident.page.$eval('#notice', (notice) => notice.textContent)).to.match(/через \d+ секунд/);
      expect(await resident.violations()).to.deep.equal([]);
      await resident.page.reload();
      expect(await typed()).to.equal('второе\nтретье\nнедописанное');
      ahead += windowMs;
      await resident.page.click('#write button[type=submit]');
      await resident.hears();
      expect(await resident.mine()).to.deep.equal(['первое', 'второе\nтретье\nнедописанное']);
      expect(resident.faults.filter((fault) => !fault.includes('429'))).to.deep.equal([]);
    } finally {
      await closePages(browser);
    }
  });

  it('leaves nothing behind of who was silent for a minute', () => {
    let now = 0;
    const flood = createFloodLimit({ now: () => new Date(now) });
    for (let each = 0; each < 50; each += 1) flood.take(`browser-${each}`, `203.0.113.${each}`);
    expect(flood.size()).to.equal(100);
    now += windowMs;
    expect(flood.take('one', '203.0.113.1')).to.equal(0);
    expect(flood.size()).to.equal(2);
  });

  it('counts a home’s whole IPv6 network as one address', () => {
    expect(networkOf('203.0.113.7')).to.equal('203.0.113.7');
    expect(networkOf('::ffff:203.0.113.7')).to.equal('203.0.113.7');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2');
    expect(networkOf('2001:db8:1:2::9')).to.equal('2001:db8:1:2');
    expect(networkOf('2001:db8::9')).to.equal('2001:db8:0:0');
    expect(networkOf('::1')).to.equal('0:0:0:0');
  });
});
