/** The gaps that a number on WhatsApp keeps between two messages of its own. */
import { expect } from 'chai';
import { fixedClock } from '../../src/clock.js';
import { createPace } from '../../src/transport/whatsapp-web/pace.js';

describe('the pace on WhatsApp', () => {
  it('lets the first go at once and the next after uneven gaps, each from half the mean to one and a half', async () => {
    let now = 0;
    const gaps = [0, 0.5, 0.99, 0.2];
    const waits: number[] = [];
    const turn = createPace(
      1_000,
      { now: () => new Date(now) },
      () => gaps.shift() ?? 0,
      async (ms) => {
        waits.push(Math.round(ms));
        now += ms;
      },
    );
    for (let message = 0; message < 4; message += 1) await turn();
    expect(waits).to.deep.equal([500, 1_000, 1_490]);
    now += 60_000;
    await turn();
    expect(waits, 'after a quiet minute nobody waits').to.have.length(3);
  });

  it('keeps the order of a crowd that asks at once', async () => {
    const waits: number[] = [];
    const turn = createPace(
      100,
      fixedClock(new Date(0)),
      () => 0.5,
      async (ms) => void waits.push(ms),
    );
    await Promise.all(Array.from({ length: 5 }, turn));
    expect(waits).to.deep.equal([100, 200, 300, 400]);
  });
});
