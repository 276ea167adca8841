/** What staff do with the link on /staff/channel, and what becomes of words from before it: the requests are carried out by who holds the session. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { createLateAnswers } from '../../src/facts/channel/late-answers.js';
import type { LinkRequest } from '../../src/store/channels.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type Service, startService } from '../support/service.js';
import { soon } from '../support/visitor.js';
import { makeProfile, type Profile, startWhatsAppService, whatsAppSettings } from '../support/whatsapp-service.js';
import { type SimulatedWhatsApp, startSimulatedWhatsApp } from './simulated-whatsapp.js';
import { messagesOf } from './town.js';

const patienceMs = 60_000;
const question = 'Какой штраф за то, что без маски?';
const minute = 60_000;

describe('the link to WhatsApp', function () {
  this.timeout(240_000);
  let whatsapp: SimulatedWhatsApp;
  let profile: Profile;
  let database: TestDatabase;
  let service: Service;
  before(async () => {
    [whatsapp, profile, database] = await Promise.all([startSimulatedWhatsApp(), makeProfile(), createTestDatabase()]);
    service = await startService({ uri: database.uri, env: whatsAppSettings(whatsapp, profile.folder) });
  });
  after(async () => {
    await service?.stop();
    await profile.remove();
    await whatsapp.stop();
    await database.drop();
  });
  const record = async () => (await service.store.channels.find('whatsapp-web')) ?? undefined;
  const isConnected = () => soon(async () => (await record())?.state === 'connected', patienceMs);
  const ask = (request: Pick<LinkRequest, 'kind' | 'phone' | 'words'>) =>
    service.store.channels.ask('whatsapp-web', { id: randomUUID(), by: 'admin', at: new Date(), ...request });

  it('is made with a code of eight characters for who has no second screen to scan from', async () => {
    await soon(async () => (await record())?.qr !== undefined, patienceMs);
    await ask({ kind: 'pair-by-phone', phone: '77051435131' });
    await soon(async () => (await record())?.pairingCode !== undefined, patienceMs);
    expect((await record())?.pairingCode).to.match(/^[\dA-Z]{8}$/);
    expect(whatsapp.pairing()).to.deep.equal({
      ...{ op: 'pair-by-phone', phone: '77051435131' },
      code: (await record())?.pairingCode,
    });
    whatsapp.pair();
    await isConnected();
    expect(await record()).to.not.have.any.keys('pairingCode', 'qr', 'downSince');
  });

  it('answers nothing from before it: the telephone hands over what stood there', async () => {
    const resident = whatsapp.telephone('77020000001@c.us');
    resident.send({ body: question, t: Math.floor(Date.now() / 1000) - 3_600 });
    resident.writes(question);
    await soon(async () => resident.texts().length === 1, patienceMs);
    expect(await messagesOf(service.store, resident.id)).to.have.length(1);
  });

  it('is proven by a test message to the number itself', async () => {
    await ask({ kind: 'test', words: 'Тексеру хабары' });
    await soon(async () => (await record())?.tested !== undefined, patienceMs);
    expect((await record())?.tested?.result).to.equal('arrived');
    expect(whatsapp.outgoing.at(-1)).to.include({ to: '77051435131@c.us', body: 'Тексеру хабары' });
  });

  it('after an outage what is old waits for staff as one dated answer, and what is new is answered', async () => {
    await service.stop();
    const [old, fresh] = [whatsapp.telephone('77020000002@c.us'), whatsapp.telephone('77020000003@c.us')];
    const now = Date.now();
    for (const words of ['Здравствуйте', question])
      old.send({ body: words, t: Math.floor((now - 40 * minute) / 1000) });
    fresh.writes(question);
    const before = await startService({ uri: database.uri });
    const past = new Date(now - 50 * minute);
    // The number was paired before they wrote, and the service has been down since.
    await before.store.channels.change('whatsapp-web', { pairedAt: past, seenUntil: past });
    await before.stop();
    service = await startWhatsAppService(whatsapp, profile, {
      uri: database.uri,
      env: { WAIT_AFTER_LAST_MS: '2500', WAIT_AT_MOST_MS: '8000' },
    });
    await soon(async () => fresh.texts().length === 1, patienceMs);
    const late = createLateAnswers({ store: service.store, clock: systemClock });
    await soon(async () => (await late.waiting()).length === 1, patienceMs);
    expect(old.texts(), 'nothing goes out by itself').to.deep.equal([]);
    const [waiting] = await late.waiting();
    expect(waiting?.answers).to.have.length(2);
    expect(await late.release([waiting?._id ?? ''], 'admin')).to.equal(1);
    await soon(async () => old.texts().length === 1, patienceMs);
    expect(old.texts()).to.deep.equal([waiting?.text]);
  });

  it('what a person answered on the telephone during the outage is not answered again', async () => {
    await service.stop();
    const resident = whatsapp.telephone('77020000004@c.us');
    const now = Date.now();
    resident.send({ body: question, t: Math.floor((now - 20 * minute) / 1000) });
    resident.isAnsweredOnThePhone('Штраф бес АЕК.', { t: Math.floor((now - 15 * minute) / 1000) });
    const other = whatsapp.telephone('77020000005@c.us');
    other.writes(question);
    service = await startWhatsAppService(whatsapp, profile, { uri: database.uri });
    await soon(async () => other.texts().length === 1, patienceMs);
    await soon(async () => (await messagesOf(service.store, resident.id))[0]?.outcome !== undefined, patienceMs);
    const [message] = await messagesOf(service.store, resident.id);
    expect(message?.outcome).to.deep.equal({ kind: 'silence', reason: 'answered-by-phone' });
    expect(resident.texts()).to.deep.equal([]);
  });

  it('a chat that cannot be read holds up nobody else and is read later: until then nothing passes for seen', async () => {
    await service.stop();
    const [broken, other] = [whatsapp.telephone('77020000006@c.us'), whatsapp.telephone('77020000007@c.us')];
    whatsapp.behaviour.unreadable = [broken.id];
    broken.writes(question);
    other.writes(question);
    service = await startWhatsAppService(whatsapp, profile, { uri: database.uri });
    await soon(async () => other.texts().length === 1, patienceMs);
    const seen = (await record())?.seenUntil;
    const proven = (await record())?.provenAt;
    expect(await record()).to.include({ state: 'connected', unreadChats: 1 });
    await soon(async () => Number((await record())?.provenAt) > Number(proven) + 3_000, patienceMs);
    expect((await record())?.seenUntil).to.deep.equal(seen);
    expect(await messagesOf(service.store, broken.id)).to.deep.equal([]);
    await service.stop();
    whatsapp.behaviour.unreadable = [];
    service = await startWhatsAppService(whatsapp, profile, { uri: database.uri });
    await soon(async () => broken.texts().length === 1, patienceMs);
    expect(await record()).to.not.have.any.keys('unreadChats');
  });

  it('what was written within one second of a long chat is taken in as it was written', async () => {
    await service.stop();
    const resident = whatsapp.telephone('77020000008@c.us');
    const before = Math.floor(Date.now() / 1000) - 48 * 3_600;
    // From before the pairing: they only make the chat long.
    for (let number = 0; number < 60; number += 1) resident.send({ body: `ескі ${number}`, t: before });
    const second = Math.floor(Date.now() / 1000);
    const words = ['42500', 'теңге', 'кімге', 'беріледі', 'екен'];
    for (const body of words) resident.send({ body, t: second });
    service = await startWhatsAppService(whatsapp, profile, { uri: database.uri });
    await soon(async () => (await messagesOf(service.store, resident.id)).length === words.length, patienceMs);
    expect((await messagesOf(service.store, resident.id)).map(({ text }) => text)).to.deep.equal(words);
  });

  it('is cut by staff: the next code is shown, and the telephone is told', async () => {
    await ask({ kind: 'log-out' });
    await soon(async () => (await record())?.state === 'waiting-for-scan', patienceMs);
    expect((await record())?.qr).to.match(/^2@/);
    expect(whatsapp.paired()).to.equal(false);
  });
});
