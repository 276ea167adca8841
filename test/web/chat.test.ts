/** The embedded channel through its front door: a real browser, real HTTP, the real door and the real database. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import type { MessageDocument } from '../../src/store/messages.js';
import { launchBrowser, openChat } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type Answer, type SmallChat, startSmallChat } from '../support/small-chat.js';

const plain = (text: string): Answer => ({ text, choices: [], asksLocation: false });
const answer = (message: MessageDocument): Answer | null => {
  if (message.kind === 'location') return plain(`Орын: ${message.location?.latitude} ${message.location?.longitude}`);
  if (message.kind === 'choice') return plain(`Таңдау: ${message.choiceId} ${message.text}`);
  if (message.text === 'үндеме') return null;
  if (message.text === 'таңдау') {
    return {
      text: '1. Бір\n2. Екі',
      choices: [
        { id: 'one', title: 'Бір' },
        { id: 'two', title: 'Екі' },
      ],
      asksLocation: false,
    };
  }
  if (message.text === 'қайда') return { text: 'Орныңызды жіберіңіз', choices: [], asksLocation: true };
  return plain(`Жауап: ${message.text}`);
};

describe('web chat', () => {
  let database: TestDatabase;
  let chat: SmallChat;
  let browser: Browser;
  let broken = false;
  before(async () => {
    database = await createTestDatabase();
    chat = await startSmallChat({ uri: database.uri, answer, broken: () => broken });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await chat?.stop();
    await database?.drop();
  });
  afterEach(() => {
    broken = false;
  });

  /** A browser without a page: keeps its cookie. */
  const visitor = async () => {
    const first = await fetch(`${chat.url}/chat`);
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const headers = { cookie, 'content-type': 'application/json', 'accept-language': 'ru' };
    const post = (body: unknown) =>
      fetch(`${chat.url}/chat/messages`, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const page = async () => (await fetch(`${chat.url}/chat`, { headers: { cookie } })).text();
    /** Reads the stream until `enough` of it came. */
    const listen = async (query: string, enough: (heard: string) => boolean, extra: Record<string, string> = {}) => {
      const abort = new AbortController();
      const response = await fetch(`${chat.url}/chat/events${query}`, {
        headers: { cookie, ...extra },
        signal: abort.signal,
      });
      const decoder = new TextDecoder();
      let heard = '';
      for await (const chunk of response.body ?? []) {
        heard += decoder.decode(chunk, { stream: true });
        if (enough(heard)) break;
      }
      abort.abort();
      return { heard, response };
    };
    return { cookie, first, post, page, listen };
  };
  const soon = async (holds: () => Promise<boolean>): Promise<void> => {
    for (const until = Date.now() + 10_000; !(await holds()); ) {
      if (Date.now() > until) throw new Error('It did not come about in ten seconds.');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };

  describe('page in a browser', () => {
    for (const language of ['kk', 'ru'] as const) {
      it(`answers, ticks and stays clean for screen readers (${language})`, async () => {
        const resident = await openChat(browser, chat.url, { language });
        expect(await resident.violations()).to.deep.equal([]);
        expect(await resident.says('сәлем *дос*')).to.equal('Жауап: сәлем дос');
        await resident.page.waitForSelector('.mine .ticks-read');
        expect(
          await resident.page.$$eval('.theirs strong', (found) => found.map((each) => each.textContent)),
        ).to.deep.equal(['дос']);
        expect(await resident.page.$eval('html', (html) => html.lang)).to.equal(language);
        expect(await resident.violations()).to.deep.equal([]);
        expect(resident.faults).to.deep.equal([]);
        await resident.close();
      });
    }

    it('reports what the resident saw, once, and nobody else can', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('оқылды ма');
      const key = await resident.page.$eval('.theirs', (entry) => (entry as HTMLElement).dataset.key ?? '');
      const reports = () =>
        chat.delivered.filter(({ externalId }) => `out-${externalId}` === key).map(({ state }) => state);
      await soon(async () => reports().length > 0);
      await resident.page.reload();
      await resident.says('тағы');
      expect(reports()).to.deep.equal(['read']);
      const { cookie } = await visitor();
      const headers = { cookie, 'content-type': 'application/json' };
      const body = JSON.stringify({ ids: [key.slice(4)] });
      expect((await fetch(`${chat.url}/chat/seen`, { method: 'POST', headers, body })).status).to.equal(204);
      expect(reports()).to.deep.equal(['read']);
      expect((await fetch(`${chat.url}/chat/seen`, { method: 'POST', headers, body: '{}' })).status).to.equal(400);
      await resident.close();
    });

    it('shows the typing mark while a message waits, and one tick', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.writes('үндеме');
      await resident.page.waitForSelector('#typing:not([hidden])');
      await resident.page.waitForSelector('.mine .ticks-sent');
      expect(await resident.page.$('.mine .ticks-read')).to.equal(null);
      await resident.close();
    });

    it('takes a tap, then puts the other choices away', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('таңдау');
      expect(await resident.taps('Екі')).to.equal('Таңдау: two Екі');
      const shown = await resident.page.$$eval(
        '.choices button',
        (found) => found.filter((each) => each.checkVisibility()).length,
      );
      expect(shown).to.equal(0);
      await resident.close();
    });

    it('shares a location by hand and by the browser', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('қайда');
      expect(await resident.shares(44.85, 65.51)).to.equal('Орын: 44.85 65.51');
      await resident.context.setPermission(chat.url, { permission: { name: 'geolocation' }, state: 'granted' });
      await resident.page.setGeolocation({ latitude: 45.5, longitude: 64.25 });
      await resident.page.click('#write [data-action=open-location]');
      expect(await resident.violations()).to.deep.equal([]);
      await resident.page.click('#use-position');
      expect(await resident.hears()).to.equal('Орын: 45.5 64.25');
      await resident.close();
    });

    it('never shows what was written as markup, and makes links', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('<img src=x onerror="document.title=1"> https://www.gov.kz/a?b=1&c=2.');
      expect(await resident.page.$('.words img')).to.equal(null);
      const links = await resident.page.$$eval('.theirs .words a', (found) =>
        found.map((each) => (each as HTMLAnchorElement).href),
      );
      expect(links).to.deep.equal(['https://www.gov.kz/a?b=1&c=2']);
      await resident.close();
    });

    it('hides an IIN as soon as the message is stored', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('менің ЖСН 900101300017');
      await resident.page.waitForSelector('.mine .ticks-read');
      expect(await resident.mine()).to.deep.equal(['менің ЖСН ••••']);
      expect(await resident.page.content()).not.to.include('900101300017');
      expect(await resident.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.to.include(
        '900101300017',
      );
      await resident.page.reload();
      expect(await resident.shown()).to.deep.equal(['менің ЖСН ••••', 'Жауап: менің ЖСН ⟨iin⟩']);
      await resident.close();
    });

    it('keeps what could not be sent over a reload and sends it once, in order', async () => {
      const resident = await openChat(browser, chat.url);
      broken = true;
      await resident.writes('бірінші');
      await resident.writes('екінші');
      await resident.page.waitForSelector('#notice:not([hidden])');
      await resident.page.reload();
      expect(await resident.mine()).to.deep.equal(['бірінші', 'екінші']);
      broken = false;
      await resident.page.waitForFunction(() => document.querySelectorAll('.mine .ticks-read').length === 2, {
        timeout: 15_000,
      });
      await resident.page.reload();
      expect(await resident.mine()).to.deep.equal(['бірінші', 'екінші']);
      expect((await resident.shown()).filter((text) => text.startsWith('Жауап'))).to.deep.equal([
        'Жауап: бірінші',
        'Жауап: екінші',
      ]);
      await resident.close();
    });

    it('catches up after the net was away', async () => {
      const resident = await openChat(browser, chat.url);
      await resident.says('бір');
      await resident.page.setOfflineMode(true);
      await resident.writes('жолда');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await resident.page.$$('.mine.waiting')).to.have.length(1);
      await resident.page.setOfflineMode(false);
      expect(await resident.hears()).to.equal('Жауап: жолда');
      expect(await resident.mine()).to.deep.equal(['бір', 'жолда']);
      await resident.close();
    });

    it('shows everything in every tab over one stream, and goes on when the first tab is closed', async () => {
      const resident = await openChat(browser, chat.url);
      const second = await resident.context.newPage();
      await second.goto(`${chat.url}/chat`);
      const inSecond = (selector: string) => second.$$eval(selector, (found) => found.length);
      await resident.page.bringToFront();
      await resident.says('екі бет');
      await soon(async () => (await inSecond('.theirs')) === 1 && (await inSecond('.mine .ticks-read')) === 1);
      await resident.page.close();
      await second.bringToFront();
      await second.type('#text', 'қалды');
      await second.keyboard.press('Enter');
      await soon(async () => (await inSecond('.theirs')) === 2);
      await resident.close();
    });

    it('works without script: form, redirect, page', async () => {
      const resident = await openChat(browser, chat.url, { javaScript: false });
      await resident.page.type('#text', 'скриптсіз');
      await Promise.all([resident.page.waitForNavigation(), resident.page.click('#write button[type=submit]')]);
      await soon(async () => (await (await resident.page.reload())?.text())?.includes('Жауап: скриптсіз') ?? false);
      await resident.close();
    });
  });

  describe('addresses', () => {
    it('gives each browser an identity that scripts and other sites cannot read', async () => {
      const { first } = await visitor();
      const cookie = first.headers.getSetCookie().find((line) => line.startsWith('naqty_chat=')) ?? '';
      expect(cookie)
        .to.match(/^naqty_chat=[0-9a-f]{32};/)
        .and.include('HttpOnly')
        .and.include('SameSite=Lax');
      expect(await chat.store.contacts.findByAlias({ channel: 'web', id: cookie.slice(11, 43) })).to.equal(null);
    });

    it('stores a message posted again only once, and keeps browsers apart', async () => {
      const [one, other] = [await visitor(), await visitor()];
      const message = { text: 'қайталау', clientId: 'same-id-1' };
      for (const response of await Promise.all([one.post(message), one.post(message), one.post(message)])) {
        expect(response.status).to.equal(200);
      }
      expect((await other.post(message)).status).to.equal(200);
      for (const { page } of [one, other]) {
        await soon(async () => (await page()).includes('Жауап: қайталау'));
        expect((await page()).match(/data-key="in-same-id-1"/g)).to.have.length(1);
        expect((await page()).match(/Жауап: қайталау/g)).to.have.length(1);
      }
    });

    const refusals: readonly (readonly [string, unknown, number])[] = [
      ['an empty text', { text: '  \n' }, 400],
      ['no text', {}, 400],
      ['broken JSON', '{"text": ', 400],
      ['a text of another type', { text: 5 }, 400],
      ['4,097 characters', { text: 'ә'.repeat(4097) }, 422],
      ['a body of 70 KB', { text: 'x'.repeat(70_000) }, 413],
      ['a place off the globe', { latitude: 91, longitude: 10 }, 422],
      ['half a place', { latitude: 44 }, 422],
      ['words for a place', { location: 'Қызылорда' }, 422],
      ['a choice never offered', { choiceId: 'nothing' }, 422],
      ['a wrong client id', { text: 'x', clientId: '../..' }, 400],
    ];
    for (const [what, body, status] of refusals) {
      it(`refuses ${what} with ${status} and a sentence`, async () => {
        const response = await (await visitor()).post(body);
        expect(response.status).to.equal(status);
        const { error } = (await response.json()) as { error: string };
        expect(error).to.match(/^[А-Я][^{}<>]+\.$/);
      });
    }

    it('takes 4,096 characters and coordinates in each usual way', async () => {
      const { post } = await visitor();
      expect((await post({ text: '😷'.repeat(4096) })).status).to.equal(200);
      for (const location of ['44.85, 65.51', '44.85 65.51', '44,85; 65,51', '44,85 65,51', ' -1.5,2 ']) {
        expect((await post({ location })).status, location).to.equal(200);
      }
    });

    it('refuses a post that another site made', async () => {
      const { cookie } = await visitor();
      const response = await fetch(`${chat.url}/chat/messages`, {
        method: 'POST',
        headers: { cookie, 'sec-fetch-site': 'cross-site' },
        body: new URLSearchParams({ text: 'x' }),
      });
      expect(response.status).to.equal(403);
    });

    it('says 503 when nothing was stored, and gives a plain form its text back', async () => {
      const { post, cookie } = await visitor();
      broken = true;
      expect((await post({ text: 'сақта' })).status).to.equal(503);
      const form = await fetch(`${chat.url}/chat/messages`, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ text: 'жоғалмасын' }),
      });
      expect(form.status).to.equal(503);
      expect(await form.text())
        .to.match(/<textarea[^>]*>жоғалмасын<\/textarea>/)
        .and.not.include('at ');
    });

    it('sends a coming-back stream everything after its last event, and nothing to a stranger', async () => {
      const { post, listen } = await visitor();
      const before = await listen('?after=1', (heard) => heard.includes('event: ready'));
      expect(before.response.headers.get('content-type')).to.include('text/event-stream');
      expect(before.heard).not.to.include('event: bubble');
      await post({ text: 'кеткенде' });
      const id = /id: (\d+)/.exec(before.heard)?.[1] ?? '';
      const { heard } = await listen('', (so) => so.includes('Жауап: кеткенде') && so.includes('ticks-read'), {
        'last-event-id': id,
      });
      expect(heard).to.include('кеткенде').and.include('ticks-read');
      expect((await fetch(`${chat.url}/chat/events`)).status).to.equal(403);
      const other = await (await visitor()).listen('?after=1', (so) => so.includes('event: ready'));
      expect(other.heard).not.to.include('event: bubble');
    });
  });

  describe('server', () => {
    it('sets a strict policy and shows no stack', async () => {
      const page = await fetch(`${chat.url}/chat`);
      expect(page.headers.get('content-security-policy')).to.include("script-src 'self'").and.not.include('unsafe');
      expect(page.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(await page.text()).not.to.match(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
      const missing = await fetch(`${chat.url}/nothing`, { headers: { accept: 'text/html', 'accept-language': 'ru' } });
      expect(missing.status).to.equal(404);
      expect(await missing.text()).to.include('Такой страницы нет.');
      expect((await fetch(`${chat.url}/%E0%A4%A`)).status).to.be.within(400, 499);
    });

    it('answers health checks, redirects to the chat and revalidates assets', async () => {
      expect((await fetch(`${chat.url}/healthz`)).status).to.equal(200);
      expect(await (await fetch(`${chat.url}/readyz`)).json()).to.deep.equal({
        ready: true,
        parts: { database: 'ok' },
      });
      const home = await fetch(chat.url, { redirect: 'manual' });
      expect([home.status, home.headers.get('location')]).to.deep.equal([302, '/chat']);
      const asset = await fetch(`${chat.url}/assets/chat.js`);
      const again = await fetch(`${chat.url}/assets/chat.js`, {
        headers: { 'if-none-match': asset.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
      });
      expect([asset.status, again.status]).to.deep.equal([200, 304]);
    });

    it('stops at once though a stream is open', async () => {
      const own = await createTestDatabase();
      const short = await startSmallChat({ uri: own.uri, answer });
      const page = await fetch(`${short.url}/chat`);
      const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const stream = await fetch(`${short.url}/chat/events`, { headers: { cookie } });
      const reader = (stream.body ?? new ReadableStream()).getReader();
      const heard: string[] = [];
      while (!heard.join('').includes('event: ready')) {
        heard.push(new TextDecoder().decode((await reader.read()).value));
      }
      const started = Date.now();
      await short.stop();
      expect((await reader.read()).done).to.equal(true);
      await own.drop();
      expect(Date.now() - started).to.be.below(2000);
    });
  });
});

describe('web chat as a channel', () => {
  let database: TestDatabase;
  let chat: SmallChat;
  before(async () => {
    database = await createTestDatabase();
    chat = await startSmallChat({ uri: database.uri, answer: () => null });
  });
  after(async () => {
    await chat?.stop();
    await database?.drop();
  });

  it('never dedupes a row sent twice, and tells whether one left', async () => {
    const to = { channel: 'web', id: 'somebody' } as const;
    const message = { id: 'row-1', ...plain('бір') };
    expect(await chat.transport.lookup(to, 'row-1')).to.deep.equal({ kind: 'not-sent' });
    const sent = await chat.transport.send(to, message);
    await chat.transport.send(to, message);
    expect(await chat.store.webMessages.latest('somebody', 10)).to.have.length(2);
    expect(sent.kind).to.equal('accepted');
    expect((await chat.transport.lookup(to, 'row-1')).kind).to.equal('sent');
    expect(await chat.transport.lookup({ channel: 'web', id: 'other' }, 'row-1')).to.deep.equal({ kind: 'not-sent' });
  });
});
