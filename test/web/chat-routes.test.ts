/** The embedded channel's addresses, server and transport: real HTTP, the real door and the real database. */
import { expect } from 'chai';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { answer, plain } from '../support/small-answers.js';
import { type SmallChat, startSmallChat } from '../support/small-chat.js';
import { soon, visitChat } from '../support/visitor.js';

describe('web chat by HTTP', () => {
  let database: TestDatabase;
  let chat: SmallChat;
  let broken = false;
  before(async () => {
    database = await createTestDatabase();
    chat = await startSmallChat({ uri: database.uri, answer, broken: () => broken });
  });
  after(async () => {
    await chat?.stop();
    await database?.drop();
  });
  afterEach(() => {
    broken = false;
  });

  const visitor = () => visitChat(chat.url);

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
    const message = { id: 'row-1', ...plain('бір'), form: 'text', language: 'kk' } as const;
    expect(await chat.transport.lookup(to, 'row-1')).to.deep.equal({ kind: 'not-sent' });
    const sent = await chat.transport.send(to, message);
    await chat.transport.send(to, message);
    expect(await chat.store.webMessages.latest('somebody', 10)).to.have.length(2);
    expect(sent.kind).to.equal('accepted');
    expect((await chat.transport.lookup(to, 'row-1')).kind).to.equal('sent');
    expect(await chat.transport.lookup({ channel: 'web', id: 'other' }, 'row-1')).to.deep.equal({ kind: 'not-sent' });
  });
});
