/** What the webhook refuses, by HTTP: forged, replayed, truncated and oversized posts leave no trace in the database. */
import { request } from 'node:http';
import { expect } from 'chai';
import { database as databaseOf } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type GraphSimulator, graphSettings, startGraphSimulator } from './graph-simulator/graph-simulator.js';
import { messageOf, messagesPost, signed, statusPost } from './graph-simulator/posts.js';
import { type ServedCloudApi, serveCloudApi } from './served.js';

const { phoneNumberId, appSecret, verifyToken } = graphSettings;
const person = { phone: '77017770099' };
const textPost = (id: string, text: string) =>
  JSON.stringify(
    messagesPost(phoneNumberId, person, [messageOf(person, id, new Date(), { type: 'text', text: { body: text } })]),
  );

describe('the webhook of WhatsApp Cloud API', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let graph: GraphSimulator;
  let service: ServedCloudApi;
  before(async () => {
    database = await createTestDatabase();
    graph = await startGraphSimulator();
    // Nobody answers here: what stands in the database came by the webhook alone.
    service = await serveCloudApi({ uri: database.uri, graphUrl: graph.url, env: { ROLES: 'web' } });
    graph.posts(service.url);
  });
  after(async () => {
    await service?.stop();
    await graph?.stop();
    await database?.drop();
  });

  /** Every document of every collection: what leaves a trace changes this. */
  const everything = async (): Promise<string> => {
    const db = databaseOf(service.connection);
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
    const rows = await Promise.all(
      names.map(async (name) => [name, await db.collection(name).find().sort({ _id: 1 }).toArray()]),
    );
    return JSON.stringify(rows);
  };
  const leavesNoTrace = async (work: () => Promise<void>): Promise<void> => {
    const before = await everything();
    await work();
    expect(await everything()).to.equal(before);
  };

  it('answers Meta’s check of the address with the challenge, and nobody else', async () => {
    const check = async (query: Record<string, string>) => {
      const answer = await fetch(`${service.url}/webhooks/whatsapp?${new URLSearchParams(query)}`);
      return `${answer.status} ${await answer.text()}`;
    };
    const right = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' };
    expect(await check(right)).to.equal('200 1158201444');
    expect(await check({ ...right, 'hub.verify_token': 'guessed' })).to.equal('403 ');
    expect(await check({ ...right, 'hub.challenge': '<script>' })).to.equal('400 ');
    expect(await check({})).to.equal('400 ');
  });

  it('forged: no signature, a wrong one, one of another body, one under another secret', () =>
    leavesNoTrace(async () => {
      const body = textPost('wamid.forged', 'Сәлем');
      const unsigned = await fetch(`${service.url}/webhooks/whatsapp`, { method: 'POST', body });
      expect(unsigned.status).to.equal(401);
      for (const signature of [
        '',
        'sha256=',
        `sha256=${'0'.repeat(64)}`,
        signed('{}', appSecret),
        signed(body, 'guess'),
      ]) {
        expect(await graph.postRaw(body, signature), signature).to.equal(401);
      }
    }));

  it('truncated: cut off on the way, or signed as it is and no JSON or no post', () =>
    leavesNoTrace(async () => {
      const body = textPost('wamid.cut', 'Сәлем');
      expect(await graph.postRaw(body.slice(0, -20), signed(body, appSecret))).to.equal(401);
      expect(await graph.postRaw(body.slice(0, -20))).to.equal(400);
      expect(await graph.postRaw('')).to.equal(400);
      expect(await graph.postRaw('{"object":"page","entry":[]}')).to.equal(400);
      expect(await graph.postRaw(Buffer.from([0xff, 0xfe, 0x00]))).to.equal(400);
      const { hostname, port } = new URL(service.url);
      const headers = { 'Content-Length': '5000', 'X-Hub-Signature-256': signed(body, appSecret) };
      await new Promise<void>((resolve) => {
        const cut = request({ hostname, port, path: '/webhooks/whatsapp', method: 'POST', headers });
        cut.on('error', () => resolve());
        cut.write(body);
        setTimeout(() => cut.destroy(), 100);
      });
    }));

  it('oversized: more than Meta ever sends, though rightly signed', () =>
    leavesNoTrace(async () => {
      expect(await graph.postRaw(textPost('wamid.large', 'я'.repeat(2_000_000)))).to.equal(413);
      const squeezed = await fetch(`${service.url}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { 'Content-Encoding': 'gzip' },
        body: 'x',
      });
      expect(squeezed.status).to.equal(415);
    }));

  it('replayed: what was acknowledged is refused, edits and receipts too', async () => {
    const bodies = [
      textPost('wamid.once', 'Сәлем'),
      JSON.stringify(
        messagesPost(phoneNumberId, person, [
          messageOf(person, 'wamid.edit', new Date(), {
            ...{
              type: 'edit',
              edit: { original_message_id: 'wamid.once', message: { text: { body: 'Сәлеметсіз бе' } } },
            },
          }),
        ]),
      ),
      JSON.stringify(statusPost(phoneNumberId, { id: 'wamid.none', status: 'read', to: person.phone, at: new Date() })),
    ];
    for (const body of bodies) expect(await graph.postRaw(body)).to.equal(200);
    await leavesNoTrace(async () => {
      for (const body of bodies) expect(await graph.postRaw(body)).to.equal(409);
    });
  });

  it('many messages of several residents come in one post, each kept once and in order', async () => {
    const residents = ['77017770101', '77017770102'].map((phone) => ({ phone }));
    const messages = Array.from({ length: 40 }, (_, place) => {
      const who = residents[place % 2] ?? person;
      return messageOf(who, `wamid.many-${place}`, new Date(), { type: 'text', text: { body: `${place}` } });
    });
    expect(await graph.postRaw(JSON.stringify(messagesPost(phoneNumberId, residents[0] ?? person, messages)))).to.equal(
      200,
    );
    const store = createStore(service.connection);
    for (const [who, { phone }] of residents.entries()) {
      const id = await store.contacts.findByAlias({ channel: 'cloud-api', id: phone });
      const stored = await store.messages.latest(id ?? '', 50);
      expect(stored.map(({ text }) => Number(text))).to.deep.equal(Array.from({ length: 20 }, (_, n) => 2 * n + who));
    }
  });

  it('what is said in a group that the number is in leaves no trace, nor does another number’s', async () => {
    await leavesNoTrace(async () => {
      const said = { type: 'text', text: { body: 'Сәлем, достар' }, group_id: 'Y2FwaV9ncm91cDox' };
      const inGroup = messagesPost(phoneNumberId, person, [messageOf(person, 'wamid.group', new Date(), said)]);
      expect(await graph.postRaw(JSON.stringify(inGroup))).to.equal(200);
      const foreign = JSON.stringify(
        messagesPost('999', person, [messageOf(person, 'wamid.foreign', new Date(), { type: 'text' })]),
      );
      expect(await graph.postRaw(foreign)).to.equal(200);
    });
  });
});
