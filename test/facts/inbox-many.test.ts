/** 5,000 open tickets: what a page of the inbox asks the database for is bounded by the page, counted in commands and documents. */
import { expect } from 'chai';
import { starterQueues as queues } from '../../src/facts/queues/starter-routes.js';
import { createInbox, groupSize, pageSize } from '../../src/facts/tickets/inbox.js';
import { createOpenTickets, type OpenTickets } from '../../src/facts/tickets/open-tickets.js';
import { silentLogger } from '../../src/log.js';
import { type Changes, watchChanges } from '../../src/store/changes.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { seedMany } from '../support/seed-many.js';
import { openRoom, type Room } from './room.js';

describe('an inbox of 5,000 open tickets', function () {
  this.timeout(240_000);
  let room: Room;
  let connection: Connection;
  let store: Store;
  const commands: { readonly name: string; readonly documents: number }[] = [];
  before(async () => {
    room = await openRoom(false);
    // A connection whose commands are counted.
    connection = await openDatabase(room.uri, () => undefined);
    store = createStore(connection);
    connection.getClient().on('commandSucceeded', ({ commandName, reply }) => {
      const found = (reply as { cursor?: { firstBatch?: unknown[]; nextBatch?: unknown[] } }).cursor;
      if (commandName === 'find' || commandName === 'getMore')
        commands.push({ name: commandName, documents: (found?.firstBatch ?? found?.nextBatch ?? []).length });
    });
  });
  after(async () => {
    await connection.close();
    await room.close();
  });
  const asked = async (work: () => Promise<unknown>) => {
    commands.length = 0;
    await work();
    const finds = commands.filter(({ name }) => name === 'find');
    return { finds: finds.length, documents: finds.reduce((sum, one) => sum + one.documents, 0) };
  };
  const openInbox = async () => {
    // Listened to from here on: that 5,000 came is no news to this list.
    const changes: Changes = await watchChanges(room.connection, silentLogger);
    const open: OpenTickets = await createOpenTickets(store, changes, () => undefined);
    return { open, changes, inbox: createInbox({ store, open, clocks: room.clocks }) };
  };
  const question = { staffId: 'aigul', reach: queues, page: 1 } as const;
  const seed = (count: number) =>
    seedMany(
      room.connection,
      count,
      (place) => ({
        text: `су жоқ ${place}`,
        language: place % 2 ? 'kk' : 'ru',
        queue: place % 3 ? 'utilities' : 'payments',
        ...(place % 4 ? { label: 'faq:utilities-debt' } : {}),
      }),
      { alone: true },
    );

  it('costs a page as much as one of a hundred tickets does: all lists, one view, a filter, the groups, what stands beside a ticket', async () => {
    const measure = async () => {
      const { inbox, open, changes } = await openInbox();
      const [first] = open.of(queues);
      const counted = {
        open: open.of(queues).length,
        all: await asked(() => inbox.list(question)),
        page: await asked(() => inbox.list({ ...question, view: 'waiting', page: 2 })),
        filtered: await asked(() => inbox.list({ ...question, queue: 'payments', language: 'ru', view: 'waiting' })),
        late: await asked(() => inbox.list({ ...question, late: true, view: 'waiting' })),
        groups: await asked(() => inbox.groups(queues)),
        beside: await asked(async () => inbox.neighbours('aigul', queues, first?._id ?? '')),
        waiting: await asked(async () => inbox.waiting(queues)),
      };
      await changes.close();
      return counted;
    };
    await seed(400);
    const few = await measure();
    await seed(4_600);
    const many = await measure();
    expect([few.open, many.open]).to.deep.equal([400, 5_000]);
    const { open: _few, groups: fewGroups, ...fewPages } = few;
    const { open: _many, groups: manyGroups, ...manyPages } = many;
    expect(manyPages).to.deep.equal(fewPages);
    expect(manyGroups.finds).to.equal(fewGroups.finds);
    expect(manyGroups.documents).to.be.at.most(60);
    expect(many.all.documents).to.be.within(groupSize, 2 * groupSize + 5);
    expect(many.page.documents).to.be.within(pageSize, pageSize + 5);
    expect([many.beside.finds, many.waiting.finds]).to.deep.equal([0, 0]);
  });
});
