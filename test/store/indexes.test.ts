/** Queries that come by the second or by the message find their documents by an index, also where few documents have the field. */
import { expect } from 'chai';
import { type Connection, database as databaseOf, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';

describe('the indexes of the store', () => {
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri, () => undefined);
    store = createStore(connection);
    await store.migrate();
  });
  after(async () => {
    await connection?.close();
    await database?.drop();
  });

  /** The filter of the one query that this sends. */
  const filterOf = async (ask: () => Promise<unknown>): Promise<{ collection: string; filter: object }> => {
    const sent: { collection: string; filter: object }[] = [];
    const hear = ({ command }: { command: Record<string, unknown> }): void => {
      const { find, aggregate } = command;
      if (typeof find === 'string') sent.push({ collection: find, filter: command.filter as object });
      if (typeof aggregate !== 'string') return;
      const [match] = command.pipeline as readonly { readonly $match: object }[];
      sent.push({ collection: aggregate, filter: match?.$match ?? {} });
    };
    const client = connection.getClient();
    client.on('commandStarted', hear);
    await ask();
    client.off('commandStarted', hear);
    expect(sent).to.have.length(1);
    return sent[0] as (typeof sent)[number];
  };
  const now = new Date();
  const queries: Readonly<Record<string, () => Promise<unknown>>> = {
    'conversations that are due': () => store.conversations.due(now, 10),
    'conversations that are held too long': () => store.conversations.heldBefore(now, 10),
    'parked messages': () => store.messages.parked(10),
    'how many are parked': () => store.messages.countParked(),
    'the reply to a request': () => store.outbox.findByRequest('a'),
    'how far a correction is': () => store.outbox.statesOf('a'),
    'what was spent': () => store.costs.since(now),
  };
  for (const [what, ask] of Object.entries(queries)) {
    it(`serve ${what}`, async () => {
      const { collection, filter } = await filterOf(ask);
      const explained = await databaseOf(connection).command({ explain: { find: collection, filter } });
      const plan = JSON.stringify(explained.queryPlanner.winningPlan);
      expect(plan).to.include('IXSCAN').and.not.include('COLLSCAN');
    });
  }

  it('are made anew where a database of before has them in another form, once, and foreign ones stay', async () => {
    const outbox = databaseOf(connection).collection('outbox');
    const formOf = async (name: string) => (await outbox.indexes()).find((index) => index.name === name);
    const today = await formOf('requestId_1');
    await outbox.dropIndex('requestId_1');
    await outbox.createIndex({ requestId: 1 }, { partialFilterExpression: { requestId: { $exists: true } } });
    await outbox.createIndex({ language: 1 }, { name: 'of_the_operator' });
    await Promise.all([store.migrate(), createStore(connection).migrate()]);
    expect(await formOf('requestId_1')).to.deep.equal(today);
    expect(await formOf('of_the_operator')).to.have.property('name');
    for (const model of Object.values(connection.models)) {
      const { toDrop, toCreate } = await model.diffIndexes();
      expect(toDrop.filter((name) => name !== 'of_the_operator')).to.deep.equal([]);
      expect(toCreate).to.deep.equal([]);
    }
  });
});
