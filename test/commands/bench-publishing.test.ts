/** The bench of publishing, small: what staff publish, every process of the service comes to know, each by what one of them learnt. */
import { expect } from 'chai';
import { benchPublishing } from '../../src/commands/bench-publishing.js';

describe('bench publishing', function () {
  this.timeout(240_000);
  it('sees each process answer by a synonym and by an article', async () => {
    const result = await benchPublishing(
      { processes: ['web', 'worker,sender'], changes: 2, restMs: 0 },
      () => undefined,
    );
    expect(result.lost).to.equal(0);
    expect(result.changes.map(({ what }) => what)).to.deep.equal(['synonym', 'article']);
    for (const { inUseMs, writtenMs } of result.changes) {
      expect(inUseMs).to.have.length(2);
      expect(Math.min(...inUseMs)).to.be.above(0);
      expect(writtenMs).to.be.above(0);
    }
  });
});
