import { expect } from 'chai';
import { CheckpointError, createCheckpoints } from '../../src/facts/checkpoints/checkpoints.js';
import { openRoom, type Room } from './room.js';

describe('checkpoints', () => {
  let room: Room;
  before(async () => {
    room = await openRoom();
  });
  after(() => room.close());

  it('is migrated again without a complaint, as by every start', async () => {
    await room.store.migrate();
  });

  it('finds the three nearest with their distances', async () => {
    const { near } = createCheckpoints(room);
    // The railway station of Aral.
    const found = await near(46.79, 61.68);
    expect(found.map((checkpoint) => checkpoint.id)).to.deep.equal([
      'aral-town',
      'aral-aktobe-border',
      'kazaly-aiteke-bi',
    ]);
    const distances = found.map((checkpoint) => checkpoint.distanceKm ?? -1);
    expect(distances[0]).to.be.closeTo(1.3, 0.3);
    expect(distances[1]).to.be.closeTo(76, 3);
    expect(distances[2]).to.be.closeTo(111, 4);
  });

  it('finds some from anywhere on earth', async () => {
    const { near } = createCheckpoints(room);
    for (const [latitude, longitude] of [
      [-90, 0],
      [90, 180],
      [0, -179.9],
      [44.85, 65.5],
    ] as const) {
      expect(await near(latitude, longitude)).to.have.length(3);
    }
  });

  it('says the vehicles in words of both languages', async () => {
    const { find } = createCheckpoints(room);
    const baikonur = await find('baikonur');
    expect(baikonur).to.deep.include({
      status: 'closed',
      hours: '24/7',
      sample: true,
      vehicles: {
        kk: 'жедел жәрдем, полиция, өрт сөндіру, апаттық қызмет',
        ru: 'скорая помощь, полиция, пожарные, аварийные службы',
      },
      updatedAt: new Date('2020-04-22T18:00:00+05:00'),
    });
    expect(await find('nowhere')).to.equal(null);
  });

  it('gives all in the order of the pack, and names and aliases to the index', async () => {
    const { all, indexMaterial } = createCheckpoints(room);
    expect((await all()).map((checkpoint) => checkpoint.id)).to.deep.equal(
      room.pack.checkpoints.map((checkpoint) => checkpoint.id),
    );
    const material = await indexMaterial();
    expect(material).to.have.length(14);
    expect(material.find((checkpoint) => checkpoint.id === 'shieli')?.aliases).to.include('Шиелі');
  });

  it("takes staff's word on the state, once a version", async () => {
    const checkpoints = createCheckpoints(room);
    const changed = await checkpoints.update('shieli', { status: 'closed', hours: '08:00-20:00' }, 'aigul', 1);
    expect(changed).to.deep.include({ status: 'closed', hours: '08:00-20:00', version: 2, changedBy: 'aigul' });
    expect((await checkpoints.find('shieli'))?.updatedAt).to.deep.equal(room.at.business);
    const codes = await Promise.all(
      [
        checkpoints.update('shieli', { status: 'open' }, 'bolat', 1),
        checkpoints.update('nowhere', { status: 'open' }, 'bolat', 1),
        checkpoints.update('shieli', { hours: 'always' }, 'bolat', 2),
      ].map((work) =>
        work.then(
          () => 'taken',
          (error: unknown) => (error instanceof CheckpointError ? error.code : error),
        ),
      ),
    );
    expect(codes).to.deep.equal(['stale', 'not-found', 'invalid']);
  });
});
