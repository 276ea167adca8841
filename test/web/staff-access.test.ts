/** Who gets into the staff pages, and how far: by real HTTP, with the real sign-in. */
import { expect } from 'chai';
import express from 'express';
import { type Role, roles } from '../../src/web/identity/roles.js';
import { access, mayPass, named } from '../../src/web/staff/access.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('access to the staff pages', function () {
  this.timeout(240_000);
  let site: StaffSite;
  const cookies = new Map<Role, string>();
  before(async () => {
    site = await startStaffSite();
    for (const role of roles) cookies.set(role, await site.signIn(role));
  });
  after(() => site?.stop());

  it('lets each role pass where the table says so, and nobody past a route without a rule', async () => {
    const { url, routes } = site;
    const known = routes.stack.flatMap((layer) =>
      layer.route ? layer.route.stack.map((handler) => `${handler.method.toUpperCase()} ${layer.route?.path}`) : [],
    );
    expect(new Set(known)).to.deep.equal(new Set(Object.keys(access)));
    const refused: string[] = [];
    for (const key of known) {
      const [method = '', path = ''] = key.split(' ');
      if (key === 'GET /events' || key === 'POST /sign-out') continue;
      for (const role of roles) {
        const response = await fetch(`${url}/staff${path.replaceAll(/:\w+/g, 'none')}`, {
          method,
          redirect: 'manual',
          headers: { origin: url, cookie: cookies.get(role) ?? '' },
          ...(method === 'POST' ? { body: new URLSearchParams() } : {}),
        });
        expect(response.status === 403, `${key} for ${role}`).to.equal(!mayPass(access[key], role));
        expect(response.status, `${key} for ${role}`).to.be.lessThan(500);
        if (response.status === 403) refused.push(`${key} ${role}`);
      }
    }
    expect(refused).to.include('GET /articles specialist').and.to.include('GET /inbox editor');
    const unknown = await fetch(`${url}/staff/nowhere`, { headers: { cookie: cookies.get('admin') ?? '' } });
    expect(unknown.status).to.equal(403);
  });

  it('lets a specialist read and touch only what belongs to their queues, by whatever address', async () => {
    const { url, store, identity } = site;
    const { id } = await identity.createStaff({
      email: 'health@test.kz',
      name: 'Health',
      role: 'specialist',
      password: site.password,
    });
    await site.queues.assign(id, ['health'], 'test');
    const foreign = await seedTicket(store, { drafts: 1, text: 'Құпия сөйлем' });
    const [draftId = ''] = foreign.draftIds;
    await store.outbox.move(draftId, { status: 'draft' }, { status: 'uncertain' });
    const signedIn = await site.post('/staff/sign-in', { email: 'health@test.kz', password: site.password });
    const outsider = signedIn.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    const [fileId = ''] = foreign.messageIds;
    const later = new Date(Date.now() + 3_600_000);
    await store.transaction((session) =>
      store.files.insert(session, {
        _id: fileId,
        conversationId: foreign.conversationId,
        channel: 'web',
        ref: 'none',
        mimeType: 'image/png',
        status: 'gone',
        attempts: 0,
        nextAttemptAt: later,
        receivedAt: later,
        expiresAt: later,
      }),
    );
    const groupReply = 'group-reply-of-another-queue';
    await store.groupReplies.begin({
      ...{ _id: groupReply, staffId: 'lead', at: later, dueAt: later, texts: { kk: 'Құпия жауап' }, closes: false },
      ...{ seed: foreign.ticketId, tickets: [foreign.ticketId], parts: [], finished: true, restored: [] },
    });
    const ids = {
      ticket: foreign.ticketId,
      conversation: foreign.conversationId,
      outgoing: draftId,
      file: fileId,
      'group-reply': groupReply,
    };
    const open = Object.entries(access).filter(([key, allowed]) => key.includes(':') && mayPass(allowed, 'specialist'));
    expect(
      open.map(([key]) => key).filter((key) => named[key] === undefined),
      'routes that do not say what they name',
    ).to.deep.equal([]);
    const ask = (key: string, subject: string, cookie: string) => {
      const [method = '', path = ''] = key.split(' ');
      const address = path.replace(/:\w+/, subject).replace(/:\w+/, draftId);
      return fetch(`${url}/staff${address}`, {
        method,
        redirect: 'manual',
        headers: { origin: url, cookie },
        ...(method === 'POST' ? { body: new URLSearchParams() } : {}),
      });
    };
    const tried: string[] = [];
    for (const [key, subject] of Object.entries(named)) {
      if (subject === 'nothing') continue;
      const encoded = [...ids[subject]].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
      for (const address of [ids[subject], encoded]) {
        const refused = await ask(key, address, outsider);
        expect(refused.status, `${key} of another queue`).to.equal(403);
        expect(await refused.text()).to.not.include('Құпия');
      }
      expect((await ask(key, ids[subject], cookies.get('lead') ?? '')).status, `${key} for a lead`).to.not.equal(403);
      tried.push(key);
    }
    expect(tried).to.include.members(['GET /tickets/:id', 'POST /undelivered/:id', 'GET /files/:id']);
    // Pages that list show nothing of it either.
    for (const path of [
      '/inbox',
      '/inbox?queue=utilities',
      `/inbox?q=${foreign.receipt}`,
      '/inbox?q=Құпия',
      '/undelivered',
    ]) {
      const page = await (await fetch(`${url}/staff${path}`, { headers: { cookie: outsider } })).text();
      expect(page, path).to.not.include('Құпия сөйлем').and.not.include(foreign.ticketId);
    }
    // In the conversation of a resident who also has a question of the reader's own queue, what is not theirs stays out.
    const own = await seedTicket(store, {
      conversationId: foreign.conversationId,
      queue: 'health',
      text: 'Дәрігер керек',
    });
    const page = await (await ask('GET /tickets/:id', own.ticketId, outsider)).text();
    expect(page).to.include('Дәрігер керек').and.not.include('Құпия').and.not.include(foreign.receipt);
    const views = await site.store.audit.find({ action: 'conversation-viewed', limit: 10 });
    expect(views.filter((view) => view.by === id).map((view) => view.subject)).to.deep.equal([
      `conversation:${foreign.conversationId}`,
    ]);
  });

  it('refuses a wrong password and a form of another site, each with a sentence', async () => {
    const wrong = await site.trySignIn('admin', 'wrong-password');
    expect(wrong.status).to.equal(401);
    expect(await wrong.text()).to.include('role="alert"');
    const cookie = cookies.get('admin') ?? '';
    const form = { mode: 'inbox', confirmed: 'yes' };
    const foreign = await site.post('/staff/mode', form, { cookie, origin: 'https://evil.example' });
    expect(foreign.status).to.equal(403);
    expect((await site.post('/staff/mode', { mode: 'inbox' }, { cookie })).status).to.equal(400);
    expect(await site.store.settings.mode()).to.equal('answers');
    expect((await fetch(`${site.url}/staff/inbox`, { redirect: 'manual' })).status).to.equal(303);
  });

  it('lets nobody make an account for themselves: not on the site, and not by the library’s own endpoint', async () => {
    const before = await site.identity.everyone();
    const body = JSON.stringify({ email: 'me@test.kz', name: 'Me', password: site.password, role: 'admin' });
    const signUp = (address: string) =>
      fetch(`${address}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: site.identity.baseUrl },
        body,
      });
    expect((await signUp(site.url)).status).to.equal(404);
    const server = express().use('/api/auth', site.identity.handler).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const refused = await signUp(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      expect(refused.status).to.equal(400);
      expect(await refused.json()).to.include({ code: 'EMAIL_PASSWORD_SIGN_UP_DISABLED' });
    } finally {
      server.close();
    }
    expect(await site.identity.everyone()).to.deep.equal(before);
  });
});
