/** The audit log: what staff do is told there, without numbers of people, and nothing of it can be changed. */
import { expect } from 'chai';
import { createAudit } from '../../src/facts/audit/audit.js';
import { createAuditRows } from '../../src/store/audit.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('the audit log', function () {
  this.timeout(240_000);
  let site: StaffSite;
  let cookie: string;
  before(async () => {
    site = await startStaffSite();
    cookie = await site.signIn('admin');
  });
  after(() => site?.stop());
  const page = async (path: string): Promise<string> =>
    (await fetch(`${site.url}${path}`, { headers: { cookie, 'accept-language': 'ru' } })).text();

  it('tells who switched the bot, and when', async () => {
    await site.post('/staff/mode', { mode: 'drafts', confirmed: 'yes' }, { cookie });
    const told = await page('/staff/audit');
    expect(told).to.include('Переключён режим бота').and.to.include('Test admin').and.to.include('mode: drafts');
    await site.post('/staff/mode', { mode: 'answers', confirmed: 'yes' }, { cookie });
  });

  it('keeps no IIN that somebody wrote as a reason, and ends with its term', async () => {
    await site.audit.record({ by: 'command', action: 'mode-switched', reason: 'сверка 770727499661, апелляция' });
    const [entry] = await site.audit.entries({ limit: 1 });
    expect(entry?.reason).to.equal('сверка ••••, апелляция');
    expect(entry && entry.expiresAt.getTime() - entry.at.getTime()).to.equal(1095 * 86_400_000);
  });

  it('is read page by page, the latest first, also where many entries have one time', async () => {
    const at = new Date('2030-01-01T00:00:00Z');
    let made = 0;
    const audit = createAudit({
      store: site.store,
      clock: { now: () => at },
      newId: () => `same-time-${String(made++).padStart(3, '0')}`,
      mask: (text) => text,
      keptDays: 1,
    });
    for (let number = 0; number < 150; number += 1) await audit.record({ by: 'system', action: 'mode-switched' });
    const seen: string[] = [];
    let before: { at: Date; id: string } | undefined;
    for (;;) {
      const entries = await audit.entries({ limit: 40, ...(before ? { before } : {}) });
      seen.push(...entries.map(({ _id }) => _id).filter((id) => id.startsWith('same-time')));
      const last = entries.at(-1);
      if (entries.length < 40 || !last) break;
      before = { at: last.at, id: last._id };
    }
    expect(seen).to.have.length(150);
    expect(new Set(seen).size).to.equal(150);
    const first = await page('/staff/audit?action=mode-switched');
    const older = /href="(\/staff\/audit\?[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(older).to.include('id=same-time-');
    expect(await page(older)).to.include('mode: drafts');
  });

  it('gives nobody a way to change or remove an entry', () => {
    expect(Object.keys(createAuditRows(site.connection)).sort()).to.deep.equal(['append', 'find', 'models']);
    expect(Object.keys(site.audit).sort()).to.deep.equal(['entries', 'record']);
  });
});
