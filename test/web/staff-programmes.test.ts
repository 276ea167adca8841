/** Payment programmes on the staff pages: previewed, changed with history, refused with a sentence, and a new one added. */
import { expect } from 'chai';
import type { Browser } from 'puppeteer-core';
import { results } from '../../src/web/staff/programme-form.js';
import { axeViolations, closePages, openBrowser } from '../support/browser.js';
import { type StaffSite, startStaffSite } from '../support/staff-site.js';

describe('programmes on the staff pages', function () {
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

  const headers = () => ({ cookie, 'accept-language': 'ru' });
  const get = async (path: string): Promise<string> =>
    (await fetch(`${site.url}/staff${path}`, { headers: headers() })).text();
  const send = async (path: string, form: Readonly<Record<string, string>>) => {
    const response = await site.post(`/staff${path}`, form, headers());
    return { status: response.status, location: response.headers.get('location'), page: await response.text() };
  };
  /** Every text of a programme's form, filled. */
  const filled = (more: Readonly<Record<string, string>>): Record<string, string> => {
    const texts = [
      'name',
      'shortName',
      'organiser',
      'found',
      ...results.flatMap((result) => [`result-${result}`, `next-${result}`, `statusName-${result}`]),
    ];
    return {
      ...Object.fromEntries(
        texts.flatMap((name) => [
          [`${name}Kk`, `${name} қазақша`],
          [`${name}Ru`, `${name} по-русски`],
        ]),
      ),
      amount: '25 000',
      frequency: 'once',
      listRefreshDays: '5',
      'has-paid': 'yes',
      refusalReasons: 'unknown = себебі жоқ | без причины',
      keywords: 'стипенди, шәкіртақы',
      questionsRu: 'есть ли я в списке на стипендию',
      version: '0',
      ...more,
    };
  };

  it('are added without code, after a preview, and stand among the others', async () => {
    const preview = await send(
      '/new-programme',
      filled({ id: 'grant', verdict: 'preview', 'result-paidRu': 'Вам {{amount}}' }),
    );
    expect(preview.status).to.equal(200);
    expect(preview.page.replace(/\s/gu, ' ')).to.include('Вам 25 000 ₸');
    expect(await site.store.programmes.find('grant'), 'nothing is saved by looking').to.equal(null);
    const saved = await send('/new-programme', filled({ id: 'grant', verdict: 'save' }));
    expect([saved.status, saved.location]).to.deep.equal([303, '/staff/programmes/grant?done=saved']);
    expect((await site.store.programmes.find('grant'))?.fields).to.deep.include({
      amount: 25_000,
      statuses: ['paid'],
      keywords: ['стипенди', 'шәкіртақы'],
      questions: { kk: [], ru: ['есть ли я в списке на стипендию'] },
      intent: 'service:eligibility-grant',
    });
    expect(await get('/programmes'))
      .to.include('shortName по-русски')
      .and.to.include('pay-42500');
    expect(
      (await send('/new-programme', filled({ id: 'grant', verdict: 'save' }))).status,
      'the name is taken',
    ).to.equal(409);
  });

  it('are refused with a sentence beside each field, and keep what was typed', async () => {
    const { status, page } = await send(
      '/new-programme',
      filled({
        id: 'Big Grant',
        verdict: 'save',
        amount: 'много',
        shortNameKk: '',
        'result-paidRu': '{{sum}} ваша',
        refusalReasons: '',
      }),
    );
    expect(status).to.equal(422);
    for (const sentence of [
      'Латинские буквы, цифры и дефис',
      'Нужно заполнить',
      'Такой подстановки нет',
      'Нет строки с кодом unknown',
    ]) {
      expect(page).to.include(sentence);
    }
    expect(page).to.include('{{sum}} ваша');
  });

  it('are changed with history, and not over what another saved meanwhile', async () => {
    const form = filled({ verdict: 'save', version: '1', 'has-approved': 'yes', sample: 'yes' });
    expect((await send('/programmes/grant', form)).status).to.equal(303);
    expect((await send('/programmes/grant', form)).status, 'overtaken').to.equal(409);
    const page = await get('/programmes/grant');
    expect(page).to.include('Кто и когда менял').and.to.include('Test editor').and.to.include('Статусы');
    expect((await site.store.programmes.find('grant'))?.version).to.equal(2);
    expect((await send('/programmes/none', form)).status).to.equal(404);
  });

  it('read well on a telephone, in both languages, without a fault of access', async () => {
    for (const [language, path] of [
      ['ru', '/programmes/pay-42500'],
      ['kk', '/new-programme'],
    ] as const) {
      const page = await site.page(browser, 'editor', { language });
      await page.goto(`${site.url}/staff${path}`);
      expect(await axeViolations(page), path).to.deep.equal([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).to.equal(true);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/programmes-${language}.png`, fullPage: true });
      await page.close();
    }
  });
});
