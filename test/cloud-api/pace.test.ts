/** How quickly the number sends, and who waits when Meta says that it was too quick. Pure. */
import { expect } from 'chai';
import fc from 'fast-check';
import { createPace } from '../../src/transport/cloud-api/pace.js';

/** A number whose clock the test moves. */
const numberAt = (perSecond: number) => {
  const at = { ms: 1_764_000_000_000 };
  const pace = createPace({ perSecond, clock: { now: () => new Date(at.ms) } });
  return { at, pace, now: () => new Date(at.ms) };
};
/** The most that leave in a second, wherever it begins, both its ends counted. */
const mostInASecond = (leaves: readonly number[]): number => {
  const sorted = [...leaves].sort((one, other) => one - other);
  let [most, first] = [0, 0];
  for (const [place, leave] of sorted.entries()) {
    while ((sorted[first] ?? leave) < leave - 1_000) first += 1;
    most = Math.max(most, place - first + 1);
  }
  return most;
};

describe('transport/cloud-api/pace', () => {
  it('some go at once, the rest of the second’s 80 are spaced within it, and what is too much comes back later', () => {
    const { at, pace } = numberAt(80);
    const turns = Array.from({ length: 400 }, (_, place) => pace.take(`7701${place}`));
    const waits = turns.flatMap((turn) => (turn.kind === 'go' ? [turn.inMs] : []));
    expect(waits.filter((inMs) => inMs === 0)).to.have.length(10);
    expect(waits.filter((inMs) => inMs <= 1_000)).to.have.length(80);
    expect(Math.max(...waits)).to.be.at.most(2_000);
    expect(turns.length - waits.length, 'go back to the outbox').to.be.above(200);
    at.ms += 10_000;
    expect(pace.take('7701')).to.deep.equal({ kind: 'go', inMs: 0 });
  });

  it('never more than the limit leaves within a second, whoever comes when; a single reply to a quiet number goes at once', () => {
    const arrivals = fc.array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(30), fc.nat(3_000)), fc.nat(40)), {
      ...{ minLength: 1, maxLength: 60 },
    });
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(80, 250, 1_000)), arrivals, (most, all) => {
        const { at, pace } = numberAt(most);
        const leaves: number[] = [];
        for (const [gapMs, count] of all) {
          at.ms += gapMs;
          for (let place = 0; place <= count; place += 1) {
            const quiet = leaves.every((leave) => leave < at.ms - 1_002);
            const turn = pace.take('7701');
            if (quiet) expect(turn).to.deep.equal({ kind: 'go', inMs: 0 });
            if (turn.kind === 'go') leaves.push(at.ms + turn.inMs);
          }
        }
        expect(mostInASecond(leaves)).to.be.at.most(most);
      }),
      // A failure prints its seed and the smallest arrivals that fail.
      { numRuns: 300 },
    );
  });

  it('a number that is kept busy sends nearly all that it may', () => {
    for (const [most, least] of [
      [1, 59],
      [20, 18 * 60],
      [80, 70 * 60],
    ] as const) {
      const { at, pace } = numberAt(most);
      let gone = 0;
      for (const end = at.ms + 60_000; at.ms < end; at.ms += 5) {
        for (let place = 0; place < 3; place += 1) if (pace.take('7701').kind === 'go') gone += 1;
      }
      expect(gone, `${most} a second, for a minute`).to.be.within(least, most * 62);
    }
  });

  it('a clock that is set back makes nobody wait for the time before, neither for a turn nor for a pause', () => {
    const { at, pace, now } = numberAt(80);
    for (let place = 0; place < 200; place += 1) pace.take('7701');
    pace.slowNumber(now());
    pace.slowPair('7701', now());
    at.ms -= 3_600_000;
    expect(pace.take('7701')).to.deep.equal({ kind: 'go', inMs: 0 });
  });

  it('the whole number waits longer each time that it is too quick, and as little as at first once something is taken', () => {
    const { at, pace, now } = numberAt(80);
    const waits = [1, 2, 3].map(() => {
      const ms = pace.slowNumber(now());
      at.ms += ms;
      return ms;
    });
    expect(waits).to.deep.equal([1_000, 2_000, 4_000]);
    pace.taken('7701', now());
    expect(pace.slowNumber(now())).to.equal(1_000);
    expect(pace.take('7702'), 'all of it').to.deep.equal({ kind: 'later', afterMs: 1_000 });
  });

  it('refusals of messages that were under way together are one, also where they come when the pause is over', () => {
    const { at, pace, now } = numberAt(80);
    const leftAt = now();
    at.ms += 100;
    expect(pace.slowNumber(leftAt)).to.equal(1_000);
    at.ms += 300;
    expect(Array.from({ length: 9 }, () => pace.slowNumber(leftAt))).to.deep.equal(Array(9).fill(700));
    at.ms += 700;
    expect(pace.slowNumber(leftAt), 'the last of them').to.equal(0);
    expect(pace.take('7701').kind).to.equal('go');
    expect(pace.slowNumber(now()), 'a new message is refused: twice as long').to.equal(2_000);
  });

  it('that a message of before the pause was taken neither ends the pause nor makes the next one shorter', () => {
    const { at, pace, now } = numberAt(80);
    const leftAt = now();
    at.ms += 50;
    pace.slowNumber(leftAt);
    pace.slowPair('7702', leftAt);
    pace.taken('7701', leftAt);
    pace.taken('7702', leftAt);
    expect(pace.take('7701')).to.deep.equal({ kind: 'later', afterMs: 1_000 });
    expect(pace.take('7702')).to.deep.equal({ kind: 'later', afterMs: 4_000 });
    at.ms += 4_000;
    pace.taken('7702', leftAt);
    expect([pace.slowNumber(now()), pace.slowPair('7702', now())]).to.deep.equal([2_000, 16_000]);
  });

  it('who gets too much at once waits alone', () => {
    const { pace, now } = numberAt(80);
    expect([pace.slowPair('7702', now()), pace.slowPair('7702', now())], 'one burst').to.deep.equal([4_000, 4_000]);
    expect(pace.take('7702')).to.deep.equal({ kind: 'later', afterMs: 4_000 });
    expect(pace.take('7701').kind).to.equal('go');
  });
});
