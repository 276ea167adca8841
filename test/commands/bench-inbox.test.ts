/** The bench of the inbox, small: what `npm run bench -- inbox` measures at length loses nothing here either. */
import { expect } from 'chai';
import { benchInbox } from '../../src/commands/bench-inbox.js';

describe('bench inbox', function () {
  this.timeout(240_000);
  it('shows every new ticket on every open page', async () => {
    const result = await benchInbox({ perSecond: 10, seconds: 2, pages: 4 });
    expect(result).to.include({ tickets: 20, pages: 4, lost: 0 });
    expect(result.commitToPage.messages).to.equal(80);
    expect(result.pagesFetched).to.be.greaterThan(3);
  });
});
