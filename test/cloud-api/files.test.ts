/** Photos, voice and documents of residents: fetched from Meta, sealed, shown to signed-in staff alone, each view written down. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { database as databaseOf } from '../../src/store/connect.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { soon } from '../support/visitor.js';
import { type GraphSimulator, startGraphSimulator } from './graph-simulator/graph-simulator.js';
import { createCloudResident, type ServedCloudApi, serveCloudApi, wordsOf } from './served.js';

describe('files of residents', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let graph: GraphSimulator;
  let service: ServedCloudApi;
  let store: Store;
  let cookie = '';
  let ahead = 0;
  const real = { now: () => new Date(Date.now() + ahead) };
  before(async () => {
    database = await createTestDatabase();
    graph = await startGraphSimulator({ now: real.now });
    service = await serveCloudApi({
      ...{ uri: database.uri, graphUrl: graph.url, env: { MEDIA_MAX_MB: '1' } },
      clocks: { business: systemClock, real },
    });
    graph.posts(service.url);
    store = createStore(service.connection);
    const { firstAdmin } = service.app;
    const form = new URLSearchParams({ email: firstAdmin?.email ?? '', password: firstAdmin?.password ?? '' });
    const signIn = await fetch(`${service.url}/staff/sign-in`, {
      ...{ method: 'POST', body: form, redirect: 'manual', headers: { Origin: service.url } },
    });
    cookie = signIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  });
  after(async () => {
    await service?.stop();
    await graph?.stop();
    await database?.drop();
  });

  /** Sends it and gives the id that its message and its file have. */
  const send = async (
    type: string,
    bytes: Buffer,
    mimeType: string,
    more: Record<string, unknown> = {},
  ): Promise<string> => {
    const resident = createCloudResident(graph);
    const id = graph.keep(bytes, mimeType);
    await resident.asks({ type, [type]: { id, mime_type: mimeType, ...more } });
    const contact = await store.contacts.findByAlias({ channel: 'cloud-api', id: resident.name });
    return (await store.messages.latest(contact ?? '', 1))[0]?._id ?? '';
  };
  const statusOf = async (id: string) => (await store.files.find(id))?.status;
  const get = (path: string, headers: Record<string, string> = { Cookie: cookie }) =>
    fetch(`${service.url}${path}`, { headers, redirect: 'manual' });

  it('an IIN in a photo’s caption is looked up, and stands nowhere', async () => {
    const resident = createCloudResident(graph);
    await resident.says('Проверьте, есть ли я в списке на 42500');
    const photo = graph.keep(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(1000)]), 'image/jpeg');
    const caption = 'вот моё удостоверение, ИИН 940625 399 459';
    const answer = await resident.asks({ type: 'image', image: { id: photo, mime_type: 'image/jpeg', caption } });
    expect(wordsOf(answer))
      .to.match(/отказано/)
      .and.to.match(/банковский счёт/);
    const contact = await store.contacts.findByAlias({ channel: 'cloud-api', id: resident.name });
    const kept = JSON.stringify(await store.contactRecords.read(contact ?? ''));
    expect(kept)
      .to.include('вот моё удостоверение')
      .and.not.match(/940625\s?399\s?459|399459/);
  });

  it('a photo is kept sealed, shown in a sandbox to who is signed in, and each look is written down', async () => {
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200_000, 'сурет')]);
    const id = await send('image', photo, 'image/jpeg');
    await soon(async () => (await statusOf(id)) === 'kept');
    const stored = await databaseOf(service.connection).collection('file_pieces').find({ fileId: id }).toArray();
    expect(JSON.stringify(stored)).to.not.include(photo.subarray(0, 60).toString('base64').slice(8, 60));
    expect((await get(`/staff/files/${id}`, {})).status, 'not signed in').to.equal(303);
    const shown = await get(`/staff/files/${id}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(photo)).to.equal(true);
    expect(shown.headers.get('content-type')).to.equal('image/jpeg');
    expect(shown.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
    expect(shown.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(shown.headers.get('cache-control')).to.include('no-store');
    const views = await databaseOf(service.connection).collection('audit').find({ action: 'file-viewed' }).toArray();
    expect(views).to.have.length(1);
    expect(views[0]).to.include({ action: 'file-viewed', subject: `file:${id}` });
    const conversation = (await store.files.find(id))?.conversationId;
    const page = await (await get(`/staff/conversations/${conversation}`)).text();
    expect(page).to.include(`/staff/files/${id}`);
  });

  it('a document comes as an attachment without a type, under a name that holds no number', async () => {
    const id = await send('document', Buffer.from('%PDF-1.7'), 'application/pdf', {
      filename: '900101300017 анықтама.pdf',
    });
    await soon(async () => (await statusOf(id)) === 'kept');
    const shown = await get(`/staff/files/${id}`);
    expect(shown.headers.get('content-type')).to.equal('application/octet-stream');
    expect(shown.headers.get('content-disposition'))
      .to.match(/^attachment; /)
      .and.not.include('900101300017');
  });

  it('a program that calls itself a paper is not kept, whatever its name', async () => {
    const id = await send('document', Buffer.from('MZ\x90 program'), 'application/pdf', { filename: 'анықтама.pdf' });
    await soon(async () => (await statusOf(id)) === 'refused');
    expect((await get(`/staff/files/${id}`)).status).to.equal(404);
    const paper = await send('document', Buffer.from('%PDF-1.7'), 'application/pdf', { filename: 'анықтама.exe' });
    await soon(async () => (await statusOf(paper)) === 'kept');
    const shown = await get(`/staff/files/${paper}`);
    expect(shown.headers.get('content-disposition')).to.match(/\.pdf$/);
  });

  it('what is no kind to keep, or too large, stays with Meta', async () => {
    const page = await send('document', Buffer.from('<script>alert(1)</script>'), 'text/html', {
      filename: 'бет.html',
    });
    expect(await statusOf(page)).to.equal('refused');
    expect((await get(`/staff/files/${page}`)).status).to.equal(404);
    const large = await send('image', Buffer.alloc(1_100_000), 'image/jpeg');
    await soon(async () => (await statusOf(large)) === 'gone');
  });

  it('a specialist’s file goes out by the ticket’s form, and a line that breaks brings it no second time', async () => {
    const resident = createCloudResident(graph);
    await resident.says('Маманмен сөйлескім келеді');
    const contact = (await store.contacts.findByAlias({ channel: 'cloud-api', id: resident.name })) ?? '';
    const [ticket] = await store.tickets.ofConversation(contact, 1);
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(100_000, 'құжат')]);
    const send = (requestId: string, name: string): Promise<Response> => {
      const form = new FormData();
      form.set('requestId', requestId);
      form.set('file', new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }));
      return fetch(`${service.url}/staff/tickets/${ticket?._id}/file`, {
        ...{ method: 'POST', body: form, redirect: 'manual', headers: { Cookie: cookie, Origin: service.url } },
      });
    };
    graph.uploadFaults.push('break');
    graph.faults.push({ kind: 'take-and-break', to: resident.name });
    const requestId = randomUUID();
    expect((await send(requestId, 'анықтама.pdf')).status).to.equal(303);
    expect((await send(requestId, 'анықтама.pdf')).status, 'the same form once more').to.equal(303);
    expect((await send(randomUUID(), 'бет.html')).status, 'a type that WhatsApp does not take').to.be.within(400, 499);
    const row = (): Promise<OutboxDocument | null> => store.outbox.findByRequest(requestId);
    await soon(async () => (await row())?.status === 'sent');
    const documents = resident.got().flatMap(({ id, body }) => (body.type === 'document' ? [{ id, ...body }] : []));
    expect(documents).to.have.length(1);
    const [sent] = documents;
    expect(sent?.document).to.include({ filename: 'анықтама.pdf' });
    expect(await row(), 'the first try broke on the way up').to.include({ externalId: sent?.id, attempts: 2 });
    const uploaded = graph.file(sent?.document.id ?? '');
    expect(uploaded?.mimeType).to.equal('application/pdf');
    expect(uploaded?.bytes.equals(bytes)).to.equal(true);
  });

  it('files end with their term by the database itself', async () => {
    const indexes = await databaseOf(service.connection).collection('file_pieces').indexes();
    expect(indexes.some((index) => index.key.expiresAt === 1 && index.expireAfterSeconds === 0)).to.equal(true);
    const [file] = await databaseOf(service.connection).collection('files').find({ status: 'kept' }).toArray();
    expect(file?.expiresAt.getTime() - file?.receivedAt.getTime()).to.equal(30 * 86_400_000);
  });

  it('what Meta has no more is said to be gone after a week: until then it may be the token that lost its rights', async () => {
    const resident = createCloudResident(graph);
    await resident.asks({ type: 'image', image: { id: '404404', mime_type: 'image/jpeg' } });
    const contact = await store.contacts.findByAlias({ channel: 'cloud-api', id: resident.name });
    const [message] = await store.messages.latest(contact ?? '', 1);
    expect(message?.outcome, 'the message has its answer all the same').to.have.property('kind', 'reply');
    const file = () => store.files.find(message?._id ?? '');
    await soon(async () => ((await file())?.attempts ?? 0) > 0);
    expect((await file())?.status).to.equal('wanted');
    ahead += 7 * 86_400_000;
    await soon(async () => (await file())?.status === 'gone');
  });
});
