/** Workers divide the residents: each begins with its own, and what a dead one leaves is taken by the others. */
import { expect } from 'chai';
import { othersAfterMs, ownerOf } from '../../src/inbound/share.js';
import { database as databaseOf } from '../../src/store/connect.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { createResident } from '../support/resident.js';
import { type Service, startService } from '../support/service.js';
import { soon } from '../support/visitor.js';

interface Living {
  readonly _id: string;
  readonly living: readonly { readonly worker: string; readonly until: number }[];
}

describe('the share of a worker', () => {
  it('is named alike by everybody, and nobody has all of it', () => {
    const living = ['w1', 'w2', 'w3'];
    const owners = Array.from({ length: 300 }, (_, number) => ownerOf(`conversation-${number}`, living));
    for (const worker of living) expect(owners.filter((owner) => owner === worker)).to.have.length.above(50);
    expect(ownerOf('conversation-1', ['w2'])).to.equal('w2');
  });

  it('is left to its owner for a while, by each of the others for another', () => {
    const whiles = ['w1', 'w2', 'w3', 'w4'].map((worker) => othersAfterMs('conversation-1', worker));
    expect(new Set(whiles).size).to.be.above(1);
    for (const ms of whiles) expect(ms).to.be.within(500, 1_000);
  });
});

describe('three workers on one database', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  const services: Service[] = [];
  /** Turns that each of them settled. */
  const turns = [0, 0, 0];
  const living = (service: Service) => databaseOf(service.connection).collection<Living>('workers');
  const anyService = (): Service => {
    const [first] = services;
    if (!first) throw new Error('No service runs.');
    return first;
  };

  before(async () => {
    database = await createTestDatabase();
    for (const place of turns.keys()) {
      services.push(
        await startService({
          uri: database.uri,
          at: (step) => {
            if (step === 'turn:committed') turns[place] = (turns[place] ?? 0) + 1;
          },
        }),
      );
    }
  });
  after(async () => {
    for (const service of services) await service.stop();
    await database.drop();
  });

  const askTwelve = async (first: number): Promise<void> => {
    const door = anyService();
    const residents = Array.from({ length: 12 }, (_, number) => createResident(door, `resident-${first + number}`));
    const answers = await Promise.all(residents.map((resident) => resident.says('42500 теңге кімге беріледі?')));
    for (const answer of answers) expect(answer).to.include('42');
    for (const resident of residents) {
      const rows = await door.store.outbox.latest(await resident.conversationId(), 10);
      expect(rows, 'one answer').to.have.length(1);
    }
  };

  it('sign in one place, and answer each resident once whichever door was taken', async () => {
    const until = async (): Promise<number[]> =>
      (await living(anyService()).findOne())?.living.map((each) => each.until) ?? [];
    await soon(async () => (await until()).length === 3);
    // Each knows of all when it has signed once more.
    const known = Math.max(...(await until()));
    await soon(async () => (await until()).every((each) => each > known));
    await askTwelve(0);
    expect(turns.reduce((sum, count) => sum + count)).to.equal(12);
    expect(
      turns.filter((count) => count > 0),
      'not one alone does the work',
    ).to.have.length.above(1);
  });

  it('answer those whose worker signed and died', async () => {
    const ghosts = Array.from({ length: 3 }, (_, number) => ({ worker: `ghost-${number}`, until: 4e12 }));
    await living(anyService()).updateOne({}, { $push: { living: { $each: ghosts } } });
    await askTwelve(100);
  });

  it('strike off one that stopped', async () => {
    await services.pop()?.stop();
    const left = (await living(anyService()).findOne())?.living.map((each) => each.worker) ?? [];
    expect(left.filter((worker) => !worker.startsWith('ghost'))).to.have.length(2);
  });
});
