import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type Clocks, fixedClock } from '../../src/clock.js';
import { starterQueues as queues } from '../../src/facts/queues/starter-routes.js';
import { TicketError } from '../../src/facts/tickets/ticket-error.js';
import { createTickets, type Tickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { projectRoot } from '../../src/project-root.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { seedTicket } from '../support/seed-ticket.js';

/** Real: the engine, the store, the tickets. Moved by hand: the clock. */
describe('facts/tickets', function () {
  this.timeout(240_000);
  let testDatabase: TestDatabase;
  let connection: Connection;
  let store: Store;
  let tickets: Tickets;
  const at = new Date('2020-04-23T06:00:00Z');
  const clocks: Clocks = { business: fixedClock(at), real: fixedClock(at) };

  const reader = { staffId: 'aigul', reach: queues };
  const deadlines = async () => ({ answerBy: at, resolveBy: at });

  before(async () => {
    testDatabase = await createTestDatabase();
    connection = await openDatabase(testDatabase.uri);
    store = createStore(connection);
    await store.migrate();
    tickets = createTickets({
      store,
      clocks,
      newId: randomUUID,
      texts: loadTexts(projectRoot),
      mask: (text) => text.replaceAll(/\d{12}/g, '⟨iin⟩'),
      deadlines,
    });
  });
  after(async () => {
    await connection?.close();
    await testDatabase?.drop();
  });

  const refusalOf = async (work: Promise<unknown>): Promise<{ code: string; by: string | undefined }> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof TicketError) return { code: error.code, by: error.by };
      throw error;
    }
    throw new Error('The action was not refused.');
  };
  const queuedRows = async (conversationId: string) =>
    (await store.outbox.latest(conversationId, 50)).filter((row) => row.origin === 'specialist');

  it('gives a ticket to one of two specialists who claim it at once; the other learns who has it', async () => {
    const { ticketId, conversationId } = await seedTicket(store);
    const results = await Promise.allSettled([tickets.claim(ticketId, 'aigul'), tickets.claim(ticketId, 'serik')]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).to.have.length(1);
    const claimedBy = (await store.tickets.find(ticketId))?.claimedBy;
    const error: unknown = refused[0]?.reason;
    expect(error).to.be.instanceOf(TicketError);
    expect(error).to.include({ code: 'already-claimed', by: claimedBy });
    expect((await store.conversations.find(conversationId))?.heldBy).to.include({ ticketId, staffId: claimedBy });
  });

  it('answers the unanswered messages, sends the same request once, and masks an IIN', async () => {
    const { ticketId, conversationId, messageIds } = await seedTicket(store, { messages: 2 });
    const request = { text: ' ИИН 990101300123 қабылданды ', requestId: randomUUID(), staffId: 'aigul' };
    const [one, two] = await Promise.all([tickets.reply(ticketId, request), tickets.reply(ticketId, request)]);
    const third = await tickets.reply(ticketId, request);
    expect(new Set([one.outboxId, two.outboxId, third.outboxId])).to.have.length(1);
    expect(third.repeated).to.equal(true);
    const rows = await queuedRows(conversationId);
    expect(rows).to.have.length(1);
    expect(rows[0]).to.deep.include({
      text: 'ИИН ⟨iin⟩ қабылданды',
      answers: messageIds,
      status: 'queued',
      staffId: 'aigul',
      ticketId,
    });
    const ticket = await store.tickets.find(ticketId);
    expect(ticket).to.include({ status: 'answered', claimedBy: 'aigul' });
    expect(ticket?.firstReplyAt).to.deep.equal(at);

    await tickets.reply(ticketId, { text: 'Тағы бір сөз', requestId: randomUUID(), staffId: 'aigul' });
    const second = (await queuedRows(conversationId)).find((row) => row.text === 'Тағы бір сөз');
    expect(second?.answers, 'messages are answered once').to.deep.equal([]);
  });

  it('refuses empty, too long and half-filled texts, and a colleague, without writing anything', async () => {
    const { ticketId, conversationId } = await seedTicket(store);
    const reply = (text: string, staffId = 'aigul') =>
      tickets.reply(ticketId, { text, requestId: randomUUID(), staffId });
    expect((await refusalOf(reply(' \n '))).code).to.equal('empty-text');
    expect((await refusalOf(reply('ә'.repeat(3 * 4096 + 1)))).code).to.equal('too-long');
    expect((await refusalOf(reply('{{қашан}} келеді'))).code).to.equal('unfilled');
    await tickets.claim(ticketId, 'aigul');
    expect(await refusalOf(reply('сәлем', 'serik'))).to.deep.equal({ code: 'already-claimed', by: 'aigul' });
    expect(await queuedRows(conversationId)).to.have.length(0);
    await reply('ә'.repeat(4096));
    expect(await queuedRows(conversationId)).to.have.length(1);
  });

  it('sends what is longer than a message in several, in order, and the same form twice only once', async () => {
    const { ticketId, conversationId } = await seedTicket(store);
    const sentences = Array.from({ length: 300 }, (_, place) => `${place + 1}-сөйлем осында тұр.`);
    const form = { text: sentences.join(' '), requestId: randomUUID(), staffId: 'aigul' };
    const [one, two] = await Promise.all([tickets.reply(ticketId, form), tickets.reply(ticketId, form)]);
    expect(one.outboxId).to.equal(two.outboxId);
    const rows = await queuedRows(conversationId);
    expect(rows).to.have.length(2);
    expect(rows.map(({ text }) => text).join(' ')).to.equal(form.text);
    expect((await store.outbox.open(conversationId, 10)).map(({ _id }) => _id)).to.deep.equal(
      rows.map(({ _id }) => _id),
    );
    for (const { text } of rows) expect(text).to.match(/^\d+-сөйлем .*тұр\.$/);
  });

  it('hands the conversation back when resolved or released, and says that a resolved ticket is closed', async () => {
    const { ticketId, conversationId } = await seedTicket(store);
    await tickets.claim(ticketId, 'aigul');
    expect((await refusalOf(tickets.release(ticketId, 'serik'))).code).to.equal('already-claimed');
    await tickets.release(ticketId, 'aigul');
    expect(await store.tickets.find(ticketId))
      .to.include({ status: 'waiting' })
      .and.not.have.property('claimedBy');
    expect((await store.conversations.find(conversationId))?.heldBy).to.equal(undefined);
    await tickets.claim(ticketId, 'serik');
    await tickets.resolve(ticketId, 'serik');
    await tickets.resolve(ticketId, 'serik');
    expect((await store.conversations.find(conversationId))?.heldBy).to.equal(undefined);
    expect(await store.tickets.find(ticketId)).to.include({ status: 'resolved', resolvedBy: 'serik' });
    const late = tickets.reply(ticketId, { text: 'кеш', requestId: randomUUID(), staffId: 'serik' });
    expect((await refusalOf(late)).code).to.equal('resolved');
    expect((await refusalOf(tickets.claim(ticketId, 'aigul'))).code).to.equal('resolved');
  });

  it('adds up what messages cost, by the question they answer', async () => {
    const { ticketId, conversationId } = await seedTicket(store);
    const { outboxId } = await tickets.reply(ticketId, {
      text: 'x '.repeat(3000),
      staffId: 'aigul',
      requestId: 'costly-one',
    });
    const rows = await queuedRows(conversationId);
    expect(rows.map(({ _id }) => _id))
      .to.include(outboxId)
      .and.to.have.length(2);
    for (const { _id } of rows)
      await store.outbox.move(_id, { status: 'queued' }, { status: 'sent', sentAt: at, cost: 6.5 });
    expect(await store.costs.since(at)).to.deep.equal({ cost: 13, messages: 2, questions: 1 });
    expect(await store.costs.since(new Date(at.getTime() + 1))).to.deep.equal({ cost: 0, messages: 0, questions: 0 });
  });

  it('tells when it was answered last, and lets the resident wait anew only from when it is released', async () => {
    const { ticketId } = await seedTicket(store);
    const asked = (await store.tickets.find(ticketId))?.waitingSince;
    let now = at;
    const moved = createTickets({
      store,
      clocks: { ...clocks, real: { now: () => now } },
      newId: randomUUID,
      texts: loadTexts(projectRoot),
      mask: (text) => text,
      deadlines,
    });
    const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
    await moved.claim(ticketId, 'aigul');
    await moved.release(ticketId, 'aigul');
    expect((await store.tickets.find(ticketId))?.waitingSince).to.deep.equal(asked);
    for (const minutes of [10, 20]) {
      now = later(minutes);
      await moved.reply(ticketId, { text: 'Қарап жатырмыз.', requestId: randomUUID(), staffId: 'aigul' });
    }
    const answered = await store.tickets.find(ticketId);
    expect([answered?.firstReplyAt, answered?.answeredAt, answered?.waitingSince]).to.deep.equal([
      later(10),
      later(20),
      asked,
    ]);
    now = later(30);
    await moved.release(ticketId, 'aigul');
    expect(await store.tickets.find(ticketId)).to.deep.include({ status: 'waiting', waitingSince: later(30) });
  });

  it('lets nobody else into a conversation that is held through another ticket', async () => {
    const first = await seedTicket(store);
    const second = await seedTicket(store, { conversationId: first.conversationId });
    await tickets.claim(first.ticketId, 'aigul');
    expect(await refusalOf(tickets.claim(second.ticketId, 'serik'))).to.deep.equal({
      code: 'conversation-held',
      by: 'aigul',
    });
    expect(await store.tickets.find(second.ticketId)).to.include({ status: 'waiting' });
    await tickets.claim(second.ticketId, 'aigul');
    await tickets.resolve(second.ticketId, 'aigul');
    const held = (await store.conversations.find(first.conversationId))?.heldBy;
    expect(held, 'the first ticket is still worked on').to.include({ ticketId: first.ticketId, staffId: 'aigul' });
  });

  it('sends a draft as it is, edited, or not at all; each decision once', async () => {
    const seed = () => seedTicket(store, { drafts: 1 });
    const asIs = await seed();
    const [draft] = asIs.draftIds;
    await tickets.sendDraft(asIs.ticketId, draft ?? '', { staffId: 'aigul' });
    expect((await tickets.sendDraft(asIs.ticketId, draft ?? '', { staffId: 'aigul' })).repeated).to.equal(true);
    expect(await store.outbox.find(draft ?? '')).to.include({ status: 'queued', origin: 'bot', staffId: 'aigul' });
    expect(await store.tickets.find(asIs.ticketId)).to.include({ status: 'answered', claimedBy: 'aigul' });

    const edited = await seed();
    await tickets.sendDraft(edited.ticketId, edited.draftIds[0] ?? '', { staffId: 'aigul', text: 'түзетілді' });
    expect(await store.outbox.find(edited.draftIds[0] ?? '')).to.include({
      status: 'queued',
      origin: 'specialist',
      text: 'түзетілді',
    });

    const dropped = await seed();
    const view = await tickets.view(dropped.ticketId, reader);
    expect(view?.drafts.map((row) => row._id)).to.deep.equal(dropped.draftIds);
    await tickets.discardDraft(dropped.ticketId, dropped.draftIds[0] ?? '', 'aigul');
    const gone = tickets.sendDraft(dropped.ticketId, dropped.draftIds[0] ?? '', { staffId: 'aigul' });
    expect((await refusalOf(gone)).code).to.equal('draft-gone');
    expect(await store.tickets.find(dropped.ticketId)).to.include({ status: 'waiting' });

    const overtaken = await seed();
    await tickets.reply(overtaken.ticketId, { text: 'өз сөзім', requestId: randomUUID(), staffId: 'aigul' });
    expect(await store.outbox.find(overtaken.draftIds[0] ?? '')).to.include({ status: 'withdrawn' });
    const foreign = tickets.sendDraft(asIs.ticketId, overtaken.draftIds[0] ?? '', { staffId: 'aigul' });
    expect((await refusalOf(foreign)).code).to.equal('draft-gone');
  });

  it('settles an undelivered row once', async () => {
    const { conversationId, draftIds } = await seedTicket(store, { drafts: 1 });
    const [id = ''] = draftIds;
    await store.outbox.move(id, { status: 'draft' }, { status: 'uncertain' });
    expect((await refusalOf(tickets.settleUndelivered(randomUUID(), 'again'))).code).to.equal('row-gone');
    await tickets.settleUndelivered(id, 'again');
    expect((await store.outbox.open(conversationId, 1))[0]).to.include({ _id: id, status: 'queued' });
    expect((await refusalOf(tickets.settleUndelivered(id, 'arrived'))).code).to.equal('row-gone');
  });
});
