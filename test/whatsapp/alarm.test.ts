/** Staff hear of an outage: in the log, by the webhook and on the pages, once for all processes, and of its end. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import type { Clock } from '../../src/clock.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createAlarm } from '../../src/transport/whatsapp-web/alarm.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { soon } from '../support/visitor.js';

const afterMs = 5 * 60_000;
const now = new Date('2020-04-23T02:00:00Z');

describe('the alarm of the number on WhatsApp', () => {
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  const clock: Clock = { now: () => now };
  const posts: { state: string; minutes: number; detail?: string }[] = [];
  let answers = 200;
  const hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', () => {
      posts.push(JSON.parse(body));
      response.writeHead(answers).end();
    });
  });
  const logged: { level: number; msg: string }[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const running: ReturnType<typeof createAlarm>[] = [];
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    store = createStore(connection);
    await store.migrate();
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    hook.close();
    await connection?.close();
    await database?.drop();
  });
  beforeEach(() => {
    posts.length = 0;
    logged.length = 0;
    answers = 200;
  });
  afterEach(() => Promise.all(running.splice(0).map((alarm) => alarm.stop())));

  /** One look of so many processes that serve the channel. */
  const look = async (processes = 1): Promise<void> => {
    const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    const started = Array.from({ length: processes }, () => createAlarm({ store, clock, logger, afterMs, webhook }));
    running.push(...started);
    for (const alarm of started) alarm.start();
    await soon(async () => started.every((alarm) => alarm.idleMs() < 60_000));
  };
  const isDown = (minutesAgo: number) => {
    const downSince = new Date(now.getTime() - minutesAgo * 60_000);
    return store.channels.change(
      'whatsapp-web',
      { state: 'reconnecting', since: downSince, downSince, detail: 'browser-gone' },
      ['alarmedAt'],
    );
  };
  const errors = () => logged.filter(({ level }) => level === 50).map(({ msg }) => msg);

  it('is silent while the outage is shorter than what staff want to hear of', async () => {
    await isDown(4);
    await look();
    expect(errors()).to.deep.equal([]);
    expect(posts).to.deep.equal([]);
    expect(await store.channels.alarmed()).to.equal(null);
  });

  it('tells of it once, whatever number of processes looks', async () => {
    await isDown(6);
    await look(3);
    expect(errors()).to.deep.equal(['WhatsApp has not been connected for minutes: see /staff/channel.']);
    expect(posts).to.have.length(1);
    expect(posts[0]).to.include({ state: 'reconnecting', minutes: 6, detail: 'browser-gone' });
    expect(await store.channels.alarmed(), 'the pages show it').to.deep.equal(new Date(now.getTime() - 6 * 60_000));
  });

  it('takes a record that calls itself connected without a fresh proof for an outage: its owner died', async () => {
    const provenAt = new Date(now.getTime() - 7 * 60_000);
    await store.channels.change('whatsapp-web', { state: 'connected', since: provenAt, provenAt }, [
      'alarmedAt',
      'downSince',
    ]);
    await look();
    expect(posts).to.have.length(1);
    expect(posts[0]).to.include({ minutes: 7 });
  });

  it('says in the log where the webhook does not take it', async () => {
    await isDown(6);
    answers = 500;
    await look();
    expect(errors()).to.include('The webhook of CHANNEL_ALARM_URL could not be told of an outage.');
  });

  it('tells of the end of an outage that was told', async function () {
    this.timeout(240_000);
    await isDown(6);
    await look();
    await store.channels.change('whatsapp-web', { state: 'connected', since: now, provenAt: now }, [
      'downSince',
      'alarmedAt',
    ]);
    await soon(async () => posts.length === 2, 15_000);
    expect(posts[1]).to.include({ state: 'connected' });
    expect(await store.channels.alarmed()).to.equal(null);
  });
});
