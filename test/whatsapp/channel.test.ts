/** The number through whatsapp-web.js, unmodified, in the real browser on the simulated WhatsApp: what residents and staff see of it. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { database as databaseOf } from '../../src/store/connect.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { soon } from '../support/visitor.js';
import { makeProfile, type Profile, startWhatsAppService } from '../support/whatsapp-service.js';
import type { Telephone } from './resident.js';
import { type SimulatedWhatsApp, startSimulatedWhatsApp } from './simulated-whatsapp.js';

const patienceMs = 30_000;

describe('the number on WhatsApp', function () {
  this.timeout(300_000);
  let whatsapp: SimulatedWhatsApp;
  let profile: Profile;
  let database: TestDatabase;
  let service: Awaited<ReturnType<typeof startWhatsAppService>>;
  before(async () => {
    [whatsapp, profile, database] = await Promise.all([startSimulatedWhatsApp(), makeProfile(), createTestDatabase()]);
    service = await startWhatsAppService(whatsapp, profile, {
      uri: database.uri,
      env: { MEDIA_MAX_MB: '1', WAIT_AFTER_LAST_MS: '800', WAIT_AT_MOST_MS: '2000', LEASE_MS: '20000' },
    });
  });
  after(async () => {
    await service?.stop();
    await profile.remove();
    await whatsapp.stop();
    await database.drop();
  });

  let residents = 0;
  const newResident = (server = 'c.us'): Telephone => {
    residents += 1;
    return whatsapp.telephone(`7701000${String(residents).padStart(4, '0')}@${server}`);
  };
  const conversationOf = async ({ id }: Telephone): Promise<string> =>
    (await service.store.contacts.findByAlias({ channel: 'whatsapp-web', id })) ?? '';
  const messagesOf = async (resident: Telephone) => service.store.messages.latest(await conversationOf(resident), 100);
  const says = async (resident: Telephone, words: string): Promise<string> => {
    const before = resident.texts().length;
    resident.writes(words);
    await soon(async () => resident.texts().length > before, patienceMs);
    return resident.texts().at(-1) ?? '';
  };
  /** True once every message of the resident, at least so many, has its outcome. */
  const settled = (resident: Telephone, count: number) =>
    soon(async () => {
      const messages = await messagesOf(resident);
      return messages.length === count && messages.every((message) => message.outcome);
    }, 4 * patienceMs);

  it('is asked for nothing that the simulator does not have', async () => {
    expect(await service.state()).to.equal('connected');
    const record = await service.store.channels.find('whatsapp-web');
    expect(record).to.deep.include({ me: { id: '77051435131@c.us', name: 'Naqty Aqparat' } });
    expect(record).not.to.have.any.keys('qr', 'downSince');
  });

  it('answers a question; what the server acknowledged is delivered, and nothing is marked as read by the bot', async () => {
    const resident = newResident();
    expect(await says(resident, 'Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
    await soon(async () => {
      const [row] = await service.store.outbox.latest(await conversationOf(resident), 1);
      return row?.status === 'sent' && row.deliveredAt !== undefined;
    });
    expect(whatsapp.seen).to.deep.equal([]);
  });

  it('reads a number from a numbered text, a place, and a quote of its own answer', async () => {
    const resident = newResident();
    expect(await says(resident, 'Здравствуйте')).to.match(/1\*? –/);
    expect(await says(resident, '1')).to.match(/1\*? –/);
    expect(await says(resident, 'пост на выезде на Жезказган открыт?')).to.match(/северный пост/);
    const post = resident.received().at(-1);
    const before = resident.texts().length;
    resident.shares(44.949, 65.601);
    await soon(async () => resident.texts().length > before, patienceMs);
    const place = (await messagesOf(resident)).find((message) => message.kind === 'location');
    expect(place, 'a place, not the picture of a map').to.deep.include({ text: '' });
    resident.writes('а документы какие нужны?', { quotedStanzaID: post?.id.id ?? '', quotedMsg: { type: 'chat' } });
    await settled(resident, 5);
    expect((await messagesOf(resident)).at(-1)?.quotes).to.equal(`true_${resident.id}_${post?.id.id}`);
  });

  it('answers a hidden id as it is, and knows its number for the same resident', async () => {
    const lid = newResident('lid');
    expect(await says(lid, 'Какой штраф за то, что без маски?')).to.match(/маск/);
    expect(lid.received().every(({ to }) => to === lid.id)).to.equal(true);
  });

  it('leaves groups, broadcasts, status posts, notices and its own notes alone', async () => {
    const resident = newResident();
    const question = 'Какой штраф за то, что без маски?';
    const before = whatsapp.outgoing.length;
    whatsapp.telephone('120363000000000001@g.us').writes(question, { author: resident.id });
    whatsapp.telephone('status@broadcast').writes(question, { author: resident.id });
    whatsapp.telephone('123456@broadcast').writes(question);
    whatsapp.telephone('999@newsletter').writes(question);
    whatsapp.telephone('77051435131@c.us').isAnsweredOnThePhone('Заметка себе');
    resident.send({ type: 'e2e_notification', body: 'encrypted' });
    expect(await says(resident, question), 'the one question of a resident is answered').to.match(/маск/);
    expect(whatsapp.outgoing.slice(before).map(({ to }) => to)).to.deep.equal([resident.id]);
    expect(await messagesOf(resident)).to.have.length(1);
  });

  it('brings a specialist’s file, and finds it again where nobody knows whether it left', async () => {
    const resident = newResident();
    await says(resident, 'Маманмен сөйлескім келеді');
    const [ticket] = await service.store.tickets.ofConversation(await conversationOf(resident), 1);
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(100_000, 'құжат')]);
    const request = { staffId: 'aigul', requestId: 'file-one', file: { name: 'анықтама.pdf', bytes } };
    const { outboxId } = await service.core.tickets.sendFile(ticket?._id ?? '', request);
    await soon(async () => (await service.store.outbox.find(outboxId))?.status === 'sent', patienceMs);
    const [sent] = resident.received().filter(({ type }) => type === 'document');
    if (!sent) throw new Error('no document');
    expect(sent).to.include({ caption: 'анықтама.pdf', filename: 'анықтама.pdf', mimetype: 'application/pdf' });
    expect(Buffer.from(whatsapp.fileOf(sent) ?? []).equals(bytes)).to.equal(true);
    const row = await service.store.outbox.find(outboxId);
    await service.store.outbox.move(outboxId, { status: 'sent' }, { status: 'sending', externalId: '' });
    const found = await service.transports.all[0]?.lookup(row?.address ?? { channel: 'web', id: '' }, outboxId);
    expect(found).to.deep.equal({ kind: 'sent', externalId: row?.externalId });
    await service.store.outbox.move(
      outboxId,
      { status: 'sending' },
      { status: 'sent', externalId: row?.externalId ?? '' },
    );
  });

  it('reads an edit before the answer, keeps one after it, and takes a mark for no question', async () => {
    const resident = newResident();
    const early = resident.writes('Здравствуйте');
    resident.edits(early, 'Какой штраф за то, что без маски?');
    await soon(async () => resident.texts().some((text) => /маск/.test(text)), patienceMs);
    const [answer] = resident.received();
    if (answer) resident.reacts(answer, '👍');
    await settled(resident, 2);
    resident.edits(early, 'ИИН 900101300017');
    await soon(async () => (await messagesOf(resident))[0]?.edits !== undefined);
    const [message, mark] = await messagesOf(resident);
    expect(message?.edits?.map(({ text }) => text)).to.deep.equal(['ИИН ⟨iin⟩']);
    expect(mark?.outcome).to.deep.equal({ kind: 'silence', reason: 'reaction' });
  });

  it('keeps a resident’s file sealed, reads its caption as the question, and says what is too large or gone', async () => {
    const resident = newResident();
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200_000, 'сурет')]);
    resident.sendsFile('image', 'image/jpeg', photo, { caption: 'Какой штраф за то, что без маски? ИИН 900101300017' });
    await soon(async () => /маск/.test(resident.texts().at(-1) ?? ''), patienceMs);
    const [asked] = await messagesOf(resident);
    expect(asked?.text, 'the caption').to.include('⟨iin⟩').and.not.include('900101300017');
    const file = () => service.store.files.find(asked?._id ?? '');
    await soon(async () => (await file())?.status === 'kept', patienceMs);
    expect(await file()).to.include({ mimeType: 'image/jpeg', size: photo.length });
    const pieces = await databaseOf(service.connection)
      .collection('file_pieces')
      .find({ fileId: asked?._id })
      .toArray();
    expect(pieces.length).to.be.above(0);
    expect(JSON.stringify(pieces)).to.not.include(photo.subarray(0, 60).toString('base64').slice(8, 60));

    resident.sendsFile('ptt', 'audio/ogg; codecs=opus', Buffer.alloc(1_100_000));
    resident.sendsFile('document', 'text/html', Buffer.from('<script>alert(1)</script>'), { filename: 'бет.html' });
    resident.sendsFile('image', 'image/png', Buffer.from('gone'), { directPath: '/v/t62/nowhere' });
    await settled(resident, 4);
    const statuses = async () =>
      Promise.all((await messagesOf(resident)).map(async ({ _id }) => (await service.store.files.find(_id))?.status));
    await soon(async () => (await statuses()).slice(0, 3).join() === 'kept,refused,refused', patienceMs);
    expect((await statuses())[3], 'the telephone is asked for it again').to.equal('wanted');
  });

  it('turns a call down, tells a resident who wrote before what to do, and anybody else nothing', async () => {
    const [known, stranger] = [newResident(), newResident()];
    await says(known, 'Какой штраф за то, что без маски?');
    const before = whatsapp.outgoing.length;
    stranger.calls();
    known.calls();
    await soon(async () => known.texts().at(-1)?.includes('400-100') === true, patienceMs);
    expect(whatsapp.rejectedCalls).to.have.length(2);
    expect(whatsapp.outgoing.slice(before).map(({ to }) => to)).to.deep.equal([known.id]);
  });

  it('keeps quiet where somebody answers from the telephone itself, and does not take its own words for theirs', async () => {
    const resident = newResident();
    await says(resident, 'Какой штраф за то, что без маски?');
    resident.isAnsweredOnThePhone('Здравствуйте, это специалист, сейчас отвечу.');
    await soon(async () => (await service.store.outbox.latest(await conversationOf(resident), 9)).length === 2);
    resident.writes('42500 теңге кімге беріледі?');
    await settled(resident, 2);
    expect(resident.texts()).to.have.length(1);
    const rows = await service.store.outbox.latest(await conversationOf(resident), 9);
    expect(rows.map(({ origin }) => origin)).to.have.members(['bot', 'phone']);
  });

  it('hears of a reply that lay with the page, however late the server takes it', async () => {
    const resident = newResident();
    await says(resident, 'Какой штраф за то, что без маски?');
    const [transport] = service.transports.all;
    const now = new Date();
    const id = randomUUID();
    const row: OutboxDocument = {
      ...{
        _id: id,
        conversationId: await conversationOf(resident),
        text: 'Жауап жолда.',
        choices: [],
        asksLocation: false,
      },
      ...{ address: { channel: 'whatsapp-web', id: resident.id }, language: 'kk', answers: [], origin: 'specialist' },
      ...{
        status: 'uncertain',
        position: now.getTime(),
        attempts: 1,
        nextAttemptAt: now,
        createdAt: now,
        sendingSince: now,
      },
    };
    await service.store.transaction((session) => service.store.outbox.insert(session, [row]));
    whatsapp.behaviour.acks = 0;
    const message = { id, form: 'text', text: row.text, choices: [], asksLocation: false, language: 'kk' } as const;
    const lost = await transport?.send(row.address, message).catch((error: Error) => error.message);
    expect(lost).to.include('did not acknowledge');
    expect(await transport?.lookup(row.address, id)).to.deep.equal({ kind: 'unknown' });
    whatsapp.behaviour.acks = 2;
    const { id: key } = whatsapp.outgoing.at(-1) ?? {};
    whatsapp.say({ op: 'ack', id: key?.id ?? '', ack: 1 });
    await soon(async () => (await service.store.outbox.find(id))?.status === 'sent', patienceMs);
  });

  it('takes a picture and a place from the telephone for an answer without words, and goes on with this resident', async () => {
    const resident = newResident();
    await says(resident, 'Какой штраф за то, что без маски?');
    resident.isAnsweredOnThePhone('', { type: 'image', mimetype: 'image/jpeg', directPath: '/none' });
    resident.isAnsweredOnThePhone('/9j/4AAQSkZJRg', { type: 'location', lat: 44.85, lng: 65.5 });
    await soon(async () => (await service.store.outbox.latest(await conversationOf(resident), 9)).length === 3);
    const rows = await service.store.outbox.latest(await conversationOf(resident), 9);
    expect(rows.filter(({ origin }) => origin === 'phone').map(({ text }) => text)).to.deep.equal(['', '']);
    resident.writes('42500 теңге кімге беріледі?');
    await settled(resident, 2);
  });

  it('gives up a number that is not on WhatsApp, for a person to look at', async () => {
    const [transport] = service.transports.all;
    const message = { id: 'x', form: 'text', text: 'Сәлем', choices: [], asksLocation: false, language: 'kk' } as const;
    for (const id of ['00012345678@c.us', 'nobody', '120363000000000001@g.us']) {
      const result = await transport?.send({ channel: 'whatsapp-web', id }, message);
      expect(result, id).to.include({ kind: 'refused', reason: 'unreachable' });
    }
  });
});
