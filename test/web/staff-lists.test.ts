/** Lists on the staff pages: uploaded, told their columns once, read, applied, gone back from; and nothing of a file stays. */
import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { Browser } from 'puppeteer-core';
import { createSealedFiles } from '../../src/facts/lists/sealed-files.js';
import { createListJobs } from '../../src/jobs/list-jobs.js';
import { brokenList, iinOf } from '../facts/lists/files.js';
import { axeViolations, closePages, openBrowser } from '../support/browser.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';
import { soon } from '../support/visitor.js';

describe('lists on the staff pages', function () {
  this.timeout(180_000);
  let site: StaffSite;
  let cookie: string;
  let browser: Browser;
  before(async () => {
    site = await startStaffSite();
    cookie = await site.signIn('editor');
    browser = await openBrowser();
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  const headers = () => ({ cookie, origin: site.url, 'accept-language': 'ru' });
  const upload = async (bytes: Buffer | string, name = 'list.csv', programme = 'pay-42500') => {
    const form = new FormData();
    form.set('programme', programme);
    form.set('asOf', '2020-04-24');
    form.set('file', new Blob([Buffer.from(bytes as Buffer)]), name);
    const response = await fetch(`${site.url}/staff/lists`, {
      method: 'POST',
      body: form,
      headers: headers(),
      redirect: 'manual',
    });
    return { status: response.status, location: response.headers.get('location') ?? '', page: await response.text() };
  };
  const get = async (path: string): Promise<string> =>
    (await fetch(`${site.url}${path}`, { headers: headers() })).text();
  const post = async (path: string, form: Readonly<Record<string, string>>) => {
    const response = await site.post(path, form, headers());
    return { status: response.status, location: response.headers.get('location') ?? '', page: await response.text() };
  };
  const settled = async (location: string): Promise<string> => {
    let page = '';
    await soon(async () => {
      page = await get(location);
      return !page.includes('>читается<');
    });
    return page;
  };
  const left = (): Promise<string[]> => readdir(site.uploads);
  const rowsInForce = async () => (await site.lists.inForce()).find(({ _id }) => _id === 'pay-42500')?.rows;

  it('shows what a file would do, puts it in force on a word, and goes back on another', async () => {
    const { status, location } = await upload(await brokenList());
    expect(status).to.equal(303);
    const page = await settled(location);
    expect(page).to.include('К загрузке: 2. Повторы: 1. Противоречия: 2. С ошибками: 15.');
    expect(page).to.include('контрольная цифра не сходится').and.to.include('столбцов 8/7');
    expect(page, 'no number of a person').not.to.match(/(?<![\da-f-])\d{11,12}(?![\da-f])/);
    const before = await rowsInForce();
    expect((await post(location, { verdict: 'apply' })).status).to.equal(303);
    expect(await rowsInForce()).to.equal(1);
    // The file was of two programmes: that both go back is told before it is done.
    const offer = (await get('/staff/lists')).replace(/\s+/gu, ' ');
    expect(offer).to.include('Этот файл ввели сразу для нескольких программ');
    expect(offer).to.match(/«Біз біргеміз» 50 000 ₸: по состоянию на \d/);
    expect((await post('/staff/lists-back', { programme: 'pay-42500' })).status, 'unconfirmed').to.equal(400);
    expect((await post('/staff/lists-back', { programme: 'pay-42500', confirmed: 'yes' })).status).to.equal(303);
    expect(await rowsInForce()).to.equal(before);
    expect((await site.lists.inForce()).map(({ sample }) => sample)).to.deep.equal([true, true, true]);
    expect((await post(location, { verdict: 'apply' })).status, 'no longer checked').to.equal(409);
    expect(await get('/staff/lists')).to.include('отозван');
  });

  it('gives what was not loaded as a file that runs nothing and names nobody', async () => {
    const rows = [`${iinOf(1)},paid,=1+1,2020-04-16`, `770727499662,@SUM(A1),42500,2020-04-16`];
    const { location } = await upload(['iin,status,amount,date', ...rows].join('\n'));
    await settled(location);
    const file = await get(`${location}/faults`);
    expect(file.replace('\ufeff', '').split('\r\n')).to.deep.equal([
      '"строка";"столбец";"причина"',
      '"2";"amount";"формула вместо значения"',
      '"3";"iin";"контрольная цифра не сходится"',
      '"3";"status";"неизвестный статус: @SUM(A1)"',
      '',
    ]);
    expect(file).not.to.match(/\d{11}/);
  });

  it('asks for columns once, in a file of another encoding and header, and remembers them', async () => {
    const bytes = iconv.encode(`Номер человека;Итог\r\n${iinOf(5)};выплачено\r\n`, 'win1251');
    const asked = await upload(bytes, 'апрель.csv');
    expect(asked.status).to.equal(200);
    const action = /action="(\/staff\/list-columns\/[^"]+)"/.exec(asked.page)?.[1] ?? '';
    expect(asked.page).to.include('Номер человека</option>');
    expect(await left(), 'the file waits').to.have.length(1);
    const told = { fileName: 'апрель.csv', programme: 'pay-42500', asOf: '2020-04-24' };
    const poor = await post(action, { ...told, iin: 'Номер человека' });
    expect(poor.status).to.equal(422);
    expect(poor.page).to.include('нужны хотя бы ИИН и статус');
    const { status, location } = await post(action, { ...told, iin: 'Номер человека', statusColumn: 'Итог' });
    expect(status).to.equal(303);
    expect(await settled(location)).to.include('К загрузке: 1.');
    expect(await settled((await upload(bytes)).location)).to.include('К загрузке: 1.');
  });

  it('keeps nothing of a file: not while it waits in clear, and not once it was read, refused or too large', async () => {
    await soon(async () => (await left()).length === 0);
    expect((await upload('%PDF-1.7 of something')).page).to.include('Это не таблица');
    expect((await upload('')).page).to.include('Файл пустой');
    expect((await upload(Buffer.alloc(2_500_000, '1'))).page).to.include('Файл слишком велик');
    expect((await site.post('/staff/lists', { programme: 'pay-42500' }, headers())).status).to.equal(400);
    const form = new FormData();
    form.set('programme', 'pay-42500');
    const empty = await fetch(`${site.url}/staff/lists`, { method: 'POST', body: form, headers: headers() });
    expect(empty.status).to.equal(400);
    await soon(async () => (await left()).length === 0);
  });

  it('removes what a crash left of a file, and says what became of it', async () => {
    await writeFile(join(site.uploads, '999999999-left'), 'sealed');
    const parts = { now: Date.now, newId: randomUUID, largest: 1000 };
    await createSealedFiles({ folder: site.uploads, ...parts }).clean();
    expect(await left()).to.deep.equal([]);
    const long = new Date(Date.now() - 120_000);
    await site.store.listBatches.create({
      ...{
        _id: 'left',
        programmeId: 'pay-42500',
        state: 'reading',
        fileName: 'апрель.csv',
        size: 1,
        asOf: '2020-04-24',
      },
      ...{ by: 'ed', startedAt: long, beatAt: long, share: 0.5, rows: 1000 },
    });
    expect(await get('/staff/lists/left')).to.include('Читается, строк: 1');
    await Promise.all(createListJobs(site.lists).map(({ run }) => run()));
    expect(await get('/staff/lists/left')).to.include('Чтение прервалось. Загрузите файл снова.');
    expect(await get('/staff/lists')).to.include('не прочитан');
    const waited = await post('/staff/list-columns/left', {
      fileName: 'a.csv',
      programme: 'pay-42500',
      asOf: '2020-04-24',
    });
    expect(waited.status).to.equal(400);
    expect(waited.page).to.include('Файл уже не хранится');
  });

  it('is refused to who may not, and to a form of another site', async () => {
    const specialist = await site.signIn('specialist');
    expect((await fetch(`${site.url}/staff/lists`, { headers: { cookie: specialist } })).status).to.equal(403);
    const foreign = await fetch(`${site.url}/staff/lists`, {
      method: 'POST',
      body: new FormData(),
      headers: { cookie, origin: 'https://evil.example' },
    });
    expect(foreign.status).to.equal(403);
  });

  it('reads well on a telephone, in both languages, without a fault of access', async () => {
    const { location } = await upload(await brokenList());
    await settled(location);
    for (const [language, path] of [
      ['ru', '/staff/lists'],
      ['kk', location],
    ] as const) {
      const page = await site.page(browser, 'editor', { language });
      await page.goto(`${site.url}${path}`);
      expect(await axeViolations(page), path).to.deep.equal([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).to.equal(true);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/lists-${language}.png`, fullPage: true });
      await page.close();
    }
  });
});
