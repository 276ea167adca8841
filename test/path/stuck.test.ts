/** What cannot go on ends where somebody sees it: nothing on the path stands still, or goes round, in silence. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { pino } from 'pino';
import { createApp } from '../../src/app.js';
import { systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import { silentLogger } from '../../src/log.js';
import { createSender } from '../../src/outbox/sender.js';
import { passSilently } from '../../src/steps.js';
import { database as databaseOf } from '../../src/store/connect.js';
import type { ConversationDocument } from '../../src/store/conversations.js';
import type { MessageDocument } from '../../src/store/messages.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { Lookup, Transport } from '../../src/transport/contract.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { createResident } from '../support/resident.js';
import { type Service, startService, testSecrets } from '../support/service.js';
import { soon } from '../support/visitor.js';

describe('what cannot go on', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let service: Service;
  const logged: { level: number; msg: string; error?: string }[] = [];
  before(async () => {
    database = await createTestDatabase();
    const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
    service = await startService({ uri: database.uri, logger });
  });
  after(async () => {
    await service.stop();
    await database.drop();
  });
  const conversations = () => databaseOf(service.connection).collection<ConversationDocument>('conversations');

  /** A row that waits on a channel which no process here serves. */
  const write = async (change: Partial<OutboxDocument>): Promise<string> => {
    const now = new Date();
    const row: OutboxDocument = {
      ...{ _id: randomUUID(), conversationId: randomUUID(), address: { channel: 'cloud-api', id: '+77010000000' } },
      ...{ text: 'Сәлем', choices: [], asksLocation: false, language: 'kk', answers: [], origin: 'specialist' },
      ...{ status: 'queued', position: 1, attempts: 0, nextAttemptAt: now, createdAt: now },
      ...change,
    };
    await service.store.transaction((session) => service.store.outbox.insert(session, [row]));
    return row._id;
  };

  describe('in the worker', () => {
    it('a turn whose message has its outcome already is counted, logged, and parked; the other message gets to a person', async () => {
      const resident = createResident(service);
      await resident.says('42500 теңге кімге беріледі?');
      const id = await resident.conversationId();
      const [answered] = await resident.messages();
      await soon(async () => (await service.store.conversations.find(id))?.lease.owner === '');
      await conversations().updateOne({ _id: id }, { $set: { settledSeq: 0, failures: 4 } });
      await resident.writes('Маскасыз жүрсе қанша айыппұл салады?');
      const [first, second] = await resident.settles();
      expect(first?.outcome).to.deep.equal(answered?.outcome);
      const [ticket] = await service.store.tickets.openOf(id);
      expect(ticket).to.include({ reason: 'parked', urgent: true, status: 'waiting' });
      expect(ticket?.messages).to.deep.equal([second?._id]);
      expect(second?.outcome).to.deep.equal({ kind: 'ticket', ticketId: ticket?._id });
      expect(second?.parked?.error).to.equal('A message of this turn has its outcome already.');
      expect(first?.parked).to.equal(undefined);
      const levels = logged.filter(({ error }) => error === second?.parked?.error).map(({ level }) => level);
      expect(levels, 'the failure at WARN, then ERROR').to.deep.equal([40, 50]);
      expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
      const after = await service.store.conversations.find(id);
      expect(after).to.include({ failures: 0, settledSeq: 3, inboundSeq: 3 });
    });

    it('a transaction that meets conflicts ends by itself, long before the driver would give up', async () => {
      const resident = createResident(service);
      await resident.says('42500 теңге кімге беріледі?');
      const id = await resident.conversationId();
      const change = { $set: { lastMessageAt: new Date() } };
      const holder = await service.connection.startSession();
      holder.startTransaction();
      await conversations().updateOne({ _id: id }, change, { session: holder });
      let tries = 0;
      const contender = service.store.transaction(async (session) => {
        tries += 1;
        await conversations().updateOne({ _id: id }, change, { session });
      }, 500);
      const error = await contender.catch((fault: Error) => fault);
      expect(error).to.have.property('message', 'A transaction met conflicts for 500 ms and is given up.');
      expect(tries).to.be.above(1);
      await holder.abortTransaction();
      await holder.endSession();
      expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?'), 'nothing is locked any more').to.match(
        /бетперде/,
      );
    });

    it('a turn whose message somebody else holds is counted as failed, and answered when it is free', async () => {
      const resident = createResident(service);
      await resident.says('42500 теңге кімге беріледі?');
      const id = await resident.conversationId();
      const [message] = await resident.messages();
      const messages = databaseOf(service.connection).collection<MessageDocument>('messages');
      await messages.updateOne({ _id: message?._id ?? '' }, { $unset: { outcome: 1 } });
      const holder = await service.connection.startSession();
      holder.startTransaction();
      await messages.updateOne({ _id: message?._id ?? '' }, { $set: { receivedAt: new Date() } }, { session: holder });
      await conversations().updateOne({ _id: id }, { $set: { settledSeq: 0, dueAt: new Date() } });
      await soon(async () => ((await service.store.conversations.find(id))?.failures ?? 0) >= 1);
      await holder.abortTransaction();
      await holder.endSession();
      const [answered] = await resident.settles();
      expect(answered?.outcome?.kind).to.equal('reply');
      expect(await service.store.conversations.find(id)).to.include({ failures: 0, settledSeq: 1 });
    });
  });

  describe('in the sender', () => {
    /** A channel whose sends break off; what it knows of them is the test's. */
    const brokenChannel = (knows: Lookup) => {
      const channel = { sends: 0, lookups: 0 };
      const transport: Transport = {
        ...createWebChat({ store: service.store, clocks: systemClocks, newId: randomUUID }),
        channel: 'cloud-api',
        async send() {
          channel.sends += 1;
          throw new Error('The line broke.');
        },
        async lookup() {
          channel.lookups += 1;
          return knows;
        },
      };
      return { channel, transport };
    };
    let hours = 0;
    const real = { now: () => new Date(Date.now() + hours * 3_600_000) };
    const senderOf = (transport: Transport) => {
      const parts = { store: service.store, clocks: { business: real, real }, newId: randomUUID };
      return createSender({ ...parts, transport, logger: silentLogger, at: passSilently, leaseMs: 2_000 });
    };
    it('a row whose sending breaks off waits between its tries and fails after the eighth', async () => {
      const { channel, transport } = brokenChannel({ kind: 'not-sent' });
      const sender = senderOf(transport);
      const id = await write({});
      sender.start(service.changes);
      for (let attempt = 1; attempt <= 8; attempt += 1) {
        const { lookups } = channel;
        await soon(async () => channel.lookups > lookups + 1);
        const row = await service.store.outbox.find(id);
        expect(row, 'asked again and again, for it may be on its way').to.include({
          status: 'sending',
          attempts: attempt,
        });
        hours += 1;
        await soon(async () => (await service.store.outbox.find(id))?.status !== 'sending');
        expect(channel.sends).to.equal(attempt);
        hours += 1;
      }
      expect(await service.store.outbox.find(id)).to.include({ status: 'failed', error: 'The line broke.' });
      await sender.stop();
    });

    it('a row that this very sender left half-way is looked up', async () => {
      const { channel, transport } = brokenChannel({ kind: 'sent', externalId: 'wamid.1' });
      const sender = senderOf(transport);
      sender.start(service.changes);
      await soon(async () => sender.idleMs() < 60_000);
      const token = await databaseOf(service.connection)
        .collection('leases')
        .findOne({ _id: 'sender:cloud-api' as never });
      const marked = { status: 'sending', senderToken: token?.token, sendingSince: new Date() } as const;
      const id = await write({ ...marked, attempts: 1 });
      await soon(async () => (await service.store.outbox.find(id))?.status === 'sent');
      expect(channel.sends).to.equal(0);
      await sender.stop();
    });
  });

  it('is told by /readyz when messages or replies have waited for minutes', async () => {
    const config = readConfig({ ROLES: 'web', PORT: '0' });
    const { connection } = service;
    const app = await createApp({
      config,
      logger: silentLogger,
      clocks: systemClocks,
      connection,
      secrets: testSecrets,
      modelFolder: modelFolderOfSources(config.dataDir),
    });
    const { url } = await app.start();
    const ready = async () => (await fetch(`${url}/readyz`)).json();
    expect(await ready()).to.deep.include({ ready: true });
    const longAgo = new Date(Date.now() - 3 * 60_000);
    await write({ address: { channel: 'whatsapp-web', id: '+77010000000' }, nextAttemptAt: longAgo });
    const waits = 'some have waited for 2 minutes and longer';
    expect((await ready()).parts).to.deep.include({ messages: 'ok', replies: waits });
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    await conversations().updateOne(
      { _id: await resident.conversationId() },
      { $set: { dueAt: longAgo, 'lease.until': 4e12, 'lease.owner': 'a worker that hangs' } },
    );
    expect((await ready()).parts).to.deep.include({ messages: waits, worker: 'ok' });
    await app.stop();
  });
});
