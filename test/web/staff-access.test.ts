/** Who gets into the staff pages, and how far: by real HTTP, with the real sign-in. */
import { expect } from 'chai';
import express from 'express';
import { type Role, roles } from '../../src/web/identity/roles.js';
import { access, mayPass } from '../../src/web/staff/access.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('access to the staff pages', function () {
  this.timeout(40_000);
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
