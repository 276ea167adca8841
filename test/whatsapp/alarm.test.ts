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
const morning = new Date('2020-04-23T02:00:00Z');

describe('the alarm of the number on WhatsApp', () => {
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  let now = morning;
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
    now = morning;
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
      ['alarmedAt', 'told'],
    );
  };
  const passMinutes = (minutes: number): void => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  const isUp = () =>
    store.channels.change('whatsapp-web', { state: 'connected', since: now, provenAt: now }, [
      'downSince',
      'alarmedAt',
    ]);
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
      ...(['alarmedAt', 'downSince', 'told'] as const),
    ]);
    await look();
    expect(posts).to.have.length(1);
    expect(posts[0]).to.include({ minutes: 7 });
  });

  it('says in the log where the webhook does not take it, and tells it again each minute, whichever process is left', async () => {
    await isDown(6);
    answers = 500;
    await look();
    const failed = errors().filter((msg) => msg.startsWith('The webhook of CHANNEL_ALARM_URL could not be told'));
    expect(failed).to.have.length(1);
    await look();
    expect(posts, 'not within the minute').to.have.length(1);
    answers = 200;
    passMinutes(1);
    await look(2);
    expect(posts.map(({ minutes }) => minutes)).to.deep.equal([6, 7]);
    passMinutes(1);
    await look();
    expect(posts, 'told once').to.have.length(2);
    expect(errors().filter((msg) => msg.startsWith('WhatsApp has not been connected'))).to.have.length(1);
  });

  it('tells of the end of an outage that was told, also where the process that told it is gone', async () => {
    await isDown(6);
    await look();
    await Promise.all(running.splice(0).map((alarm) => alarm.stop()));
    passMinutes(4);
    await isUp();
    answers = 500;
    await look();
    expect(posts.map(({ state }) => state)).to.deep.equal(['reconnecting', 'connected']);
    passMinutes(1);
    await isUp();
    answers = 200;
    await look(2);
    await look();
    expect(posts.map(({ state }) => state)).to.deep.equal(['reconnecting', 'connected', 'connected']);
    expect(posts[2]).to.include({ minutes: 11 });
    expect(await store.channels.alarmed()).to.equal(null);
  });

  it('tells of the next outage too where nobody heard of the end of the last one', async () => {
    await isDown(6);
    await look();
    answers = 500;
    passMinutes(2);
    await isUp();
    await look();
    passMinutes(10);
    await store.channels.change('whatsapp-web', {
      state: 'reconnecting',
      downSince: new Date(now.getTime() - 6 * 60_000),
    });
    answers = 200;
    await look();
    expect(posts.at(-1)).to.include({ state: 'reconnecting', minutes: 6 });
  });
});
