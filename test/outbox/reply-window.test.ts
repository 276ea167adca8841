/** A channel with a window for replies: what comes too late waits for the resident, in order, and goes out once. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { silentLogger } from '../../src/log.js';
import { createRecordDelivery } from '../../src/outbox/record-delivery.js';
import { createSender } from '../../src/outbox/sender.js';
import { passSilently } from '../../src/steps.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { SendResult, Transport } from '../../src/transport/contract.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { createResident } from '../support/resident.js';
import { type Service, startService } from '../support/service.js';
import { soon } from '../support/visitor.js';

const windowMs = 24 * 3_600_000;

/** Real: engine, intake, worker, sender, web chat. The channel's window is put before the web chat; the clock is moved. */
describe('outbox/reply-window', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let service: Service;
  let later = 0;
  const real = { now: () => new Date(Date.now() + later) };
  const clocks = { business: real, real };
  let template: string | undefined;
  /** What the channel answers next, instead of taking the message. */
  let refusals: SendResult[] = [];
  let transport: Transport;
  let sender: ReturnType<typeof createSender>;
  before(async () => {
    database = await createTestDatabase();
    service = await startService({ uri: database.uri, clocks });
    await service.core.senders.stop();
    const { store } = service;
    const page = createWebChat({ store, clocks, newId: randomUUID });
    transport = {
      ...page,
      capabilities: { ...page.capabilities, replyWindowMs: windowMs },
      reopening: () => (template === undefined ? undefined : { template, text: 'Жауап дайын, бір сөз жазыңыз.' }),
      send: async (to, message) => refusals.shift() ?? page.send(to, message),
    };
    sender = createSender({
      store,
      transport,
      clocks,
      newId: randomUUID,
      logger: silentLogger,
      at: passSilently,
      leaseMs: 2_000,
    });
    sender.start(service.changes);
  });
  beforeEach(() => {
    later = 0;
    template = undefined;
    refusals = [];
  });
  after(async () => {
    await sender.stop();
    await service.stop();
    await database.drop();
  });

  const writeTo = async (conversationId: string, text: string, more: Partial<OutboxDocument> = {}): Promise<string> => {
    const conversation = await service.store.conversations.find(conversationId);
    if (!conversation) throw new Error('Nobody wrote.');
    const now = real.now();
    const row: OutboxDocument = {
      ...{ _id: randomUUID(), conversationId, address: conversation.address, text, choices: [], asksLocation: false },
      ...{ language: 'kk', answers: [], origin: 'specialist', status: 'queued', position: now.getTime(), attempts: 0 },
      ...{ nextAttemptAt: now, createdAt: now, ...more },
    };
    await service.store.transaction((session) => service.store.outbox.insert(session, [row]));
    return row._id;
  };
  /** A resident writes at the moved clock's time. */
  const writesNow = (id: string, text: string) =>
    service.core.intake.receive({
      ...{ externalId: randomUUID(), from: [{ channel: 'web', id }], sentAt: real.now() },
      content: { kind: 'text', text },
    });
  const rowIs = async (id: string, status: OutboxDocument['status']): Promise<OutboxDocument> => {
    await soon(async () => (await service.store.outbox.find(id))?.status === status);
    const row = await service.store.outbox.find(id);
    if (!row) throw new Error('The row is gone.');
    return row;
  };
  const arrived = async (id: string) => (await service.store.webMessages.latest(id, 50)).map(({ text }) => text);

  it('an answer within the window goes out; a later one waits and goes before the answer to the next message', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    await rowIs(await writeTo(id, 'Уақытында.'), 'sent');
    later = windowMs;
    const first = await writeTo(id, 'Кеш қалған бірінші.');
    expect(await rowIs(first, 'held')).to.include({ failure: 'window-closed' });
    const second = await writeTo(id, 'Кеш қалған екінші.');
    await rowIs(second, 'held');
    await writesNow(resident.id, 'Маскасыз жүрсе қанша айыппұл салады?');
    await rowIs(first, 'sent');
    await rowIs(second, 'sent');
    await soon(async () => (await arrived(resident.id)).length === 5);
    const [, inTime, one, two, answer] = await arrived(resident.id);
    expect([inTime, one, two]).to.deep.equal(['Уақытында.', 'Кеш қалған бірінші.', 'Кеш қалған екінші.']);
    expect(answer).to.match(/бетперде/);
    expect((await service.store.conversations.find(id))?.repliesHeld).to.equal(undefined);
    expect((await rowIs(first, 'sent')).failure, 'no reason stays behind').to.equal(undefined);
  });

  it('an approved template asks the resident once to write, and never one who said стоп', async () => {
    template = 'answer_ready';
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    later = windowMs;
    await rowIs(await writeTo(id, 'Бірінші.'), 'held');
    await rowIs(await writeTo(id, 'Екінші.'), 'held');
    await soon(async () => (await arrived(resident.id)).length === 2);
    expect((await arrived(resident.id)).at(-1)).to.equal('Жауап дайын, бір сөз жазыңыз.');
    const asked = (await service.store.outbox.latest(id, 50)).filter((row) => row.template !== undefined);
    expect(asked).to.have.length(1);

    const silent = createResident(service);
    later = 0;
    await silent.says('Тоқта');
    later = windowMs;
    const held = await writeTo(await silent.conversationId(), 'Сұрағыңыздың жауабы.');
    await rowIs(held, 'held');
    expect(await arrived(silent.id), 'but the answer to the own word').to.have.length(1);
  });

  it('what the channel calls too late is held too, when it is sent and when it was taken first', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    refusals = [{ kind: 'held', error: '131047' }];
    await rowIs(await writeTo(id, 'Жіберерде.'), 'held');
    const taken = await writeTo(id, 'Кейін.');
    const { externalId = '' } = await rowIs(taken, 'sent');
    const record = createRecordDelivery({
      ...service,
      transports: [transport],
      clocks,
      newId: randomUUID,
      logger: silentLogger,
    });
    const news = { externalId, at: real.now(), state: 'failed', result: { kind: 'held', error: '131047' } } as const;
    await record(news);
    expect(await rowIs(taken, 'held')).to.deep.include({ pastExternalIds: [externalId] });
    await resident.writes('Рахмет');
    const again = await rowIs(taken, 'sent');
    await record(news);
    await record({ ...news, outboxId: taken });
    expect(await service.store.outbox.find(taken), 'late news of the first try').to.deep.equal(again);
  });

  it('a channel that is busy takes none of the tries of a message away', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    refusals = [
      { kind: 'retry', busy: true, error: '130429' },
      { kind: 'retry', busy: true, error: '130429' },
    ];
    const row = await writeTo(await resident.conversationId(), 'Жауап.');
    expect((await rowIs(row, 'sent')).attempts).to.equal(1);
  });

  it('what waits for a busy channel keeps its place before all that was written after it', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    refusals = [{ kind: 'retry', busy: true, afterMs: 1_500, error: 'The line is down.' }];
    await writeTo(id, 'Бірінші бөлік.');
    await writeTo(id, 'Екінші бөлік.');
    await rowIs(await writeTo(id, 'Үшінші бөлік.'), 'sent');
    expect((await arrived(resident.id)).slice(1)).to.deep.equal(['Бірінші бөлік.', 'Екінші бөлік.', 'Үшінші бөлік.']);
  });

  it('what staff may still take back holds nobody up', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    const inASecond = new Date(real.now().getTime() + 1_500);
    const many = await writeTo(id, 'Көпке жауап.', { nextAttemptAt: inASecond, undoUntil: inASecond });
    await rowIs(await writeTo(id, 'Жедел жауап.'), 'sent');
    expect((await service.store.outbox.find(many))?.status).to.equal('queued');
    await rowIs(many, 'sent');
  });

  it('a notice that waited never reaches who answers it with стоп; the answer to an own question does', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    const [asked] = await service.store.messages.latest(id, 1);
    later = windowMs;
    const notice = await writeTo(id, 'Тізім жаңарды.', { origin: 'job' });
    const correction = await writeTo(id, 'Түзету.', { correction: 'one' });
    const answer = await writeTo(id, 'Сұрағыңыздың жауабы.', { answers: [asked?._id ?? ''] });
    for (const row of [notice, correction, answer]) await rowIs(row, 'held');
    await writesNow(resident.id, 'Тоқта');
    for (const row of [notice, correction]) await rowIs(row, 'withdrawn');
    await rowIs(answer, 'sent');
    await rowIs(await writeTo(id, 'Тағы бір хабарлама.', { origin: 'job' }), 'withdrawn');
    const texts = await arrived(resident.id);
    expect(texts).to.include('Сұрағыңыздың жауабы.');
    expect(texts).to.not.include('Тізім жаңарды.').and.not.include('Түзету.');
  });

  it('a template that could not leave is taken back when the resident writes by themselves', async () => {
    template = 'answer_ready';
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    later = windowMs;
    refusals = [{ kind: 'retry', busy: true, afterMs: 3_000, reason: 'account', error: '131042' }];
    await rowIs(await writeTo(id, 'Сұрағыңыздың жауабы.'), 'held');
    await soon(async () => (await service.store.outbox.waitingFor('web', 'account')) !== null);
    const calls = await service.store.outbox.waitingFor('web', 'account');
    await writesNow(resident.id, 'Маскасыз жүрсе қанша айыппұл салады?');
    await rowIs(calls?._id ?? '', 'withdrawn');
    expect(await arrived(resident.id)).to.not.include('Жауап дайын, бір сөз жазыңыз.');
  });

  it('what waited goes to the number from which the resident writes now', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const id = await resident.conversationId();
    later = windowMs;
    const held = await writeTo(id, 'Сұрағыңыздың жауабы.');
    await rowIs(held, 'held');
    const now = randomUUID();
    await service.core.intake.receive({
      ...{ externalId: randomUUID(), sentAt: real.now(), content: { kind: 'text', text: 'Рахмет' } },
      from: [
        { channel: 'web', id: now },
        { channel: 'web', id: resident.id },
      ],
    });
    await rowIs(held, 'sent');
    expect(await arrived(now)).to.include('Сұрағыңыздың жауабы.');
  });

  it('a refusal for the closed window that comes after the resident wrote again is tried at once, not held', async () => {
    const resident = createResident(service);
    await resident.says('42500 теңге кімге беріледі?');
    const row = await writeTo(await resident.conversationId(), 'Жауап.');
    const { externalId = '' } = await rowIs(row, 'sent');
    await resident.says('Маскасыз жүрсе қанша айыппұл салады?');
    const parts = { ...service, transports: [transport], clocks, newId: randomUUID, logger: silentLogger };
    await createRecordDelivery(parts)({
      ...{ externalId, at: real.now(), state: 'failed', result: { kind: 'held', error: '131047' } },
    });
    expect(await rowIs(row, 'sent')).to.deep.include({ pastExternalIds: [externalId], attempts: 1 });
  });
});
