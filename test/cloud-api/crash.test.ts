/** Real processes killed on the path of a message over Cloud API: Meta posts again, its statuses tell what left, nothing goes out twice. */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { inTime } from '../../src/in-time.js';
import type { Step } from '../../src/steps.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { spawnScript } from '../support/script-process.js';
import { soon } from '../support/visitor.js';
import { type GraphSimulator, startGraphSimulator } from './graph-simulator/graph-simulator.js';
import { createCloudResident, wordsOf } from './served.js';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

describe('a crash over Cloud API', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  let graph: GraphSimulator;
  let port: number;
  const living = new Set<ChildProcess>();
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    store = createStore(connection);
    graph = await startGraphSimulator();
    port = await freePort();
    graph.posts(`http://127.0.0.1:${port}`);
  });
  afterEach(() => {
    for (const child of living) child.kill('SIGKILL');
  });
  after(async () => {
    await connection?.close();
    await graph?.stop();
    await database?.drop();
  });

  const start = async (env: Record<string, string> = {}) => {
    const child = await spawnScript('test/cloud-api/app-process.ts', [], {
      env: { ...process.env, CLOUD_URI: database.uri, CLOUD_GRAPH: graph.url, CLOUD_PORT: String(port), ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    living.add(child);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    void ended.then(() => living.delete(child));
    const ready = new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && resolve());
      void ended.then(() => reject(new Error('The service ended before it was ready.')));
    });
    ready.catch(() => undefined);
    await inTime(ready, 120_000, 'Starting took more than two minutes.');
    return {
      ends: () => inTime(ended, 60_000, 'It did not end.'),
      stop: () => {
        child.stdin?.end();
        return ended;
      },
    };
  };
  /** One question while the process dies at `at`; Meta goes on posting it to the next one. */
  const ask = async (at: Step, next: Record<string, string> = {}) => {
    const resident = createCloudResident(graph);
    const dying = await start({ CLOUD_KILL_AT: at });
    const written = graph.write(resident.person, { type: 'text', text: { body: '42500 теңге кімге беріледі?' } });
    await dying.ends();
    const service = await start(next);
    await written;
    return { resident, service };
  };
  const rowOf = async (name: string) => {
    const id = await store.contacts.findByAlias({ channel: 'cloud-api', id: name });
    const messages = await store.messages.latest(id ?? '', 5);
    expect(messages, 'stored once').to.have.length(1);
    const rows = await store.outbox.latest(id ?? '', 5);
    expect(rows.map(({ answers }) => answers)).to.deep.equal([[messages[0]?._id]]);
    return rows[0];
  };

  it('before the post was acknowledged: it comes again, and is answered once', async () => {
    const { resident, service } = await ask('intake:written');
    expect(wordsOf(await resident.hears())).to.match(/42[\s ]?500/);
    await soon(async () => (await rowOf(resident.name))?.status === 'sent');
    await service.stop();
    expect(resident.got()).to.have.length(1);
  });

  it('between accepted and recorded: the status tells that it left, and it is not sent again', async () => {
    const { resident, service } = await ask('send:accepted');
    await soon(async () => (await rowOf(resident.name))?.status === 'sent');
    expect((await rowOf(resident.name))?.externalId).to.equal(resident.got()[0]?.id);
    await service.stop();
    expect(resident.got()).to.have.length(1);
  });

  it('between marked and handed over: nobody can know, so after a minute a person decides, and it is counted', async () => {
    const { resident, service } = await ask('send:marked', { CLOUD_AHEAD_MS: '61000' });
    await soon(async () => (await rowOf(resident.name))?.status === 'uncertain');
    expect(await store.outbox.counts()).to.include({ uncertain: 1 });
    await service.stop();
    expect(resident.got()).to.have.length(0);
  });
});
