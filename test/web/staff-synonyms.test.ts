/** The lexicon on the staff pages: found, changed, tried on what residents wrote, published, and kept with who and when. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import type { Language } from '../../src/language.js';
import { axeViolations, closePages, openBrowser, press } from '../support/browser.js';
import { seedTicket } from '../support/seed-ticket.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';
import { soon } from '../support/visitor.js';

/** Which article "хочу стать волонтёром" is answered from; nothing the bot learned holds the word of the same meaning. */
const article = 'volunteer-help';
const message = 'Дружинники нужны';
/** A training is waited for, also where other tests run beside it. */
const patienceMs = 60_000;

describe('synonyms on the staff pages', function () {
  this.timeout(2 * patienceMs);
  let site: StaffSite;
  let browser: Browser;
  let cookie: string;
  before(async () => {
    site = await startStaffSite();
    browser = await openBrowser();
    cookie = await site.signIn('editor');
  });
  after(async () => {
    await closePages(browser);
    await site?.stop();
  });

  const inRussian = () => ({ cookie, 'accept-language': 'ru' });
  const get = async (path: string): Promise<string> =>
    (await fetch(`${site.url}/staff${path}`, { headers: inRussian() })).text();
  const send = async (path: string, form: Readonly<Record<string, string>>) => {
    const response = await site.post(`/staff${path}`, form, inRussian());
    return { status: response.status, location: response.headers.get('location'), page: await response.text() };
  };
  const concept = async (id: string) => {
    const found = await site.lexicon.find(id);
    if (!found) throw new Error(`No concept ${id}.`);
    return found;
  };
  /** The concept's form with more words of one language. */
  const formOf = async (id: string, language: Language, ...more: readonly string[]) => {
    const { name, words, version } = await concept(id);
    const written = { ...words, [language]: [...words[language], ...more] };
    return {
      version: String(version),
      nameKk: name.kk,
      nameRu: name.ru,
      wordsKk: written.kk.join('\n'),
      wordsRu: written.ru.join(', '),
    };
  };

  it('are found by any form of a word, in either language and typed in any letters', async () => {
    const all = await site.lexicon.list();
    expect((await get('/synonyms')).match(/class="row"/g)).to.have.length(all.length);
    for (const word of ['жәрдемақыны', 'жардемакы', 'выплату', 'vyplata']) {
      const first = /href="\/staff\/synonyms\/([\w-]+)"/.exec(
        await get(`/synonyms?q=${encodeURIComponent(word)}`),
      )?.[1];
      expect(first, word).to.equal('money');
    }
    expect(await get('/synonyms?q=xyzqw')).to.include('Такого слова нет ни в одном понятии.');
  });

  it('refuse a word of another concept and what is no word, with a sentence, and keep what was typed', async () => {
    const form = await formOf('garden', 'ru', 'пенсия', 'детский сад');
    for (const verdict of ['try', 'publish']) {
      const { status, page } = await send('/synonyms/garden', { ...form, verdict });
      expect(status).to.equal(422);
      expect(page).to.include('«детский сад» не подходит: нужно одно слово');
      expect(page).to.include('пенсия, детский сад'.split(', ').join('\n'));
    }
    const taken = await send('/synonyms/garden', { ...(await formOf('garden', 'ru', 'пенси')), verdict: 'publish' });
    expect(taken.status).to.equal(422);
    expect(taken.page).to.include('Слово «пенси» уже стоит в понятии «пенсионер». Оставьте его в одном из двух.');
    expect((await concept('garden')).version).to.equal(1);
  });

  it('show what residents wrote lately and how it would be understood, and change nothing by that', async () => {
    for (const text of [message, 'Где ближайший пост?', 'ЖСН ⟨iin⟩ тексеріңізші', message])
      await seedTicket(site.store, { text });
    const { status, page } = await send('/synonyms/volunteer', {
      ...(await formOf('volunteer', 'ru', 'дружинник')),
      verdict: 'try',
    });
    expect(status).to.equal(200);
    expect(page).to.match(/Иначе будут поняты 2 сообщения из последних 4\./);
    expect(page.match(new RegExp(`«${message}»`, 'g'))).to.have.length(2);
    const question = (await site.articles.find(article))?.published?.question.ru ?? '';
    const told = page.slice(page.indexOf(`«${message}»`));
    expect(told).to.match(/Сейчас: [^<]*<.*?После: /s);
    expect(told.slice(told.indexOf('После: '))).to.include(question);
    expect(page).to.include('<textarea').and.to.include('дружинник</textarea>');
    expect((await concept('volunteer')).version).to.equal(1);
    expect(await site.lexicon.history('volunteer')).to.have.length(1);
  });

  it('are understood from the next message on once they are published, and tell who published them', async () => {
    const answer = async () => (await send('/try', { text: message, language: 'ru', article: '' })).page;
    const question = (await site.articles.find(article))?.published?.question.ru ?? '';
    expect(/<summary>.*?<\/summary>/s.exec(await answer())?.[0]).to.not.include(question);
    const form = await formOf('volunteer', 'ru', 'дружинник');
    const { status, location } = await send('/synonyms/volunteer', { ...form, verdict: 'publish' });
    expect(status).to.equal(303);
    await soon(async () => /<summary>.*?<\/summary>/s.exec(await answer())?.[0].includes(question) ?? false);
    const page = await get(location?.replace('/staff', '') ?? '');
    expect(page).to.include('Опубликовано.');
    expect(page.slice(page.indexOf('Кто и когда менял'))).to.match(
      /Test editor.*\+ дружинник.*Загружено с содержанием/s,
    );
    const late = await send('/synonyms/volunteer', { ...form, verdict: 'publish' });
    expect(late.status).to.equal(409);
    expect(late.page).to.include('понятие изменил другой человек: Test editor');
  });

  it('show what would change to whoever cannot see well, in the dark', async () => {
    await seedTicket(site.store, { text: 'волонтер болғым келеді' });
    const page = await site.page(browser, 'editor', { language: 'ru', width: 390, dark: true });
    page.setDefaultTimeout(patienceMs);
    await page.goto(`${site.url}/staff/synonyms/volunteer`);
    await page.$eval('#field-wordsRu', (box) => {
      (box as HTMLTextAreaElement).value = '';
    });
    await press(page, 'button[value=try]');
    expect(await page.$$eval('#comparison tbody tr', (rows) => rows.length)).to.equal(3);
    expect(await axeViolations(page)).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.be.at.most(0);
    await page.browserContext().close();
  });

  it('are edited by a form alone, on a phone without script', async () => {
    const page = await site.page(browser, 'editor', { language: 'kk', width: 390, javaScript: false });
    page.setDefaultTimeout(patienceMs);
    const submits = (selector: string) => press(page, selector);
    await page.goto(`${site.url}/staff/synonyms`);
    await page.type('#query', 'мектепке');
    await submits('main form button');
    await submits('main a.row');
    expect(page.url()).to.match(/\/synonyms\/school$/);
    await page.focus('#field-wordsKk');
    await page.keyboard.type('гимназия\n');
    await submits('button[value=publish]');
    expect((await concept('school')).words.kk[0]).to.equal('гимназия');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.be.at.most(0);
    await page.browserContext().close();
  });

  it('can be a new concept, which counts from then on and can be emptied again', async () => {
    const form = { version: '0', nameKk: 'йога', nameRu: 'йога', wordsKk: 'йога', wordsRu: 'йога, асан' };
    const { status, location } = await send('/new-concept', { ...form, verdict: 'publish' });
    expect(status).to.equal(303);
    const id = /synonyms\/(own-[\da-f]{8})\?/.exec(location ?? '')?.[1] ?? '';
    expect((await concept(id)).words).to.deep.equal({ kk: ['йога'], ru: ['йога', 'асан'] });
    const again = await send('/new-concept', { ...form, verdict: 'publish' });
    expect(again.page).to.include('уже стоит в понятии «йога»');
    await send(`/synonyms/${id}`, { ...form, version: '1', wordsKk: '', wordsRu: '', verdict: 'publish' });
    expect(await get('/synonyms')).to.match(/йога<\/strong><span class="mark">без слов/);
  });
});
