import { expect } from 'chai';
import { costOf, parseRates } from '../../src/outbox/rates.js';

describe('outbox/rates', () => {
  it('reads a table of prices and refuses what is none', () => {
    expect(parseRates('cloud-api:0, cloud-api-template: 6.5')).to.deep.equal({
      'cloud-api': 0,
      'cloud-api-template': 6.5,
    });
    for (const wrong of ['', 'cloud-api', 'telegram:1', 'web:-1', 'web:1,web:2', 'web:1e9'])
      expect(parseRates(wrong)).to.equal(null);
  });
  it('prices a template apart, and nothing that the table does not name', () => {
    const rates = { 'cloud-api': 0, 'cloud-api-template': 6.5 };
    expect([
      costOf(rates, 'cloud-api', undefined),
      costOf(rates, 'cloud-api', 'ready'),
      costOf(rates, 'web', undefined),
    ]).to.deep.equal(
      [0, 6.5, undefined], // biome-ignore format: beside what was asked
    );
  });
});
