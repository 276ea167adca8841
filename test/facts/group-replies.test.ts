/** One answer to many, on the real engine: who is grouped, each answered once whatever happens at the same time, taken back whole. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type AskedRow, alikeTo, groupsOf } from '../../src/facts/tickets/alike.js';
import { mostTickets, queuedParts, undoMs } from '../../src/facts/tickets/group-replies.js';
import { searchWords } from '../../src/facts/tickets/search-words.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { projectRoot } from '../../src/project-root.js';
import { seedTicket } from '../support/seed-ticket.js';
import { openRoom, type Room } from './room.js';

const row = (_id: string, text: string, more: Partial<AskedRow> = {}): AskedRow => ({
  _id,
  language: 'ru',
  words: searchWords(text),
  ...more,
});

describe('facts/alike', () => {
  const when = { label: 'faq:pay-42500-when' };
  const rows = [
    row('a', 'когда придут деньги 42500', when),
    row('b', 'деньги когда придут скажите', when),
    row('c', 'ақша қашан түседі', { ...when, language: 'kk' }),
    row('d', 'собака потерялась', when),
    row('e', 'во дворе прорвало трубу, нет воды'),
    row('f', 'прорвало трубу во дворе и нет воды', { label: 'escalate' }),
    row('g', 'не работает светофор'),
  ];
  const ids = (members: readonly AskedRow[]) => members.map(({ _id }) => _id).join('');
  const alike = (id: string, of = rows) => {
    const seed = of.find(({ _id }) => _id === id);
    if (!seed) throw new Error(id);
    const members = alikeTo(seed, of);
    return [
      members.map(({ row: one }) => one._id).join(''),
      members
        .filter(({ near }) => near)
        .map(({ row: one }) => one._id)
        .join(''),
    ];
  };

  it('groups by the topic across languages, and by words where there is none; what shares no word is offered, not chosen', () => {
    expect(alike('a')).to.deep.equal(['abcd', 'abc']);
    expect(alike('c')).to.deep.equal(['abcd', 'abc']);
    expect(alike('e')).to.deep.equal(['ef', 'ef']);
    expect(groupsOf(rows).map(ids)).to.deep.equal(['abcd', 'ef']);
  });
  it('follows the hand: one taken out stands alone, one put in stands with the rest from either side', () => {
    const out = rows.map((one) => (one._id === 'd' ? { ...one, group: 'd' } : one));
    expect([alike('a', out)[0], alike('d', out)[0]]).to.deep.equal(['abc', 'd']);
    const put = rows.map((one) => (one._id === 'e' || one._id === 'g' ? { ...one, group: 'e' } : one));
    expect([alike('e', put)[0], alike('g', put)[0]]).to.deep.equal(['efg', 'eg']);
  });
  it('groups 5,000 open tickets in few comparisons', () => {
    const many = Array.from({ length: 5_000 }, (_, place) =>
      row(String(place), `${place % 700}слово ${place % 350}вопрос ${place % 700}двор`, place % 2 ? when : {}),
    );
    const before = process.cpuUsage();
    const groups = groupsOf(many);
    const { user } = process.cpuUsage(before);
    expect(groups[0]).to.have.length(2_500);
    expect(groups.length).to.be.greaterThan(250);
    // Pairwise it would be three million comparisons, seconds of work.
    expect(user / 1000, 'ms of work').to.be.below(1_000);
  });
});

describe('facts/group-replies', function () {
  this.timeout(240_000);
  let room: Room;
  let tickets: ReturnType<typeof createTickets>;
  const label = 'faq:pay-42500-when';
  before(async () => {
    room = await openRoom(false);
    const { store, clocks } = room;
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
  after(() => room.close());
  const seedMany = async (count: number) => {
    const seeded = [];
    for (let place = 0; place < count; place += 1)
      seeded.push(await seedTicket(room.store, { label, language: place % 2 ? 'ru' : 'kk' }));
    return seeded.map(({ ticketId }) => ticketId);
  };
  const request = (ids: readonly string[], more: object = {}) => ({
    seed: ids[0] ?? '',
    tickets: ids,
    texts: { kk: 'Ақша 25-іне дейін түседі.', ru: 'Деньги придут до 25 числа.' },
    closes: true,
    requestId: randomUUID(),
    staffId: 'aigul',
    ...more,
  });
  const rowsOf = async (ids: readonly string[]) => room.store.outbox.repliesTo(ids);

  it('answers 40 tickets in both languages, each once, though the form is posted twice at once and a colleague answers too', async () => {
    const ids = await seedMany(40);
    const asked = request(ids);
    const theirs = request(ids, { staffId: 'serik' });
    await Promise.all([tickets.replyToGroup(asked), tickets.replyToGroup(asked), tickets.replyToGroup(theirs)]);
    const rows = await rowsOf(ids);
    expect(rows).to.have.length(40);
    expect(new Set(rows.map(({ ticketId }) => ticketId)).size).to.equal(40);
    expect(rows.filter(({ language }) => language === 'kk').every(({ text }) => text.startsWith('Ақша'))).to.equal(
      true,
    );
    expect(rows.filter(({ language }) => language === 'ru').every(({ text }) => text.startsWith('Деньги'))).to.equal(
      true,
    );
    expect(rows.every(({ nextAttemptAt }) => nextAttemptAt.getTime() >= room.at.real.getTime() + undoMs)).to.equal(
      true,
    );
    const [mine, other] = await Promise.all([asked, theirs].map(({ requestId }) => tickets.groupReply(requestId)));
    if (!mine || !other) throw new Error('no record');
    expect([mine.parts.length, other.parts.length]).to.deep.equal([40, 40]);
    expect(queuedParts(mine).length + queuedParts(other).length).to.equal(40);
    const states = await room.store.tickets.findMany(ids);
    expect(
      states.every(({ status, receipt, messages }) => status === 'resolved' && receipt && messages.length === 1),
    ).to.equal(true);
    expect((await room.store.conversations.find(states[0]?.conversationId ?? ''))?.heldBy).to.equal(undefined);
  });

  it('leaves out what a colleague took meanwhile, and says who', async () => {
    const [free = '', taken = ''] = await seedMany(2);
    await tickets.claim(taken, 'serik');
    const asked = request([free, taken]);
    await tickets.replyToGroup(asked);
    const parts = (await tickets.groupReply(asked.requestId))?.parts;
    expect(parts?.[0]).to.have.property('outboxId');
    expect(parts?.[1]).to.deep.include({ ticketId: taken, leftOut: 'already-claimed', by: 'serik' });
    expect(await rowsOf([taken])).to.deep.equal([]);
  });

  it('refuses a group whose other language has no words, and writes nothing', async () => {
    const ids = await seedMany(2);
    const refused = await tickets.replyToGroup(request(ids, { texts: { kk: 'Иә' } })).catch((error) => error.code);
    expect([refused, await rowsOf(ids)]).to.deep.equal(['empty-text', []]);
    expect(mostTickets).to.be.greaterThan(40);
  });

  it('is taken back whole: nothing leaves, and every ticket stands as it stood', async () => {
    const ids = await seedMany(4);
    const [, mine = ''] = ids;
    await tickets.claim(mine, 'aigul');
    const before = await room.store.tickets.findMany(ids);
    const asked = request(ids, { closes: false });
    await tickets.replyToGroup(asked);
    // One is with the channel already.
    const [gone] = queuedParts((await tickets.groupReply(asked.requestId)) ?? ({ parts: [] } as never));
    await room.store.outbox.move(gone?.outboxId ?? '', { status: 'queued' }, { status: 'sending', attempts: 1 });
    await Promise.all([
      tickets.undoGroupReply(asked.requestId, 'aigul'),
      tickets.undoGroupReply(asked.requestId, 'aigul'),
    ]);
    const rows = await room.store.outbox.findMany(
      queuedParts((await tickets.groupReply(asked.requestId)) as never).map(({ outboxId }) => outboxId),
    );
    expect(rows.map(({ status }) => status).sort()).to.deep.equal(['sending', 'withdrawn', 'withdrawn', 'withdrawn']);
    const after = new Map((await room.store.tickets.findMany(ids)).map((ticket) => [ticket._id, ticket]));
    for (const ticket of before) {
      const { version: _, ...stood } = ticket;
      if (ticket._id === gone?.ticketId) expect(after.get(ticket._id)?.status).to.equal('answered');
      else expect(after.get(ticket._id)).to.deep.include(stood).and.not.have.property('answeredAt');
    }
    const holds = await room.store.conversations.findMany(before.map(({ conversationId }) => conversationId));
    expect(holds.filter(({ heldBy }) => heldBy).length, 'mine and the one that left').to.equal(2);
  });

  it('is finished by another process after a death in the middle, each ticket once', async () => {
    const ids = await seedMany(6);
    const asked = request(ids);
    await tickets.replyToGroup({ ...asked, tickets: ids.slice(0, 3) });
    // As a process leaves it that died after three of six.
    await room.connection
      .collection('group_replies')
      .updateOne({ _id: asked.requestId as never }, { $set: { tickets: ids, finished: false } });
    const later = new Date(room.at.real.getTime() + 1);
    await Promise.all([tickets.finishGroupReplies(later), tickets.finishGroupReplies(later)]);
    expect(await rowsOf(ids)).to.have.length(6);
    expect((await tickets.groupReply(asked.requestId))?.finished).to.equal(true);
  });
});
