/** What the inbox does by itself, on the real engine and with clocks that the test moves: promises, silence, the end of a day; each once. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { createAudit } from '../../src/facts/audit/audit.js';
import { createQueues } from '../../src/facts/queues/queues.js';
import { createInboxClock } from '../../src/facts/tickets/inbox-clock.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { createRunJobs } from '../../src/jobs/run-jobs.js';
import { silentLogger } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import { seedTicket } from '../support/seed-ticket.js';
import { openRoom, type Room } from './room.js';

describe('facts/inbox-clock', function () {
  this.timeout(240_000);
  let room: Room;
  let inboxClock: ReturnType<typeof createInboxClock>;
  let tickets: ReturnType<typeof createTickets>;
  /** A Thursday, an hour before the office closes. */
  const start = new Date('2020-04-23T17:00:00+05:00');
  before(async () => {
    room = await openRoom(false);
    const { store, clocks } = room;
    const audit = createAudit({ store, clock: clocks.real, newId: randomUUID, mask: (text) => text, keptDays: 30 });
    const officeHours = [{ days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, toMinute: 18 * 60 }];
    const queues = createQueues({
      store,
      clocks,
      newId: randomUUID,
      officeHours,
      replyHours: 2,
      timeZone: 'Asia/Qyzylorda',
    });
    const texts = loadTexts(projectRoot);
    const parts = { store, clocks, newId: randomUUID, texts };
    inboxClock = createInboxClock({ ...parts, queues, audit, silentMinutes: 60 });
    tickets = createTickets({ ...parts, mask: (text) => text, deadlines: queues.promise });
  });
  beforeEach(() => {
    room.at.real = start;
    room.at.business = start;
  });
  after(() => room.close());
  const pass = (minutes: number): void => {
    room.at.real = new Date(room.at.real.getTime() + minutes * 60_000);
    room.at.business = new Date(room.at.business.getTime() + minutes * 60_000);
  };
  const seed = async (minutesLeft: number, more: object = {}) => {
    const seeded = await seedTicket(room.store, { waitingSince: room.at.real, ...more });
    const answerBy = new Date(room.at.real.getTime() + minutesLeft * 60_000);
    const resolveBy = new Date(room.at.real.getTime() + 40 * 3_600_000);
    await room.connection
      .collection('tickets')
      .updateOne({ _id: seeded.ticketId as never }, { $set: { answerBy, resolveBy } });
    return seeded;
  };
  const find = (id: string) => room.store.tickets.find(id);
  const said = async (conversationId: string) =>
    (await room.store.outbox.latest(conversationId, 20))
      .filter(({ origin }) => origin === 'job')
      .map(({ text }) => text);

  it('warns before a promise breaks, tells the leads once when it did, and is quiet when it was kept', async () => {
    const { ticketId, receipt } = await seed(100);
    const kept = await seed(100);
    await tickets.claim(kept.ticketId, 'aigul');
    await inboxClock.watchPromises();
    expect(await find(ticketId)).to.not.have.any.keys('soon', 'late');
    pass(75);
    await inboxClock.watchPromises();
    expect(await find(ticketId)).to.include({ soon: true });
    await tickets.reply(kept.ticketId, { text: 'Жауап', requestId: randomUUID(), staffId: 'aigul' });
    pass(30);
    await Promise.all([inboxClock.watchPromises(), inboxClock.watchPromises()]);
    await inboxClock.watchPromises();
    expect(await find(ticketId))
      .to.include({ late: 'reply' })
      .and.not.have.property('soon');
    expect(await find(kept.ticketId)).to.not.have.any.keys('soon', 'late');
    const told = await room.store.audit.find({ action: 'ticket-escalated', limit: 10 });
    expect(told.map(({ subject, by, details }) => [subject, by, details])).to.deep.equal([
      [`ticket:${receipt}`, 'system', { queue: 'utilities', promise: 'reply' }],
    ]);
    await tickets.reply(ticketId, { text: 'Кеш болса да жауап', requestId: randomUUID(), staffId: 'aigul' });
    expect(await find(ticketId)).to.not.have.property('late');
    pass(41 * 60);
    await inboxClock.watchPromises();
    expect(await find(ticketId)).to.include({ late: 'resolve' });
    for (const id of [ticketId, kept.ticketId]) await tickets.resolve(id, 'aigul');
    expect(await find(ticketId)).to.not.have.property('late');
  });

  it('gives a silent specialist’s conversation back to the bot, says so to both, and leaves one who writes alone', async () => {
    const { ticketId, conversationId, receipt } = await seed(600);
    const writing = await seed(600);
    const done = await seed(600);
    for (const one of [ticketId, writing.ticketId]) await tickets.claim(one, 'aigul');
    await tickets.reply(done.ticketId, { text: 'Жауап', requestId: randomUUID(), staffId: 'aigul' });
    pass(59);
    await inboxClock.handBack();
    expect((await room.store.conversations.find(conversationId))?.heldBy?.staffId).to.equal('aigul');
    pass(2);
    await tickets.present(writing.ticketId, 'aigul', 'typing');
    await Promise.all([inboxClock.handBack(), inboxClock.handBack()]);
    await inboxClock.handBack();
    expect((await room.store.conversations.find(conversationId))?.heldBy).to.equal(undefined);
    expect(await find(ticketId)).to.include({ status: 'waiting' });
    const told = await said(conversationId);
    expect(told).to.have.length(1);
    expect(told[0]).to.include(receipt).and.include('қайта жауап беремін');
    const view = await tickets.view(ticketId, { staffId: 'aigul', reach: ['utilities'] });
    expect(view?.entries.filter(({ kind }) => kind === 'note')).to.have.length(1);
    expect(await find(writing.ticketId)).to.include({ status: 'claimed', claimedBy: 'aigul' });
    // What was answered stays with who answered it, and the bot speaks again.
    expect(await find(done.ticketId)).to.include({ status: 'answered', claimedBy: 'aigul' });
    expect((await said(done.conversationId))[0]).to.include('енді өзім жауап беремін');
    for (const id of [ticketId, writing.ticketId, done.ticketId]) await tickets.resolve(id, 'aigul');
  });

  it('puts back at the end of the day what was taken before it, and nothing of who works late', async () => {
    const { ticketId } = await seed(600);
    await tickets.claim(ticketId, 'aigul');
    pass(65);
    const late = await seed(600);
    await tickets.claim(late.ticketId, 'serik');
    await inboxClock.endShifts();
    expect(await find(ticketId), 'ten minutes to finish').to.include({ status: 'claimed' });
    pass(15);
    await inboxClock.endShifts();
    expect(await find(ticketId)).to.include({ status: 'waiting' });
    expect(await find(late.ticketId)).to.include({ status: 'claimed', claimedBy: 'serik' });
  });

  it('runs each job once across processes', async () => {
    const { store } = room;
    let runs = 0;
    const run = async (): Promise<void> => {
      runs += 1;
    };
    const jobs = [{ name: 'each-second', cron: '* * * * * *', run }];
    // The world's own clock: by a past one the database would take the runs for old, and remove them.
    const parts = { jobs, store, clock: systemClock, logger: silentLogger, timeZone: 'Asia/Qyzylorda' };
    const processes = [createRunJobs(parts), createRunJobs(parts), createRunJobs(parts)];
    for (const one of processes) one.start();
    const until = Date.now() + 20_000;
    while (runs < 2 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(processes.map((one) => one.stop()));
    const taken = await room.connection.collection('job_runs').countDocuments({});
    expect(runs).to.be.greaterThan(1);
    expect(runs, 'runs for as many moments').to.equal(taken);
  });
});
