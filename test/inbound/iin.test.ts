import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkDigit, checkIin } from '../../src/inbound/iin.js';

const sample = readFileSync(new URL('../../content/recipients-sample.csv', import.meta.url), 'utf8')
  .split('\n')
  .slice(1)
  .filter((line) => line !== '')
  .map((line) => line.slice(0, 12));

describe('form of an IIN', () => {
  it('accepts every number of the sample list, the second weighting included', () => {
    expect(sample).to.have.length(60);
    for (const iin of sample) expect(checkIin(iin), iin).to.deep.equal({ ok: true });
    const second = sample.filter((iin) => {
      const first = [...iin.slice(0, 11)].reduce((sum, digit, index) => sum + Number(digit) * (index + 1), 0) % 11;
      return first === 10;
    });
    expect(new Set(second).size).to.equal(7);
  });

  it('refuses every other check digit', () => {
    for (const iin of sample) {
      for (let digit = 0; digit < 10; digit += 1) {
        if (digit === Number(iin[11])) continue;
        expect(checkIin(iin.slice(0, 11) + String(digit))).to.deep.equal({ ok: false, fault: 'checksum' });
      }
    }
  });

  const faults = [
    ['651026499312', 'checksum'],
    ['90092839990', 'length'],
    ['75073O3995А9', 'not-digits'],
    ['750231399010', 'date'],
    ['850715799008', 'century'],
    ['880326499060', 'checksum'],
    ['', 'length'],
    ['000229499300', 'date'],
  ] as const;
  for (const [iin, fault] of faults) {
    it(`names the fault of ${iin === '' ? 'an empty one' : iin}: ${fault}`, () => {
      expect(checkIin(iin)).to.deep.equal({ ok: false, fault });
    });
  }

  it('knows numbers that are never issued', () => {
    expect(checkDigit('88032649906')).to.equal(null);
  });
});
