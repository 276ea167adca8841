/** Making and editing articles on the staff pages: in a real browser, and by the forms that one posts. */
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { longest, most } from '../../src/facts/articles/article-fields.js';
import { axeViolations, closePages, openBrowser, press } from '../support/browser.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

const written = {
  topic: 'health',
  questionKk: 'Маска қайда беріледі?',
  questionRu: 'Где выдают маски?',
  answerKk: 'Маска *емханада* беріледі.',
  answerRu: 'Маски выдают *в поликлинике*.',
  examplesKk: 'маска қайдан аламын',
  examplesRu: 'где взять маску\nмаски бесплатно есть?',
  keywords: 'маска, тегін',
  sourceKk: 'Облыстық денсаулық басқармасы',
  sourceRu: 'Областное управление здравоохранения',
  verifiedOn: '2020-04-23',
  reviewBy: '2020-05-23',
  validUntil: '',
};
type Written = typeof written;

describe('articles on the staff pages', function () {
  this.timeout(240_000);
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

  /** Writes into the form what the browser would let pass only where it is right. */
  const write = (page: Page, form: Partial<Written> & { readonly id?: string }): Promise<void> =>
    page.$eval(
      'form.editor',
      (editor, values) => {
        (editor as HTMLFormElement).noValidate = true;
        for (const [name, value] of Object.entries(values)) {
          ((editor as HTMLFormElement).elements.namedItem(name) as HTMLInputElement).value = value;
        }
      },
      form,
    );
  const formOf = (page: Page): Promise<Record<string, string>> =>
    page.$eval('form.editor', (editor) =>
      Object.fromEntries([...new FormData(editor as HTMLFormElement)].map(([name, value]) => [name, String(value)])),
    );
  const decides = (page: Page, verdict: string) => press(page, `button[name=verdict][value=${verdict}]`);
  const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '');

  it('are made, refused with each fault beside its field and nothing lost, and published from the editor', async () => {
    const page = await site.page(browser, 'editor');
    await page.goto(`${site.url}/staff/articles`);
    await press(page, 'a[href="/staff/new-article"]');
    expect(await axeViolations(page)).to.deep.equal([]);
    expect(await textOf(page, 'nav.second [aria-current]')).to.equal('Статьи');
    const wrong = { ...written, questionRu: '', examplesRu: `кто\n${'я'.repeat(301)}`, reviewBy: '2020-04-01' };
    await write(page, { ...wrong, id: 'Маски здесь' });
    await decides(page, 'create');
    expect(await axeViolations(page)).to.deep.equal([]);
    expect(await textOf(page, '#field-id-fault')).to.include('латинские');
    expect(await textOf(page, '#field-questionRu-fault')).to.equal('поле не заполнено');
    expect(await textOf(page, '#field-examplesRu-fault')).to.equal('строка 2: слишком длинно, не больше 300 знаков');
    expect(await textOf(page, '#field-reviewBy-fault')).to.equal('дата раньше дня проверки');
    const faulty = await page.$$eval('[aria-invalid=true]', (controls) =>
      controls.map((control) => [control.getAttribute('name'), control.getAttribute('aria-describedby')]),
    );
    expect(faulty.map(([name]) => name)).to.deep.equal(['id', 'questionRu', 'examplesRu', 'reviewBy']);
    for (const [name, described] of faulty) expect(described).to.include(`field-${name}-fault`);
    const links = await page.$$eval('[role=alert] a', (found) => found.map((link) => link.getAttribute('href')));
    expect(links).to.have.members(faulty.map(([name]) => `#field-${name}`));
    expect(await formOf(page)).to.deep.equal({ ...wrong, id: 'Маски здесь' });

    await write(page, { ...written, id: 'mask-rule' });
    await decides(page, 'create');
    expect(await textOf(page, '#field-id-fault')).to.equal('это имя занято, выберите другое');
    expect(await formOf(page)).to.deep.equal({ ...written, id: 'mask-rule' });

    await write(page, { id: 'mask-place' });
    await decides(page, 'preview');
    expect(await page.$$eval('.preview strong', (found) => found.map((each) => each.textContent))).to.deep.equal([
      'емханада',
      'в поликлинике',
    ]);
    expect(await site.articles.find('mask-place')).to.equal(null);
    await decides(page, 'create');
    expect(new URL(page.url()).pathname).to.equal('/staff/articles/mask-place');
    expect(await textOf(page, '[role=alert]')).to.include('Черновик создан');
    expect(await site.articles.published('mask-place')).to.equal(null);
    await decides(page, 'publish');
    expect((await site.articles.published('mask-place'))?.answer.ru).to.equal(written.answerRu);
    expect((await site.articles.find('mask-place'))?.sample).to.equal(false);
    await page.browserContext().close();
  });

  it('are refused to the second of two editors, with the text that was typed', async () => {
    const page = await site.page(browser, 'editor');
    await page.goto(`${site.url}/staff/articles/covid-test`);
    const { version = '' } = await formOf(page);
    const path = '/staff/articles/covid-test';
    expect((await site.post(path, { ...written, version, verdict: 'save' }, { cookie })).status).to.equal(303);
    await write(page, { answerRu: 'Написано вторым.' });
    await decides(page, 'publish');
    expect(await textOf(page, '[role=alert]')).to.include('Test editor');
    expect(await formOf(page)).to.include({ answerRu: 'Написано вторым.', version });
    await page.browserContext().close();
  });

  it('are taken when they are filled to their limits, and refused with a sentence past the longest form', async () => {
    const full = {
      ...written,
      answerKk: 'ә'.repeat(longest.answer),
      examplesKk: Array(most).fill('ә'.repeat(longest.examples)).join('\r\n'),
      examplesRu: Array(most).fill('я'.repeat(longest.examples)).join('\r\n'),
      keywords: Array(most).fill('ң'.repeat(longest.keywords)).join(','),
    };
    const made = await site.post('/staff/new-article', { ...full, id: 'full', verdict: 'create' }, { cookie });
    expect(made.status).to.equal(303);
    expect((await site.articles.find('full'))?.draft?.examples.ru).to.have.length(most);
    const more = { ...full, answerRu: 'я'.repeat(60_000), id: 'fuller', verdict: 'create' };
    const refused = await site.post('/staff/new-article', more, { cookie, accept: 'text/html' });
    expect(refused.status).to.equal(413);
    expect(await refused.text()).to.include('href="/staff"');
  });

  it('show how residents asked for them lately, each text once, and no numbers of theirs', async () => {
    const wrote = ['маска міндетті ме', 'маска міндетті ме', 'ЖСН ⟨iin⟩ маска керек пе', 'қашан түседі'];
    for (const [at, text] of wrote.entries()) {
      const outcome = at === 3 ? 'faq:pay-42500-when' : 'faq:mask-rule';
      await site.store.transaction((session) =>
        site.store.messages.insert(session, {
          _id: `asked-${at}`,
          conversationId: 'asked',
          channel: 'web',
          externalId: `asked-${at}`,
          seq: at + 1,
          text,
          kind: 'text',
          iins: [],
          sentAt: new Date(),
          receivedAt: new Date(Date.now() + at),
          understood: { confidence: 0.9, language: 'kk', outcome },
        }),
      );
    }
    const response = await fetch(`${site.url}/staff/articles/mask-rule`, { headers: { cookie } });
    const asked = /<ul class="asked">.*?<\/ul>/s.exec(await response.text())?.[0];
    expect(asked).to.equal('<ul class="asked"><li>ЖСН •••• маска керек пе</li><li>маска міндетті ме</li></ul>');
  });
});
