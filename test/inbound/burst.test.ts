/** How much one conversation may say before it is taken for a machine's: pure, over made-up clocks. */
import { expect } from 'chai';
import { type Burst, isLoop, nextBurst } from '../../src/inbound/burst.js';

const most = 30;
/** After how many turns, so many seconds apart, the breaker trips; null where it does not within two days. */
const tripsAfter = (seconds: number): number | null => {
  const begun = new Date('2020-04-23T10:00:00Z').getTime();
  let burst: Burst | undefined;
  for (let turn = 1; turn * seconds < 2 * 86_400; turn += 1) {
    burst = nextBurst(burst, new Date(begun + turn * seconds * 1_000));
    if (isLoop(burst, most)) return turn;
  }
  return null;
};

describe('the breaker of one conversation', () => {
  it('trips for what is quicker than a person within ten minutes, and for what goes on all day within that', () => {
    expect(tripsAfter(1)).to.equal(31);
    expect(tripsAfter(19)).to.equal(31);
    expect(tripsAfter(25), 'a machine that waits').to.equal(241);
    expect(tripsAfter(120)).to.equal(241);
    expect(tripsAfter(600), 'somebody who comes back every ten minutes').to.equal(null);
  });

  it('closes again by itself when its time is over', () => {
    const at = (minutes: number) => new Date(Date.parse('2020-04-23T10:00:00Z') + minutes * 60_000);
    const tripped: Burst = { from: at(0), turns: 31, dayFrom: at(0), dayTurns: 31 };
    expect(isLoop(nextBurst(tripped, at(9)), most)).to.equal(true);
    expect(isLoop(nextBurst(tripped, at(10)), most)).to.equal(false);
    const allDay: Burst = { from: at(0), turns: 1, dayFrom: at(0), dayTurns: 241 };
    expect(isLoop(nextBurst(allDay, at(23 * 60)), most)).to.equal(true);
    expect(isLoop(nextBurst(allDay, at(24 * 60)), most)).to.equal(false);
  });

  it('goes on where a count of before knows no day', () => {
    const from = new Date('2020-04-23T10:00:00Z');
    expect(nextBurst({ from, turns: 3 }, new Date(from.getTime() + 1_000))).to.include({ turns: 4, dayTurns: 1 });
  });
});
