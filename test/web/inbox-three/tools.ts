/** What specialists work with: canned responses, and queues of their own. */
import { expect } from 'chai';
import { press, tap } from '../../support/browser.js';
import { seedTicket } from '../../support/seed-ticket.js';
import { says, staffIdOf, type Three, typed } from './three.js';

export const tools = (three: () => Three): void => {
  it('a canned response is made, inserted by its shortcut with its places filled, and held back while one is open', async () => {
    const { site, first, second } = three();
    await second.goto(`${site.url}/staff/canned/new`);
    await second.type('input[name=shortcut]', '/Ауыз-су');
    await second.type(
      'textarea[name=textKk]',
      '{{өтініш}} өтінішіңізді {{маман}} қарап жатыр, {{күні}}. Бригада {{қашан}} келеді.',
    );
    await tap(second, 'button[data-insert="{{обращение}}"]');
    await press(second, 'button[value=save]');
    await says(second, 'main', '/ауыз-су');
    const { ticketId, receipt, conversationId } = await seedTicket(site.store);
    await first.goto(`${site.url}/staff/tickets/${ticketId}`);
    await first.type('#reply-text', '/ауыз-су ');
    const today = new Intl.DateTimeFormat('ru-RU', { timeZone: 'Asia/Qyzylorda' }).format(new Date());
    expect(await typed(first)).to.equal(
      `${receipt} өтінішіңізді Test specialist қарап жатыр, ${today}. Бригада {{қашан}} келеді.`,
    );
    await tap(first, '.reply button');
    await says(first, '#notice', '{{қашан}}');
    expect(await site.store.outbox.latest(conversationId, 10)).to.deep.equal([]);
    await first.$eval('#reply-text', (box) => {
      const area = box as HTMLTextAreaElement;
      area.value = '';
      area.blur();
    });
    await first.keyboard.press('6');
    expect(await typed(first)).to.include('{{қашан}}');
    await first.$eval('#reply-text', (box) => {
      const area = box as HTMLTextAreaElement;
      area.value = area.value.replace('{{қашан}}', 'сағат 15-те');
    });
    await tap(first, '.reply button');
    await says(first, '#entries', 'Бригада сағат 15-те келеді');
    await second.goto(`${site.url}/staff/canned`);
    await press(second, 'a.row');
    await press(second, 'button[value=remove]');
    await says(second, '#notice', 'удалён');
    const made = await site.store.audit.find({ limit: 20 });
    expect(made.map(({ action }) => action)).to.include.members(['canned-saved', 'canned-removed']);
  });

  it('a lead makes a queue, sends it a topic and names its members; hidden, it hands over what is open', async () => {
    const { site, first, second } = three();
    await second.goto(`${site.url}/staff/queues`);
    await tap(second, '.narrow-form summary');
    await second.type('input[name=nameKk]', 'Маскалар');
    await second.type('input[name=nameRu]', 'Маски');
    await press(second, 'form[action="/staff/queues"] button');
    await says(second, '#notice', 'создана');
    const id = new URL(second.url()).pathname.split('/').at(-1) ?? '';
    await second.$eval('input[value="faq:mask-rule"]', (box) => (box as HTMLInputElement).click());
    await press(second, 'form[action$="/topics"] button');
    expect(await site.queues.route('faq:mask-rule')).to.equal(id);
    const staffId = await staffIdOf(three(), 'specialist');
    const { ticketId } = await seedTicket(site.store, { queue: id, text: 'Маска қайдан аламын' });
    const status = () => first.goto(`${site.url}/staff/tickets/${ticketId}`).then((response) => response?.status());
    expect(await status(), 'not a member yet').to.equal(403);
    await tap(second, `input[value="${staffId}"]`);
    await press(second, `form[action="/staff/queues/${id}"] button`);
    expect(await status()).to.equal(200);
    await says(first, '#ticket', 'Маски');
    await tap(second, '.narrow-form summary');
    await second.select('select[name=target]', 'health');
    await press(second, 'form[action$="/hide"] button');
    await says(second, '#notice', 'скрыта');
    await status();
    await says(first, '#ticket', 'здоровье');
    expect(await site.queues.route('faq:mask-rule')).to.equal('health');
  });
};
