import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { iinMark } from '../../src/inbound/masked.js';
import { createRejoiner } from '../../src/inbound/rejoin.js';

const secret = 'the secret of the lists, for tests only';
const hmac = (digits: string) => createHmac('sha256', secret).update(digits).digest('hex');
const door = (capacity?: number) => {
  let now = 1_000_000;
  const rejoiner = createRejoiner({
    clock: { now: () => new Date(now) },
    windowMs: 8000,
    secret,
    ...(capacity === undefined ? {} : { capacity }),
  });
  const wait = (ms: number): void => {
    now += ms;
  };
  return { ...rejoiner, wait };
};

describe('an IIN in two messages', () => {
  for (const cut of [3, 4, 5, 6, 7, 8, 9, 10]) {
    it(`is joined when cut after ${cut} digits`, () => {
      const { mask, wait } = door();
      mask('a', '000315599123'.slice(0, cut), false);
      wait(3000);
      expect(mask('a', '000315599123'.slice(cut), false)).to.deep.equal({
        text: iinMark,
        iins: [{ hmac: hmac('000315599123'), birthHmac: hmac('000315'), digits: 12 }],
      });
    });
  }
  it('never writes either half', () => {
    const { mask } = door();
    expect(mask('a', 'ИИН 000315', false)).to.deep.equal({ text: iinMark, iins: [{ fault: 'length', digits: 6 }] });
    expect(mask('a', '599 123', false).text).to.equal(iinMark);
  });
  it('tells the fault of the whole', () => {
    const { mask } = door();
    mask('a', '000315', true);
    expect(mask('a', '599124', true).iins).to.deep.equal([
      { fault: 'checksum', birthHmac: hmac('000315'), digits: 12 },
    ]);
  });
  it('forgets after the window, after words, and for another resident', () => {
    const { mask, wait, size } = door();
    mask('a', '000315', false);
    expect(mask('b', '599123', false).iins[0]?.fault).to.equal('length');
    wait(8001);
    expect(mask('a', '599123', false).iins[0]?.fault).to.equal('length');
    mask('c', '000315', false);
    mask('c', 'сәлем', false);
    expect(mask('c', '599123', false).iins[0]?.fault).to.equal('length');
    wait(8001);
    mask('d', 'сәлем', false);
    expect(size()).to.equal(0);
  });
  for (const text of ['42500', '50000', '15000', '42 500', '400100', '400-100', '103', '1414', '2', '2020']) {
    it(`leaves ${text} alone`, () => {
      expect(door().mask('a', text, true)).to.deep.equal({ text, iins: [] });
    });
  }
  it('holds no more than it may', () => {
    const { mask, size } = door(100);
    for (let resident = 0; resident < 1000; resident += 1) mask(String(resident), '000315', false);
    expect(size()).to.equal(100);
  });
});
