/** A resident's question on its way, one answer for all who ask the same, taking it back, and putting it right. */
import { expect } from 'chai';
import { database } from '../../../src/store/connect.js';
import { press, tap } from '../../support/browser.js';
import { seedMany } from '../../support/seed-many.js';
import { seedTicket } from '../../support/seed-ticket.js';
import { asksForPerson, claimTogether, openTicket, says, sentTo, type Three } from './three.js';

const label = 'faq:pay-42500-when';
/** Of the sample list: 42,500 were paid. */
const listed = '000930699074';

export const many = (three: () => Three): void => {
  /** The resident's own question, which is answered with the others. */
  let own: Awaited<ReturnType<typeof asksForPerson>>;
  it('a question goes, with the checks made and the nearest post, to the inbox, one of the two has it, and the answer comes back into the chat', async () => {
    const { site, resident, first, second } = three();
    await resident.says('42500 тізімінде бармын ба?');
    await resident.says(listed);
    await resident.shares(44.8488, 65.4823);
    const { receipt } = await asksForPerson(three());
    await Promise.all([first, second].map((page) => page.goto(`${site.url}/staff/inbox`)));
    await says(second, '#inbox', receipt);
    const ticket = await site.store.tickets.byReceipt(receipt);
    await Promise.all([first, second].map((page) => page.goto(`${site.url}/staff/tickets/${ticket?._id}`)));
    // What the resident had looked up and where they are stands beside it; the number itself stands nowhere.
    await says(first, '#ticket', 'выплачено');
    await says(first, '#entries', 'Ближайший пост');
    expect(await first.content())
      .to.include('ИИН ••••••••••••')
      .and.not.include(listed);
    await claimTogether([first, second]);
    const holder = (await site.store.tickets.byReceipt(receipt))?.claimedBy;
    const winner = (await first.$eval('body', (body) => body.dataset.staff)) === holder ? first : second;
    await winner.type('#reply-text', 'Сәлеметсіз бе, көмектесейін.');
    await tap(winner, '.reply button');
    expect(await resident.hears()).to.equal('Сәлеметсіз бе, көмектесейін.');
    await press(winner, 'form[action$="/resolve"] button');
    expect(await resident.hears(), 'the resident is asked how it was').to.include(receipt);
  });

  it('40 who ask the same in two languages get one answer each; one is taken by a colleague meanwhile and left out', async () => {
    const { site, resident, first, second } = three();
    own = await asksForPerson(three());
    const ids = await seedMany(site.connection, 40, (place) => {
      const [text, language] =
        place % 2 ? (['Когда придут 42500?', 'ru'] as const) : (['42500 қашан түседі?', 'kk'] as const);
      return { queue: 'payments', label, text, language };
    });
    const [seed = '', taken = ''] = ids;
    await first.goto(`${site.url}/staff/tickets/${seed}`);
    await says(first, '#ticket', '39');
    await press(first, '#ticket a[href$="/alike"]');
    await first.type('input[name=receipt]', own.receipt);
    await press(first, 'button[name=put]');
    expect(await first.$$('.group-member input:checked')).to.have.length(41);
    await first.type('#textKk', 'Ақша 25-іне дейін түседі.');
    await press(first, 'button[value=preview]');
    await says(first, '#notice', 'другом языке: русский');
    await first.type('#textRu', 'Деньги придут до 25 числа.');
    await press(first, 'button[value=preview]');
    const lists = await first.$$eval('section.panel', (parts) =>
      parts.map((part) => part.querySelectorAll('li').length),
    );
    expect(lists).to.deep.equal([21, 20]);
    await second.goto(`${site.url}/staff/tickets/${taken}`);
    await press(second, 'form[action$="/claim"] button');
    await press(first, 'button[value=send]');
    await says(first, '#group-reply', 'Test lead');
    expect(await resident.hears()).to.equal('Ақша 25-іне дейін түседі.');
    await says(first, '#group-reply', '40 ответов отправлены');
    // The resident's own question is the one that was opened again: it has the answer of before, too.
    const rows = (await site.store.outbox.repliesTo([...ids, own._id])).filter(({ text }) => text.includes('25'));
    expect([rows.length, new Set(rows.map(({ ticketId }) => ticketId)).size]).to.deep.equal([40, 40]);
    // The answer becomes an article's draft at that moment.
    await tap(first, '.aside-form summary');
    await first.type('input[name=questionRu]', 'Когда придут 42 500 тенге?');
    await press(first, 'form[action$="/article"] button');
    const drafts = (await site.articles.list()).filter(({ id }) => id.startsWith('asked-'));
    expect(drafts.map(({ draft }) => draft?.answer)).to.deep.equal([
      { kk: 'Ақша 25-іне дейін түседі.', ru: 'Деньги придут до 25 числа.' },
    ]);
  });

  it('who was given the wrong answer gets the corrected one once, in their language, after a look at it', async () => {
    const { site, resident, second } = three();
    const [{ groupReply = '' } = {}] = (await sentTo(three(), own.conversationId)).slice(-1);
    await openTicket(three(), second, own._id);
    await press(second, `a[href$="group-reply=${groupReply}"]`);
    await says(second, 'main', 'Получили: 40');
    await second.type('#textKk', 'Ақша 30-ына дейін түседі.');
    await second.type('#textRu', 'Деньги придут до 30 числа.');
    await press(second, 'button[value=preview]');
    await says(second, 'form.editor blockquote[lang=kk]', '30-ына');
    const form = await second.$eval('form.editor', (shown) =>
      [...new FormData(shown as HTMLFormElement)].map(([name, value]) => [name, String(value)]),
    );
    await press(second, 'button[value=send]');
    expect(await resident.hears()).to.include('30-ына дейін түседі');
    // The same form once more, as an impatient hand or a network posts it.
    const again = await second.evaluate(
      (fields) =>
        fetch('/staff/corrections', { method: 'POST', body: new URLSearchParams([...fields, ['step', 'send']]) }).then(
          ({ status }) => status,
        ),
      form,
    );
    expect(again).to.equal(200);
    const id = new URL(second.url()).pathname.split('/').at(-1) ?? '';
    const rows = await database(site.connection).collection('outbox').find({ correction: id }).toArray();
    expect([rows.length, new Set(rows.map(({ conversationId }) => conversationId)).size]).to.deep.equal([40, 40]);
    expect(rows.every(({ language, text }) => text.includes(language === 'kk' ? '30-ына' : '30 числа'))).to.equal(true);
  });

  it('a reply to many is taken back with one press, and nothing of it leaves', async () => {
    const { site, first } = three();
    const ids: string[] = [];
    for (const text of ['Дүкен қашан ашылады', 'Дүкен қашан ашылады екен'])
      ids.push((await seedTicket(site.store, { queue: 'business', label: 'faq:shops-open', text })).ticketId);
    await first.goto(`${site.url}/staff/tickets/${ids[0]}/alike`);
    await first.type('#textKk', 'Қате жауап');
    await press(first, 'button[value=preview]');
    await press(first, 'button[value=send]');
    await press(first, 'button[value=undo]');
    await says(first, '#group-reply', 'Отменено: 2 из 2');
    expect((await site.store.tickets.findMany(ids)).map(({ status }) => status)).to.deep.equal(['waiting', 'waiting']);
    expect(await site.store.outbox.repliesTo(ids)).to.deep.equal([]);
  });
};
