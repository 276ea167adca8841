/** Two specialists who reach for the same, a network that drops, passing on, keys, and a tab that nobody looks at. */
import { expect } from 'chai';
import { database } from '../../../src/store/connect.js';
import { press, tap } from '../../support/browser.js';
import { seedTicket } from '../../support/seed-ticket.js';
import { asksForPerson, claimTogether, openTicket, says, sentTo, staffIdOf, type Three } from './three.js';

export const races = (three: () => Three): void => {
  /** The resident's ticket, once a specialist has it. */
  let held: Awaited<ReturnType<typeof asksForPerson>>;
  it('claim one ticket in the same moment: one has it, the other reads who', async () => {
    const { site, first, second } = three();
    const { ticketId } = await seedTicket(site.store);
    await Promise.all([openTicket(three(), first, ticketId), openTicket(three(), second, ticketId)]);
    const statuses = await claimTogether([first, second]);
    expect([...statuses].sort()).to.deep.equal([200, 409]);
    const [loser, winner] = statuses[0] === 409 ? [first, 'Test lead'] : [second, 'Test specialist'];
    await says(loser, '#notice', winner);
    await says(loser, '#ticket-state', winner);
  });

  it('see each other look and write, and answer a ticket once', async () => {
    const { site, first, second } = three();
    const { ticketId, conversationId } = await seedTicket(site.store);
    await Promise.all([openTicket(three(), first, ticketId), openTicket(three(), second, ticketId)]);
    await first.type('#reply-text', 'Бригада жолда.');
    await says(second, '#presence', 'Пишет ответ: Test specialist');
    await second.type('#reply-text', 'Біз де жаздық.');
    await Promise.all([tap(first, '.reply button'), tap(second, '.reply button')]);
    const refused = await Promise.any(
      [first, second].map(async (page) => {
        await says(page, '#notice', page === first ? 'Test lead' : 'Test specialist');
        return page;
      }),
    );
    // What the slower one wrote is still there.
    const kept = await refused.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value);
    expect(kept).to.not.equal('');
    expect(await sentTo(three(), conversationId)).to.have.length(1);
  });

  it('keep a reply when the network drops, also over a reload, and send it once when it is back: the resident hears it once', async () => {
    const { resident, first } = three();
    held = await asksForPerson(three());
    const { _id: ticketId, conversationId } = held;
    const before = (await sentTo(three(), conversationId)).length;
    await openTicket(three(), first, ticketId);
    await first.type('#reply-text', 'Жауап желі');
    await first.reload();
    expect(await first.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('Жауап желі');
    await first.setOfflineMode(true);
    await first.type('#reply-text', 'ден кейін');
    await tap(first, '.reply button');
    await says(first, '#page-notice', 'Нет связи');
    expect(await sentTo(three(), conversationId)).to.have.length(before);
    await first.setOfflineMode(false);
    await says(first, '#entries', 'Жауап желі');
    await first.waitForFunction(() => (document.querySelector('#reply-text') as HTMLTextAreaElement).value === '', {
      timeout: 45_000,
    });
    expect(await sentTo(three(), conversationId)).to.have.length(before + 1);
    expect(await resident.hears()).to.equal('Жауап желіден кейін');
    await openTicket(three(), first, ticketId);
    expect(await first.$eval('#reply-text', (box) => (box as HTMLTextAreaElement).value)).to.equal('');
  });

  it('pass a ticket on with the reason, which the other reads beside the conversation and no resident ever does', async () => {
    const { site, resident, first, second } = three();
    const { _id: ticketId, receipt } = held;
    await openTicket(three(), first, ticketId);
    await tap(first, '.side .aside-form summary');
    await first.select('select[name=target]', 'health');
    await first.type('textarea[name=note]', 'Бұл дәрігерлерге');
    await press(first, 'form[action$="/transfer"] button');
    await second.goto(`${site.url}/staff/inbox?queue=health`);
    await says(second, '#inbox', receipt);
    await openTicket(three(), second, ticketId);
    await says(second, '#entries', 'Бұл дәрігерлерге');
    await says(second, '#entries', 'Test specialist → здоровье');
    expect((await resident.shown()).join()).to.not.include('дәрігерлерге');
  });

  it('find by receipt, words and last digits, go through lists by keys, and give all back at the end of a shift', async () => {
    const { site, first } = three();
    const { ticketId, receipt } = await seedTicket(site.store, { text: 'Қарағаш көшесінде жарық өшті' });
    const found = async (typed: string): Promise<boolean> => {
      await first.goto(`${site.url}/staff/inbox?q=${encodeURIComponent(typed)}`);
      return (await first.$(`a[href$="${ticketId}"]`)) !== null;
    };
    expect([await found(receipt), await found('карагаш жары'), await found('карагаш қарбыз')]).to.deep.equal([
      true,
      true,
      false,
    ]);
    await first.goto(`${site.url}/staff/inbox?view=waiting`);
    await first.waitForSelector(`a[href$="${ticketId}"]`);
    const ids = await first.$$eval('[data-rows] a.row', (rows) => rows.map((row) => row.getAttribute('href')));
    for (const _ of ids.slice(0, ids.indexOf(`/staff/tickets/${ticketId}`) + 1)) await first.keyboard.press('j');
    await Promise.all([first.waitForNavigation(), first.keyboard.press('Enter')]);
    expect(first.url()).to.include(ticketId);
    await Promise.all([first.waitForNavigation(), first.keyboard.press('c')]);
    expect((await site.store.tickets.find(ticketId))?.status).to.equal('claimed');
    await first.keyboard.type('?');
    expect(await first.$eval('#keys', (dialog) => (dialog as HTMLDialogElement).open)).to.equal(true);
    await first.goto(`${site.url}/staff/shift`);
    await press(first, 'form[action="/staff/shift"] button');
    expect(await site.store.tickets.find(ticketId))
      .to.include({ status: 'waiting' })
      .and.not.have.property('claimedBy');
  });

  it('are told of a new ticket and of a broken promise in a hidden tab', async () => {
    const { site, first, second } = three();
    for (const page of [first, second]) await page.browserContext().overridePermissions(site.url, ['notifications']);
    /** Notes what the system is asked to show, and shows it. */
    await second.evaluateOnNewDocument(() => {
      const shown: string[] = [];
      Object.assign(window, { shown });
      window.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(title);
        }
      };
    });
    await second.goto(`${site.url}/staff/queues`);
    const other = await second.browserContext().newPage();
    await other.bringToFront();
    expect(await second.evaluate(() => document.hidden), 'the tab is hidden').to.equal(true);
    const before = await second.title();
    const { ticketId } = await seedTicket(site.store, { waitingSince: new Date() });
    const rang = (words: string) =>
      second.waitForFunction(
        (wanted) => (window as unknown as { shown: string[] }).shown.some((title) => title.includes(wanted)),
        { timeout: 60_000, polling: 100 },
        words,
      );
    await rang('обращ');
    expect(await second.title())
      .to.match(/^\(\d+\) /)
      .and.not.equal(before);
    const ticket = await site.store.tickets.find(ticketId);
    if (!ticket) throw new Error('no ticket');
    const late = { ...ticket, resolveBy: new Date(0) };
    await database(site.connection)
      .collection<{ _id: string }>('tickets')
      .updateOne({ _id: ticketId }, { $set: { resolveBy: late.resolveBy } });
    await site.store.transaction((session) => site.store.tickets.markLate(session, late, 'resolve'));
    await rang('Просрочено');
    await other.close();
  });

  it('who signs out with a ticket that somebody waits for chooses: the colleague has it then, and knows from whom', async () => {
    const { site, first, second } = three();
    const { ticketId } = await seedTicket(site.store);
    const lead = await staffIdOf(three(), 'lead');
    await site.queues.assign(lead, ['utilities'], 'test');
    await openTicket(three(), first, ticketId);
    await press(first, 'form[action$="/claim"] button');
    await press(first, 'form[action="/staff/sign-out"] button');
    expect(new URL(first.url()).pathname).to.equal('/staff/shift');
    await first.select('select[name=to]', lead);
    await press(first, 'form[action="/staff/shift"] button');
    expect(new URL(first.url()).pathname).to.equal('/staff/sign-in');
    expect(await site.store.tickets.find(ticketId)).to.include({ status: 'claimed', claimedBy: lead });
    await openTicket(three(), second, ticketId);
    await says(second, '#entries', 'Test specialist → Test lead');
  });
};
