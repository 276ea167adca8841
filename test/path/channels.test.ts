/** Several channels in one service: each has a sender of its own, and a channel that cannot send keeps its rows and nobody else's. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClocks } from '../../src/clock.js';
import { silentLogger } from '../../src/log.js';
import { createSenders } from '../../src/outbox/senders.js';
import { passSilently } from '../../src/steps.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { ChannelName, Transport } from '../../src/transport/contract.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type Service, startService } from '../support/service.js';
import { soon } from '../support/visitor.js';

describe('several channels', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let service: Service;
  const running: { stop(): Promise<void> }[] = [];
  before(async () => {
    database = await createTestDatabase();
    service = await startService({ uri: database.uri });
  });
  afterEach(() => Promise.all(running.splice(0).map((senders) => senders.stop())));
  after(async () => {
    await service.stop();
    await database.drop();
  });

  const channel = (name: ChannelName) => {
    const line = { up: true, sent: [] as string[] };
    const transport: Transport = {
      ...createWebChat({ store: service.store, clocks: systemClocks, newId: randomUUID }),
      channel: name,
      canSend: () => line.up,
      async send(_to, { id }) {
        line.sent.push(id);
        return { kind: 'accepted', externalId: randomUUID() };
      },
    };
    return { line, transport };
  };
  const startSenders = (transports: readonly Transport[]): void => {
    const parts = { store: service.store, clocks: systemClocks, newId: randomUUID, logger: silentLogger };
    const senders = createSenders({ ...parts, transports, at: passSilently, leaseMs: 60_000 });
    senders.start(service.changes);
    running.push(senders);
  };
  const write = async (name: ChannelName): Promise<string> => {
    const now = new Date();
    const row: OutboxDocument = {
      ...{ _id: randomUUID(), conversationId: randomUUID(), address: { channel: name, id: '+77010000000' } },
      ...{ text: 'Сәлем', choices: [], asksLocation: false, language: 'kk', answers: [], origin: 'specialist' },
      ...{ status: 'queued', position: 1, attempts: 0, nextAttemptAt: now, createdAt: now },
    };
    await service.store.transaction((session) => service.store.outbox.insert(session, [row]));
    return row._id;
  };
  const statusOf = async (id: string) => (await service.store.outbox.find(id))?.status;

  it('each row leaves by its own', async () => {
    const [one, other] = [channel('whatsapp-web'), channel('cloud-api')];
    startSenders([one.transport, other.transport]);
    const rows = [await write('whatsapp-web'), await write('cloud-api')] as const;
    await soon(async () => (await statusOf(rows[0])) === 'sent' && (await statusOf(rows[1])) === 'sent');
    expect([one.line.sent, other.line.sent]).to.deep.equal([[rows[0]], [rows[1]]]);
  });

  it('what cannot go out waits untried, and goes where it can as soon as one can', async () => {
    const [here, there] = [channel('whatsapp-web'), channel('whatsapp-web')];
    startSenders([here.transport]);
    const before = await write('whatsapp-web');
    await soon(async () => (await statusOf(before)) === 'sent');
    here.line.up = false;
    const id = await write('whatsapp-web');
    const row = await service.store.outbox.find(id);
    expect(row).to.include({ status: 'queued', attempts: 0 });
    // The lease is for a minute: that it moves within seconds says that it was given back.
    startSenders([there.transport]);
    await soon(async () => (await statusOf(id)) === 'sent');
    expect([here.line.sent, there.line.sent]).to.deep.equal([[before], [id]]);
  });
});
