/** What the index is told of a message beyond its letters: stems that meet, and denials that are endings. */
import { expect } from 'chai';
import { featuresOf } from '../../src/understand/features.js';
import { normalise } from '../../src/understand/normalise.js';
import { seeingBy } from '../../src/understand/seen-tokens.js';
import { packMaterial } from './trained.js';

const { see } = seeingBy(packMaterial().lexicon);
const told = (text: string, wanted: 'stem' | 'concept'): string[] => {
  const found: string[] = [];
  featuresOf(normalise(text, 'kk'), see, (_, kind, said) => kind === wanted && found.push(said));
  return found;
};

describe('features', () => {
  for (const text of [
    'ақша түспеді',
    'акша туспеди',
    'aqsha tuspedi',
    'ақша түскен жоқ',
    'деньги не пришли',
    'бұл төлем емес',
  ]) {
    it(`tell that "${text}" denies`, () => {
      expect(told(text, 'concept')).to.include('not');
    });
  }
  for (const text of ['ақша түсті', 'деньги пришли', 'төлем түсе ме']) {
    it(`tell that "${text}" does not`, () => {
      expect(told(text, 'concept')).to.not.include('not');
    });
  }
  it('bring the forms of a word together, with their letters and without', () => {
    for (const text of ['бекеттен', 'бекеттегілер', 'bekette', 'бекетимиз', 'бекетке'])
      expect(told(text, 'stem'), text).to.deep.equal(['бекет']);
    for (const text of ['заявление', 'заявлением', 'zayavleniya'])
      expect(told(text, 'stem'), text).to.deep.equal(told('заявления', 'stem'));
    for (const text of ['түспеді', 'түскен', 'түсетін', 'туседи'])
      expect(told(text, 'stem'), text).to.deep.equal(['тус']);
  });
});
