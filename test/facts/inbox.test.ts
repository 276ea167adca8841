/** Lists of tickets, passing on and half-written answers, on the real engine; the change stream keeps the lists. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { starterQueues as queues } from '../../src/facts/queues/starter-routes.js';
import { isWindowClosed } from '../../src/facts/tickets/conversation-view.js';
import { createInbox, groupSize, pageSize } from '../../src/facts/tickets/inbox.js';
import { createOpenTickets } from '../../src/facts/tickets/open-tickets.js';
import { createSuggestions } from '../../src/facts/tickets/suggestions.js';
import { TicketError } from '../../src/facts/tickets/ticket-error.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { silentLogger } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import { type Changes, watchChanges } from '../../src/store/changes.js';
import { seedTicket } from '../support/seed-ticket.js';
import { openRoom, type Room } from './room.js';

describe('facts/inbox', function () {
  this.timeout(240_000);
  let room: Room;
  let changes: Changes;
  let inbox: ReturnType<typeof createInbox>;
  let tickets: ReturnType<typeof createTickets>;
  before(async () => {
    room = await openRoom(false);
    const { store, clocks } = room;
    changes = await watchChanges(room.connection, silentLogger);
    const open = await createOpenTickets(store, changes, (error) => {
      throw error;
    });
    inbox = createInbox({ store, open, clocks });
    const deadlines = async () => ({ answerBy: room.at.real, resolveBy: room.at.real });
    tickets = createTickets({
      texts: loadTexts(projectRoot),
      store,
      clocks,
      newId: randomUUID,
      mask: (text) => text,
      deadlines,
    });
  });
  after(async () => {
    await changes.close();
    await room.close();
  });
  const question = { staffId: 'aigul', reach: queues, page: 1 } as const;

  it('knows when a channel lets nothing through: its window begins anew with each message, of the ticket or not', async () => {
    const { ticketId } = await seedTicket(room.store);
    const ticket = await room.store.tickets.find(ticketId);
    if (!ticket) throw new Error('no ticket');
    const wrote = Date.parse('2026-06-01T10:00:00Z');
    const hoursOn = (hours: number) => new Date(wrote + hours * 3_600_000);
    const ofTicket = { _id: ticket.messages[0] ?? '', sentAt: hoursOn(0) };
    const thanks = { _id: 'thanks', sentAt: hoursOn(10) };
    const closed = (messages: readonly (typeof ofTicket)[], now: Date, windowEnds = hoursOn(24)) =>
      isWindowClosed({ ...ticket, windowEnds }, messages, now);
    expect([
      closed([ofTicket], hoursOn(23)),
      closed([ofTicket], hoursOn(25)),
      closed([ofTicket, thanks], hoursOn(33)),
      closed([ofTicket, thanks], hoursOn(35)),
      closed([thanks, ofTicket], hoursOn(33)),
    ]).to.deep.equal([false, true, false, true, false]);
    expect(isWindowClosed(ticket, [ofTicket], hoursOn(1_000)), 'the web chat has none').to.equal(false);
    await tickets.resolve(ticketId, 'aigul', { anyones: true });
  });
  const view = async (name: string, asked: object = {}) =>
    (await inbox.list({ ...question, ...asked })).groups.find((group) => group.view === name);
  /** The lists follow the change stream. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let look = 0; look < 400; look += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('The list did not follow.');
  };
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof TicketError ? error.code : error),
    );

  it('lists urgent tickets first, then by the promised time; mine apart from colleagues’; and asks for a page, however many wait', async () => {
    const { store } = room;
    const at = room.at.real.getTime();
    const late = await seedTicket(store, { waitingSince: new Date(at - 60_000) });
    const early = await seedTicket(store, { waitingSince: new Date(at - 3_600_000) });
    const urgent = await seedTicket(store, { urgent: true, waitingSince: new Date(at) });
    const [mine, theirs] = [await seedTicket(store), await seedTicket(store)];
    await tickets.claim(mine.ticketId, 'aigul');
    await tickets.claim(theirs.ticketId, 'serik');
    await until(async () => (await view('others'))?.count === 1 && (await view('waiting'))?.count === 3);
    const ids = async (name: string) => (await view(name))?.tickets.map((ticket) => ticket._id);
    expect(await ids('waiting')).to.deep.equal([urgent.ticketId, early.ticketId, late.ticketId]);
    expect([await ids('mine'), await ids('others')]).to.deep.equal([[mine.ticketId], [theirs.ticketId]]);
    const listed = await inbox.list(question);
    expect(listed.unread.has(early.ticketId)).to.equal(true);
    room.at.real = new Date(at + 1000);
    await tickets.seen(early.ticketId, 'aigul');
    expect((await inbox.list(question)).unread.has(early.ticketId)).to.equal(false);

    // A list of ten times as many tickets reads no more documents than its page.
    for (let count = 0; count < groupSize + pageSize; count += 1) await seedTicket(store, { queue: 'business' });
    await until(async () => (await view('waiting', { queue: 'business' }))?.count === groupSize + pageSize);
    expect((await view('waiting', { queue: 'business' }))?.tickets).to.have.length(groupSize);
    const page = await view('waiting', { queue: 'business', view: 'waiting', page: 2 });
    expect([page?.tickets.length, page?.pages]).to.deep.equal([groupSize, 2]);
  });

  it('finds by the beginnings of words, a receipt, and the last digits of a number; never in other queues', async () => {
    const { ticketId, receipt } = await seedTicket(room.store, { queue: 'health', text: 'Дәріхана қашан ашылады?' });
    await room.connection
      .collection('tickets')
      .updateOne({ _id: ticketId as never }, { $set: { phone: '43215550177' } });
    const finds = async (search: string, reach: readonly string[] = queues) =>
      (await view('found', { search, reach }))?.tickets.map((ticket) => ticket._id).includes(ticketId);
    expect(await finds('дарих каш')).to.equal(true);
    expect(await finds('дарих жоқ')).to.equal(false);
    expect(await finds(receipt)).to.equal(true);
    expect(await finds('51234')).to.equal(true);
    expect([await finds('дарих', ['payments']), await finds(receipt, ['payments'])]).to.deep.equal([false, false]);
  });

  it('passes a ticket on with a reason, to a queue or to a member of it, and gives all back at the end of a shift', async () => {
    const { store } = room;
    await store.queues.assign('asel', ['health'], { changedBy: 'lead', changedAt: room.at.real });
    const { ticketId, conversationId } = await seedTicket(store);
    await tickets.claim(ticketId, 'aigul');
    const pass = (passed: object) =>
      refusalOf(tickets.transfer(ticketId, { queue: 'health', note: 'дәрігерге', staffId: 'aigul', ...passed }));
    expect(await pass({ note: ' ' })).to.equal('note-missing');
    expect(await pass({ to: 'dana' })).to.equal('not-a-member');
    expect(await pass({ staffId: 'dana' })).to.equal('already-claimed');
    expect(await pass({ to: 'asel' })).to.equal('done');
    expect(await store.tickets.find(ticketId)).to.include({ queue: 'health', status: 'claimed', claimedBy: 'asel' });
    expect((await store.conversations.find(conversationId))?.heldBy).to.include({ ticketId, staffId: 'asel' });
    const seen = await tickets.view(ticketId, { staffId: 'asel', reach: ['health'] });
    expect(seen?.entries.at(-1)).to.deep.include({ kind: 'note' });
    expect(await tickets.endShift('asel')).to.deep.equal({ handed: 0, returned: 1 });
    expect(await store.tickets.find(ticketId)).to.include({ status: 'waiting', queue: 'health' });
    expect((await store.conversations.find(conversationId))?.heldBy).to.equal(undefined);
  });

  it('waits again when the resident writes after it was resolved', async () => {
    const { store } = room;
    const { ticketId } = await seedTicket(store);
    await tickets.claim(ticketId, 'aigul');
    await tickets.resolve(ticketId, 'aigul', { spam: true });
    const now = new Date(room.at.real.getTime() + 60_000);
    const joining = { messages: ['again'], words: ['тагы'], urgent: false, now, answerBy: now, resolveBy: now };
    await store.transaction((session) => store.tickets.join(session, ticketId, joining));
    expect(await store.tickets.find(ticketId))
      .to.deep.include({ status: 'waiting', waitingSince: now })
      .and.not.have.any.keys('resolvedAt', 'claimedBy', 'spam');
  });

  it('offers the closest articles and what colleagues answered to the same, in the resident’s language', async () => {
    const { store } = room;
    const label = 'faq:mask-rule';
    const earlier = await seedTicket(store, { queue: 'health', label });
    await tickets.reply(earlier.ticketId, { text: 'Маска міндетті.', requestId: randomUUID(), staffId: 'serik' });
    await tickets.resolve(earlier.ticketId, 'serik');
    const { ticketId } = await seedTicket(store, { queue: 'health', label });
    const article = {
      id: 'mask-rule',
      question: { kk: 'Маска керек пе?', ru: 'Нужна ли маска?' },
      answer: { kk: 'Иә, керек.', ru: 'Да, нужна.' },
    };
    const suggestions = createSuggestions({
      store,
      articles: { published: async (id) => (id === article.id ? (article as never) : null) },
      understand: () => ({ candidates: [], language: 'kk' }) as never,
    });
    const ticket = await store.tickets.find(ticketId);
    if (!ticket) throw new Error('no ticket');
    const texts = async (reach: typeof queues | readonly ['payments']) =>
      (await suggestions.for(ticket, reach)).map(({ kind, text }) => `${kind}: ${text}`);
    expect(await texts(queues)).to.deep.equal(['article: Иә, керек.', 'reply: Маска міндетті.']);
    expect(await texts(['payments'])).to.deep.equal(['article: Иә, керек.']);
  });
});
