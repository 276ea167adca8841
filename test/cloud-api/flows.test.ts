/** Residents on WhatsApp Cloud API, through the whole service and a strict simulator of Meta's side. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { createLateAnswers } from '../../src/facts/channel/late-answers.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import { createStore, type Store } from '../../src/store/store.js';
import { cloudApiCapabilities } from '../../src/transport/cloud-api/message-body.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { soon } from '../support/visitor.js';
import { type GraphSimulator, startGraphSimulator } from './graph-simulator/graph-simulator.js';
import { createCloudResident, type ServedCloudApi, serveCloudApi, tapsOf, wordsOf } from './served.js';

describe('residents on WhatsApp Cloud API', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let graph: GraphSimulator;
  let service: ServedCloudApi;
  let store: Store;
  let ahead = 0;
  const real = { now: () => new Date(Date.now() + ahead) };
  before(async () => {
    database = await createTestDatabase();
    graph = await startGraphSimulator({ now: real.now });
    service = await serveCloudApi({
      ...{ uri: database.uri, graphUrl: graph.url, clocks: { business: systemClock, real } },
      // Long enough for an edit in the same post to come before the answer, also on a slow machine.
      env: {
        ...{ CLOUD_API_TEMPLATE: 'answer_ready', REPLY_COSTS: 'cloud-api:0,cloud-api-template:6.5' },
        ...{ WAIT_AFTER_LAST_MS: '1500', WAIT_AT_MOST_MS: '3000' },
      },
    });
    graph.posts(service.url);
    store = createStore(service.connection);
  });
  beforeEach(() => {
    graph.faults.length = 0;
  });
  after(async () => {
    await service?.stop();
    await graph?.stop();
    await database?.drop();
  });

  const conversationOf = async (name: string): Promise<string> => {
    const id = await store.contacts.findByAlias({ channel: 'cloud-api', id: name });
    if (!id) throw new Error('The resident is not known.');
    return id;
  };
  const rowsOf = async (name: string): Promise<OutboxDocument[]> => store.outbox.latest(await conversationOf(name), 50);
  const specialistWrites = async (name: string, text: string): Promise<string> => {
    const conversation = await store.conversations.find(await conversationOf(name));
    if (!conversation) throw new Error('Nobody wrote.');
    const now = real.now();
    const row: OutboxDocument = {
      ...{ _id: randomUUID(), conversationId: conversation._id, address: conversation.address, text, choices: [] },
      ...{ asksLocation: false, language: 'kk', answers: [], origin: 'specialist', status: 'queued' },
      ...{ position: now.getTime(), attempts: 0, nextAttemptAt: now, createdAt: now },
    };
    await store.transaction((session) => store.outbox.insert(session, [row]));
    return row._id;
  };
  const rowIs = (id: string, status: OutboxDocument['status']) =>
    soon(async () => (await store.outbox.find(id))?.status === status);

  /** The cookie of the first administrator. */
  const signIn = async (): Promise<string> => {
    const { firstAdmin } = service.app;
    const body = new URLSearchParams({ email: firstAdmin?.email ?? '', password: firstAdmin?.password ?? '' });
    const answer = await fetch(`${service.url}/staff/sign-in`, {
      ...{ method: 'POST', body, redirect: 'manual', headers: { Origin: service.url } },
    });
    const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
    return cookies.join('; ');
  };
  /** What /readyz says of the channel. */
  const ready = async (): Promise<string | undefined> => {
    const { parts } = (await (await fetch(`${service.url}/readyz`)).json()) as { parts: Record<string, string> };
    return parts['channel cloud-api'];
  };

  describe('the main flows', () => {
    it('a question is answered with its source, marked as read, and its receipts are recorded', async () => {
      const resident = createCloudResident(graph);
      const answer = await resident.says('42500 теңге кімге беріледі?');
      expect(wordsOf(answer)).to.match(/42[\s ]?500/);
      const [message] = await store.messages.latest(await conversationOf(resident.name), 5);
      await soon(async () => graph.reads.includes(message?.externalId ?? ''));
      await soon(async () => (await rowsOf(resident.name))[0]?.deliveredAt !== undefined);
      const [row] = await rowsOf(resident.name);
      expect(row).to.include({ status: 'sent', externalId: answer.id });
      expect(answer.body.biz_opaque_callback_data, 'the row is found again by it').to.equal(row?._id);
    });

    it('posts come as a list, a tap on one tells of it, and a shared place finds the nearest', async () => {
      const resident = createCloudResident(graph);
      const posts = await resident.says('Қай бекеттер ашық?');
      expect(posts.body).to.have.nested.property('interactive.type', 'list');
      const [first] = tapsOf(posts);
      const told = await resident.taps(first?.title ?? '');
      expect(wordsOf(told)).to.match(/\d\d:\d\d|тәулік/);
      const near = await resident.asks({ type: 'location', location: { latitude: 44.85, longitude: 65.5 } });
      expect(wordsOf(near)).to.match(/км/);
    });

    it('an IIN is checked, and stands in no part of what is stored or sent', async () => {
      const resident = createCloudResident(graph);
      await resident.says('42500 маған тиесілі ме?');
      const result = await resident.says('900101300017');
      expect(wordsOf(result)).to.not.include('900101300017');
      const [, message] = await store.messages.latest(await conversationOf(resident.name), 5);
      expect(message?.text).to.equal('⟨iin⟩');
    });

    it('who asks for a specialist gets a receipt; yes and no are buttons', async () => {
      const resident = createCloudResident(graph);
      const said = await resident.says('Маманмен сөйлескім келеді, көшем ауласында су жоқ');
      const settled = tapsOf(said).length > 0 ? await resident.taps('Иә') : said;
      expect(wordsOf(settled)).to.match(/K-[0-9A-Z]{4}/);
      const tickets = await store.tickets.openOf(await conversationOf(resident.name));
      expect(tickets).to.have.length(1);
    });

    it('a quoted answer sets the context of a question that leans on it', async () => {
      const resident = createCloudResident(graph);
      const first = await resident.says('42500 теңге кімге беріледі?');
      await resident.says('Маскасыз жүрсе қанша айыппұл салады?');
      const leaning = await resident.says('ал құжаттар?', first.id);
      expect(wordsOf(leaning)).to.not.match(/бетперде|маска/i);
      const [, , message] = await store.messages.latest(await conversationOf(resident.name), 5);
      expect(message?.quotes).to.equal(first.id);
    });
  });

  describe('other kinds of messages', () => {
    it('a voice note is told to write or to send “маман”; a mark is no question; an edit before the answer counts', async () => {
      const resident = createCloudResident(graph);
      const id = graph.keep(Buffer.from('OggS voice'), 'audio/ogg');
      const told = await resident.asks({
        type: 'audio',
        audio: { id, mime_type: 'audio/ogg; codecs=opus', voice: true },
      });
      expect(wordsOf(told)).to.include('маман');
      await graph.write(resident.person, { type: 'reaction', reaction: { message_id: told.id, emoji: '👍' } });
      const conversation = await conversationOf(resident.name);
      await soon(async () => (await store.messages.latest(conversation, 5)).every((message) => message.outcome));
      expect((await store.messages.latest(conversation, 5)).at(-1)?.outcome).to.deep.equal({
        kind: 'silence',
        reason: 'reaction',
      });
      const greeting = `wamid.${randomUUID()}`;
      const editTo = (body: string) => ({
        type: 'edit',
        edit: { original_message_id: greeting, message: { type: 'text', text: { body } } },
      });
      await graph.writeAtOnce(resident.person, [
        [{ type: 'text', text: { body: 'Сәлем' } }, { id: greeting }],
        [editTo('Маскасыз жүрсе қанша айыппұл салады?'), {}],
      ]);
      expect(wordsOf(await resident.hears())).to.match(/бетперде/);
      await graph.write(resident.person, editTo('Рахмет'));
      await soon(async () =>
        (await store.messages.latest(conversation, 5)).some(({ edits }) => edits?.[0]?.text === 'Рахмет'),
      );
    });

    it('what cannot be read is answered as that, and a withheld phone number is no hindrance', async () => {
      const hidden = createCloudResident(graph, {
        userId: `KZ.${randomUUID().replaceAll('-', '')}`,
        username: 'aigul',
      });
      const told = await hidden.asks({
        type: 'unsupported',
        errors: [{ code: 131051, title: 'Message type unknown' }],
      });
      expect(told.body).to.include({ recipient: hidden.name });
      expect(wordsOf(told)).to.match(/мәтінмен жазыңызшы/);
      expect(wordsOf(await hidden.says('42500 теңге кімге беріледі?'))).to.match(/42[\s ]?500/);
    });

    it('who changes the number stays the same resident; a stranger’s change leaves no trace', async () => {
      const resident = createCloudResident(graph);
      await resident.says('42500 теңге кімге беріледі?');
      const contact = await store.contacts.findByAlias({ channel: 'cloud-api', id: resident.name });
      const changed = (phone: string, to: string) =>
        graph.write({ phone }, { type: 'system', system: { body: '…', type: 'user_changed_number', wa_id: to } });
      await changed(resident.name, '77770001122');
      await changed('77770003344', '77770005566');
      expect(await store.contacts.findByAlias({ channel: 'cloud-api', id: '77770001122' })).to.equal(contact);
      for (const id of ['77770003344', '77770005566'])
        expect(await store.contacts.findByAlias({ channel: 'cloud-api', id })).to.equal(null);
      const withNewNumber = createCloudResident(graph, { phone: '77770001122' });
      await withNewNumber.says('Маскасыз жүрсе қанша айыппұл салады?');
      const messages = await store.messages.latest(contact ?? '', 10);
      expect(messages.map(({ conversationId }) => conversationId)).to.deep.equal([contact, contact]);
    });

    it('one resident by number and by business-scoped id is one conversation', async () => {
      const userId = `KZ.${randomUUID().replaceAll('-', '')}`;
      const withPhone = createCloudResident(graph, { phone: '77017770001', userId });
      await withPhone.says('42500 теңге кімге беріледі?');
      const hidden = createCloudResident(graph, { userId });
      await hidden.says('Маскасыз жүрсе қанша айыппұл салады?');
      expect(await conversationOf(userId)).to.equal(await conversationOf('77017770001'));
      expect(await store.messages.latest(await conversationOf(userId), 5)).to.have.length(2);
    });
  });

  describe('an outage of the webhook', () => {
    it('what was written over half an hour ago gets one dated answer when staff let it, and no sign of reading before', async () => {
      const resident = createCloudResident(graph);
      const at = new Date(real.now().getTime() - 2 * 3_600_000);
      const texts = ['Здравствуйте', 'Какой штраф за то, что без маски?'];
      const ids = await graph.writeAtOnce(
        resident.person,
        texts.map((body) => [{ type: 'text', text: { body } }, { at }] as const),
      );
      const conversation = await conversationOf(resident.name);
      await soon(async () => (await store.messages.latest(conversation, 5)).every(({ outcome }) => outcome));
      const [ticket] = await store.tickets.openOf(conversation);
      expect(ticket).to.include({ reason: 'came-late', status: 'waiting' });
      const { replyWindowMs = 0 } = cloudApiCapabilities;
      expect(ticket?.windowEnds, 'from when they wrote, not from now').to.deep.equal(
        new Date(Math.floor(at.getTime() / 1_000) * 1_000 + replyWindowMs),
      );
      const page = await (await fetch(`${service.url}/staff/channel`, { headers: { Cookie: await signIn() } })).text();
      const [answer] = (await rowsOf(resident.name)).filter(({ status }) => status === 'draft');
      expect(page, 'an administrator can let it go').to.include(answer?._id);
      expect(graph.reads.filter((id) => ids.includes(id))).to.deep.equal([]);
      expect(resident.got()).to.have.length(0);
      const answers = createLateAnswers({ store, clock: real });
      expect(await answers.release([answer?._id ?? ''], 'admin')).to.equal(1);
      expect(wordsOf(await resident.hears()))
        .to.match(/\d\d\.\d\d\.\d{4}, \d\d:\d\d/)
        .and.match(/маск/);
      expect(resident.got()).to.have.length(1);
    });
  });

  describe('the 24 hours', () => {
    it('after them a template asks to write, and the answer goes out with the next message, before its answer', async () => {
      const resident = createCloudResident(graph);
      await resident.says('42500 теңге кімге беріледі?');
      ahead += 25 * 3_600_000;
      const held = await specialistWrites(resident.name, 'Төлеміңіз 20 мамырда түседі.');
      await rowIs(held, 'held');
      const template = await resident.hears();
      expect(template.body).to.deep.include({ template: { name: 'answer_ready', language: { code: 'kk' } } });
      expect(wordsOf(await resident.says('Рахмет'))).to.equal('Төлеміңіз 20 мамырда түседі.');
      await rowIs(held, 'sent');
      const costs = (await rowsOf(resident.name)).map(({ cost, template: name }) => [name ?? 'reply', cost]);
      expect(costs, 'the price stands with what it paid for').to.deep.include.members([
        ['answer_ready', 6.5],
        ['reply', 0],
      ]);
    });
  });

  it('a message of the day before yesterday that comes last closes no window that a later one opened', async () => {
    const resident = createCloudResident(graph);
    await resident.says('42500 теңге кімге беріледі?');
    const at = new Date(real.now().getTime() - 48 * 3_600_000);
    await graph.write(resident.person, { type: 'text', text: { body: 'Сәлем' } }, { at });
    await rowIs(await specialistWrites(resident.name, 'Төлеміңіз 20 мамырда түседі.'), 'sent');
  });

  describe('refusals', () => {
    it('what Meta is too busy for goes out later, without a try of its own being lost', async () => {
      const resident = createCloudResident(graph);
      const to = resident.name;
      graph.faults.push({ to, kind: 'refuse', code: 130429 }, { to, kind: 'refuse', code: 131016, status: 500 });
      await resident.says('42500 теңге кімге беріледі?');
      await soon(async () => (await rowsOf(resident.name))[0]?.status === 'sent');
      expect((await rowsOf(resident.name))[0]?.attempts, 'the first did not count').to.equal(2);
    });

    it('what Meta takes and then fails as too quick goes out again later and later, and is given up after eight tries', async () => {
      const resident = createCloudResident(graph);
      graph.tellsStatuses(false);
      await graph.write(resident.person, { type: 'text', text: { body: '42500 теңге кімге беріледі?' } });
      for (let tries = 1; tries <= 8; tries += 1) {
        const { id } = await resident.hears();
        await soon(async () => (await rowsOf(resident.name))[0]?.externalId === id);
        const toldAt = real.now().getTime();
        await graph.tellStatus({ id, status: 'failed', to: resident.name, errorCode: tries % 2 ? 130429 : 131056 });
        const [row] = await rowsOf(resident.name);
        expect(row?.attempts).to.equal(tries);
        if (tries === 8) continue;
        const waitMs = (row?.nextAttemptAt.getTime() ?? 0) - toldAt;
        expect(waitMs, `after ${tries} tries`).to.be.at.least(2 ** tries * 1_000);
        ahead += waitMs;
      }
      graph.tellsStatuses(true);
      expect((await rowsOf(resident.name))[0]).to.include({ status: 'failed', failure: 'too-many-tries' });
      expect(resident.got()).to.have.length(8);
    });

    it('who cannot be reached is given up with the reason, and told after the acceptance too', async () => {
      const resident = createCloudResident(graph);
      graph.faults.push({ to: resident.name, kind: 'refuse', code: 131026 });
      await graph.write(resident.person, { type: 'text', text: { body: '42500 теңге кімге беріледі?' } });
      await soon(async () => (await rowsOf(resident.name))[0]?.status === 'failed');
      expect((await rowsOf(resident.name))[0]).to.include({ failure: 'unreachable' });
      const answer = await resident.says('Маскасыз жүрсе қанша айыппұл салады?');
      await graph.tellStatus({ id: answer.id, status: 'failed', to: resident.name, errorCode: 131026 });
      await soon(async () => (await rowsOf(resident.name))[1]?.status === 'failed');
    });

    it('a token that ran out fails nobody: all wait, /readyz names it, and all goes out when it is mended', async () => {
      const resident = createCloudResident(graph);
      graph.faults.push({ to: resident.name, kind: 'refuse', code: 190, status: 401 });
      await graph.write(resident.person, { type: 'text', text: { body: '42500 теңге кімге беріледі?' } });
      await soon(async () => (await rowsOf(resident.name))[0]?.failure === 'account');
      expect(await ready()).to.match(/^190: /);
      ahead += 61_000;
      await resident.hears();
      await soon(async () => (await rowsOf(resident.name))[0]?.failure === undefined);
      expect(await ready()).to.equal('ok');
    });

    it('a template that is not approved fails alone: the channel is well, and the answer goes out when the resident writes', async () => {
      const resident = createCloudResident(graph);
      await resident.says('42500 теңге кімге беріледі?');
      ahead += 25 * 3_600_000;
      graph.faults.push({ to: resident.name, kind: 'refuse', code: 132001, status: 404 });
      const held = await specialistWrites(resident.name, 'Төлеміңіз 20 мамырда түседі.');
      const template = async () => (await rowsOf(resident.name)).find((row) => row.template !== undefined);
      await soon(async () => (await template())?.status === 'failed');
      expect(await template()).to.include({ failure: 'template' });
      expect(await ready()).to.equal('ok');
      await rowIs(held, 'held');
      expect(wordsOf(await resident.says('Рахмет'))).to.equal('Төлеміңіз 20 мамырда түседі.');
    });

    it('an answer of Meta’s that never came is not sent again: its status tells that it left', async () => {
      const resident = createCloudResident(graph);
      graph.tellsStatuses(false);
      graph.faults.push({ to: resident.name, kind: 'take-and-break' });
      const answer = await resident.says('42500 теңге кімге беріледі?');
      await soon(async () => (await rowsOf(resident.name))[0]?.senderToken === -1);
      const [row] = await rowsOf(resident.name);
      expect(row).to.include({ status: 'sending' });
      await graph.tellStatus({ id: answer.id, status: 'sent', to: resident.name });
      await rowIs(row?._id ?? '', 'sent');
      graph.tellsStatuses(true);
      expect(resident.got()).to.have.length(1);
      // Zero is a price: nobody but the news records this one.
      expect((await store.outbox.find(row?._id ?? ''))?.cost).to.equal(0);
    });

    it('without any news it is a person’s after a minute, counted, and settled by news that comes late', async () => {
      const resident = createCloudResident(graph);
      graph.faults.push({ to: resident.name, kind: 'gateway-error' });
      await graph.write(resident.person, { type: 'text', text: { body: '42500 теңге кімге беріледі?' } });
      await soon(async () => (await rowsOf(resident.name).catch(() => []))[0]?.senderToken === -1);
      ahead += 61_000;
      const [row] = await rowsOf(resident.name);
      await rowIs(row?._id ?? '', 'uncertain');
      expect(await store.outbox.counts()).to.include({ uncertain: 1 });
      await graph.tellStatus({
        id: 'wamid.late',
        status: 'delivered',
        to: resident.name,
        callbackData: row?._id ?? '',
      });
      await rowIs(row?._id ?? '', 'sent');
      expect(resident.got()).to.have.length(0);
    });
  });
});
