/** People: in by a one-time link, out by an admin, with a second factor and a lock on guessing; by real HTTP. */
import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { failuresBeforeLock } from '../../src/web/identity/lockout.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

/** A code as an authenticator app makes it (RFC 6238: SHA-1, thirty seconds, six digits). */
const totp = (base32: string, at: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

describe('people on the staff pages', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let admin: string;
  before(async () => {
    site = await startStaffSite();
    admin = await site.signIn('admin');
  });
  after(() => site?.stop());

  const cookiesOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  const signIn = (email: string, password: string) => site.post('/staff/sign-in', { email, password });
  const read = async (path: string, cookie: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${site.url}/staff${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  };
  const linkIn = (page: string): string => /\/staff\/invitations\/[\w-]+/.exec(page)?.[0] ?? '';

  it('come in by a link that works once, with their role and queues', async () => {
    const form = { name: 'Айгүл', email: 'Aigul@test.kz', role: 'specialist', queues: 'health' };
    const made = await site.post('/staff/people', form, { cookie: admin });
    const link = linkIn(await made.text());
    expect(link).to.not.equal('');
    expect((await site.post('/staff/people', form, { cookie: await site.signIn('lead') })).status).to.equal(403);
    const stored = JSON.stringify(await site.connection.collection('staff_invitations').find().toArray());
    expect(stored).to.not.include(link.split('/').at(-1));
    expect((await site.post(link, { password: 'short' })).status).to.equal(422);
    const accepted = await Promise.all([1, 2].map(() => site.post(link, { password: 'long-enough-word' })));
    expect(accepted.map(({ status }) => status).sort()).to.deep.equal([303, 404]);
    expect((await site.post(link, { password: 'long-enough-word' })).status).to.equal(404);
    const cookie = cookiesOf(await signIn('aigul@test.kz', 'long-enough-word'));
    expect((await read('/inbox', cookie)).status).to.equal(200);
    const member = (await site.identity.everyone()).find(({ email }) => email === 'aigul@test.kz');
    expect(await site.queues.ofMember(member?.id ?? '')).to.deep.equal(['health']);
    expect((await site.post('/staff/people', form, { cookie: admin })).status).to.equal(409);
    // The admin closes the way in: what is open ends with the next request.
    const path = `/staff/people/${member?.id}`;
    expect((await site.post(path, { verdict: 'disable' }, { cookie: admin })).status).to.equal(303);
    expect((await read('/inbox', cookie)).status).to.equal(303);
    expect((await signIn('aigul@test.kz', 'long-enough-word')).status).to.equal(401);
    await site.post(path, { verdict: 'enable' }, { cookie: admin });
    const renewed = linkIn(await (await site.post(path, { verdict: 'renew' }, { cookie: admin })).text());
    expect((await site.post(renewed, { password: 'another-long-word' })).status).to.equal(303);
    expect((await signIn('aigul@test.kz', 'another-long-word')).status).to.equal(303);
  });

  it('see their sessions and end one, which is out with its next request', async () => {
    const [here, there] = [await site.signIn('editor'), await site.signIn('editor')];
    const { text } = await read('/account', here);
    const [session = ''] = [...text.matchAll(/name="session" value="([^"]+)"/g)].map((found) => found[1] ?? '');
    expect((await site.post('/staff/account/sessions', { session }, { cookie: here })).status).to.equal(303);
    expect((await read('/articles', there)).status).to.equal(303);
    expect((await read('/articles', here)).status).to.equal(200);
  });

  it('are asked for a code once they have a second factor; a backup code is good once', async () => {
    const cookie = await site.signIn('officer');
    const factor = '/staff/account/second-factor';
    const wrong = await site.post(factor, { verdict: 'start', password: 'not-the-password' }, { cookie });
    expect(wrong.status).to.equal(401);
    const started = await site.post(factor, { verdict: 'start', password: site.password }, { cookie });
    const page = await started.text();
    expect(page).to.include('<svg');
    const codes = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map((found) => found[1] ?? '');
    const [secret = '', backup = ''] = codes;
    const code = totp(secret, Date.now());
    expect((await site.post(factor, { verdict: 'confirm', code }, { cookie })).status).to.equal(303);

    const half = await site.trySignIn('officer');
    expect(half.headers.get('location')).to.include('/staff/sign-in/code');
    const halfCookie = cookiesOf(half);
    expect((await read('/audit', halfCookie)).status, 'a password alone opens nothing').to.equal(303);
    const refused = await site.post('/staff/sign-in/code', { code: '000000' }, { cookie: halfCookie });
    expect(refused.status).to.equal(401);
    const whole = await site.post('/staff/sign-in/code', { code: totp(secret, Date.now()) }, { cookie: halfCookie });
    expect(whole.status).to.equal(303);
    expect((await read('/audit', cookiesOf(whole))).status).to.equal(200);
    const withBackup = async () =>
      site.post('/staff/sign-in/code', { code: backup }, { cookie: cookiesOf(await site.trySignIn('officer')) });
    expect((await withBackup()).status).to.equal(303);
    expect((await withBackup()).status).to.not.equal(303);
  });

  it('are locked out after wrong passwords, whether the account exists or not, also with the right one', async () => {
    for (const email of ['lead@test.kz', 'nobody@test.kz']) {
      for (let attempt = 0; attempt < failuresBeforeLock; attempt += 1) {
        expect((await signIn(email, 'wrong-password-here')).status).to.equal(401);
      }
      expect((await signIn(email, site.password)).status, email).to.equal(423);
    }
  });
});
