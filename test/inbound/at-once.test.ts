/** Many messages at one door at once: each resident's stay in the order in which they were handed in. */
import { expect } from 'chai';
import { createLanes } from '../../src/inbound/lanes.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { createResident } from '../support/resident.js';
import { type Service, startService } from '../support/service.js';

describe('messages that come at once', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let service: Service;
  before(async () => {
    database = await createTestDatabase();
    service = await startService({ uri: database.uri });
  });
  after(async () => {
    await service.stop();
    await database.drop();
  });

  it('are stored in their order, one resident beside the other, and a message that comes twice once', async () => {
    const residents = [createResident(service), createResident(service)];
    const words = ['бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз'];
    await Promise.all(
      words.flatMap((word, place) =>
        residents.flatMap((resident) => {
          const arrive = () => resident.writes(word, `${resident.id}-${place}`);
          return place % 3 === 0 ? [arrive(), arrive()] : [arrive()];
        }),
      ),
    );
    for (const resident of residents) {
      const stored = await resident.settles();
      expect(stored.map((message) => message.text)).to.deep.equal(words);
      expect(stored.map((message) => message.seq)).to.deep.equal(words.map((_, place) => place + 1));
    }
  });
});

describe('a lane', () => {
  it('goes on after work that failed, and keeps others waiting for nothing', async () => {
    const inLane = createLanes();
    const said: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = inLane('aigul', async () => {
      await gate;
      throw new Error('The database is away.');
    });
    const second = inLane('aigul', async () => said.push('second'));
    await inLane('marat', async () => said.push('marat'));
    expect(said).to.deep.equal(['marat']);
    open();
    expect(await first.catch((error: Error) => error.message)).to.equal('The database is away.');
    await second;
    expect(said).to.deep.equal(['marat', 'second']);
  });
});
