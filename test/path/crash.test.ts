/** Crashes at every planted point of the path, with real processes: each message has exactly one outcome and is answered once, in order. */
import { expect } from 'chai';
import { type Step, steps } from '../../src/steps.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import {
  type ChannelMessage,
  type ChildService,
  endChildServices,
  startChildService,
} from '../support/child-service.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';

const questions = [
  '42500 қашан түседі?',
  'Как подать заявление на 42500?',
  'Маскасыз жүрсе қанша айыппұл салады?',
] as const;
/** Two residents of each scenario's own, on one database for all: only the first start fills it. */
const residentsOf = (scenario: string): readonly string[] => ['aigul', 'marat'].map((name) => `${name} ${scenario}`);
const messagesOf = (residents: readonly string[]): ChannelMessage[] =>
  residents.flatMap((from) => questions.map((text, place) => ({ from, externalId: `${from}-${place}`, text })));

const deliverUntilTaken = async (service: ChildService, lost: readonly ChannelMessage[]): Promise<void> => {
  for (const message of lost) service.deliver(message);
  while (!lost.every((message) => service.taken.has(message.externalId))) await pause();
};
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** Waits until every message is settled and then nothing is left to send: a reply is written together with the outcome. */
const quiet = async (store: Store, residents: readonly string[]): Promise<void> => {
  for (;;) {
    const open = await Promise.all(
      residents.map(async (id) => {
        const contact = await store.contacts.findByAlias({ channel: 'web', id });
        return contact ? (await store.messages.latest(contact, 100)).some((message) => !message.outcome) : true;
      }),
    );
    const { queued, sending } = await store.outbox.counts();
    if (!open.includes(true) && queued + sending === 0) return;
    await pause();
  }
};

/** What must hold after any crash. */
const expectExactlyOnce = async (store: Store, residents: readonly string[]): Promise<void> => {
  expect(await store.outbox.counts()).to.include({ uncertain: 0, failed: 0 });
  for (const id of residents) {
    const contactId = await store.contacts.findByAlias({ channel: 'web', id });
    if (!contactId) throw new Error(`${id} is not known.`);
    const stored = await store.messages.latest(contactId, 100);
    expect(stored.map((message) => message.externalId)).to.have.members(questions.map((_, place) => `${id}-${place}`));
    const rows = await store.outbox.latest(contactId, 100);
    const answered = rows.flatMap((row) => row.answers);
    expect(answered, 'each message is answered by one reply').to.deep.equal(stored.map((message) => message._id));
    const arrived = await store.webMessages.latest(id, 100);
    expect(
      arrived.map((message) => message.outboxId),
      'the channel got each once, in order',
    ).to.deep.equal(rows.map((row) => row._id));
  }
};

describe('a crash on the path of a message', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    store = createStore(connection);
  });
  afterEach(endChildServices);
  after(async () => {
    await connection.close();
    await database.drop();
  });

  const scenario = async (at: Step, after: number): Promise<void> => {
    const residents = residentsOf(at);
    const messages = messagesOf(residents);
    const dying = await startChildService(database.uri, { at, after });
    for (const message of messages) dying.deliver(message);
    expect(await dying.ends()).to.equal('SIGKILL');
    const next = await startChildService(database.uri);
    // A channel delivers again what was not acknowledged, and sometimes what was.
    await deliverUntilTaken(next, messages);
    await quiet(store, residents);
    await expectExactlyOnce(store, residents);
    await next.stop();
  };

  for (const step of steps) {
    it(`at ${step}: answered once after the next start`, () => scenario(step, 2));
  }

  it('two processes on one database share the residents, answer once and in order, also when one dies in the middle', async () => {
    const [one, two] = await Promise.all([
      startChildService(database.uri, { at: 'turn:committed', after: 2 }),
      startChildService(database.uri),
    ]);
    const residents: string[] = [];
    // Whose share a resident is nobody knows beforehand: residents go on coming until the one has committed its last.
    while (one.signal() === null) {
      const resident = `resident ${residents.length} of two processes`;
      residents.push(resident);
      const messages = messagesOf([resident]);
      messages.forEach((message, place) => {
        (place % 2 === 0 ? one : two).deliver(message);
        // The same message through both doors at once.
        if (place === 0) two.deliver(message);
      });
      const taken = ({ externalId }: ChannelMessage) => one.taken.has(externalId) || two.taken.has(externalId);
      while (one.signal() === null && !messages.every(taken)) await pause();
    }
    expect(one.signal()).to.equal('SIGKILL');
    await deliverUntilTaken(two, messagesOf(residents));
    await quiet(store, residents);
    await expectExactlyOnce(store, residents);
    await two.stop();
  });
});
