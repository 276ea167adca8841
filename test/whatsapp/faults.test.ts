/** The connection breaks while residents write: after each fault every message has one outcome, and each reply left once, in order. */
import { expect } from 'chai';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { endChildServices, startChildService } from '../support/child-service.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { startService } from '../support/service.js';
import { soon } from '../support/visitor.js';
import { makeProfile, type Profile, whatsAppSettings } from '../support/whatsapp-service.js';
import type { FaultName } from './faults.js';
import { createRunner, type Runner } from './runner.js';
import { type SimulatedWhatsApp, startSimulatedWhatsApp } from './simulated-whatsapp.js';

/** The others take a minute each and are part of `npm run test:faults`; test/path kills at every step of the path. */
const inTests: readonly FaultName[] = [
  'the browser is killed',
  'the page crashes',
  'the service is killed',
  'the socket drops',
  'the line goes deaf',
  'the service dies between the channel’s acceptance and its record',
];

describe('when the connection to WhatsApp breaks', function () {
  this.timeout(300_000);
  let whatsapp: SimulatedWhatsApp;
  let profile: Profile;
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  let runner: Runner;
  before(async () => {
    [whatsapp, profile, database] = await Promise.all([startSimulatedWhatsApp(), makeProfile(), createTestDatabase()]);
    // Fills the database and trains the understanding, so that no process of the tests has to.
    await (await startService({ uri: database.uri })).stop();
    connection = await openDatabase(database.uri);
    store = createStore(connection);
    runner = await createRunner({ whatsapp, store, uri: database.uri, folder: profile.folder, patienceMs: 120_000 });
  });
  after(async () => {
    await runner?.stop();
    endChildServices();
    await connection?.close();
    await profile?.remove();
    await whatsapp?.stop();
    await database?.drop();
  });

  for (const name of inTests) {
    it(`${name}: every message is answered once, in order`, async () => {
      const residents = [1, 2, 3].map((n) => `7702${String(inTests.indexOf(name)).padStart(3, '0')}${n}000@c.us`);
      await runner.round(name, residents, 9);
    });
  }

  it('a burst of messages loses none, in order', async () => {
    const residents = Array.from({ length: 12 }, (_, n) => `7709${String(n).padStart(7, '0')}@c.us`);
    await runner.burst(residents, 36);
  });

  it('a message that is delivered twice is one', async () => {
    const resident = whatsapp.telephone('77030000001@c.us');
    const sent = resident.writes('Какой штраф за то, что без маски?');
    whatsapp.deliver(sent);
    await soon(async () => resident.texts().length === 1, 60_000);
    whatsapp.dropSocket();
    whatsapp.deliver(sent);
    await runner.town.quiet();
    expect(resident.texts()).to.have.length(1);
  });

  it('logged out on the telephone: the next code is shown, and after its scan what was written meanwhile is answered', async () => {
    whatsapp.logOut();
    await soon(async () => (await store.channels.find('whatsapp-web'))?.state === 'waiting-for-scan', 60_000);
    expect((await store.channels.find('whatsapp-web'))?.qr).to.match(/^2@/);
    await soon(async () => whatsapp.showsQr(), 60_000);
    whatsapp.pair();
    const resident = whatsapp.telephone('77030000002@c.us');
    resident.writes('Какой штраф за то, что без маски?');
    await soon(async () => resident.texts().length === 1, 60_000);
  });

  it('a second process waits, and takes the number over within 30 seconds of the first one’s death', async () => {
    const session = { _id: 'session:whatsapp-web' } as object;
    const owner = async () => (await connection.collection('leases').findOne(session))?.owner as unknown;
    const first = await owner();
    const second = await startChildService(database.uri, undefined, whatsAppSettings(whatsapp, profile.folder));
    const resident = whatsapp.telephone('77030000003@c.us');
    const before = Date.now();
    runner.kill();
    resident.writes('Какой штраф за то, что без маски?');
    await soon(async () => (await owner()) !== first, 60_000);
    expect(Date.now() - before).to.be.below(30_000);
    await soon(async () => resident.texts().length === 1, 60_000);
    await second.stop();
  });
});
