/** Checkpoints as residents name them: by side of the world, kilometre, road, place and district, with endings, slips and in Latin. */
import { expect } from 'chai';
import { createFindCheckpoints } from '../../src/understand/checkpoint-names.js';
import { normalise } from '../../src/understand/normalise.js';
import { packMaterial } from './trained.js';

const { checkpoints } = packMaterial();
const find = createFindCheckpoints(checkpoints);
const found = (text: string, language: 'kk' | 'ru' = 'kk'): readonly string[] => find(normalise(text, language));

const named: Readonly<Record<string, readonly string[]>> = {
  'kzo-north': [
    'северный пост',
    'на северном посту пропускают?',
    'солтүстік бекет ашық па',
    'солтустик бекет',
    'солтүстік жақтағы бекет',
    'soltustik beket',
    'severnyi post',
    'северный',
    '13 шақырымдағы бекет',
    '13-ші шақырымдағы пост',
    'пост на 13 километре',
    '13-й км пост открыт?',
    'километр 13 пост',
    'павлодар тасжолындағы бекет',
    'на Павлодарской трассе пост',
    'пост на выезде в сторону Жезказгана',
    'Жезқазған шығысы',
  ],
  'kzo-south': [
    'южный пост работает?',
    'оңтүстіктегі бекет',
    'онтустик бекет',
    '1834 км пост',
    'кемпинг Ислам',
    'Ислам кемпингіндегі бекет',
    'Шымкентке шығатын бекет',
  ],
  'kzo-west-akzharma': [
    'западный пост',
    'батыс бекет',
    'батыстағы бекеттен өтем бе',
    'Баймұрат батыр',
    'акжармадағы пост',
  ],
  'kzo-bypass': ['айналма жолдағы бекет', 'пост на объездной', 'айналма жол'],
  'kzo-kyzylozek': ['Жалағаш жолындағы бекет', 'кызылозектеги бекет'],
  'aral-town': ['Арал қаласындағы бекет', 'пост в городе Аральск'],
  'aral-aktobe-border': ['Ақтөбе шекарасындағы бекет', 'граница с Актюбинской областью пост', 'Сексеуілде'],
  zhanakorgan: ['Түркістан шекарасындағы бекет', 'пост на границе с Туркестанской областью', 'жаңақорғандағы бекет'],
};
const none = [
  'бекет ашық па',
  'где ближайший пост',
  'Қызылордадағы бекеттер',
  'Солтүстік Қазақстаннан келдім, карантинге отырамын ба',
  '13 адам бар үйде',
  '13 наурызда келдім',
  'иду с севера города домой',
  '14 километр жаяу жүрдім, бекет жоқ',
  'аралас сөз',
];

describe('checkpoints named in a message', () => {
  for (const [id, texts] of Object.entries(named)) {
    for (const text of texts) {
      it(`find ${id}: ${text}`, () => {
        expect(found(text, /^severn/u.test(text) ? 'ru' : 'kk')).to.deep.equal([id]);
      });
    }
  }
  for (const text of none) {
    it(`find none: ${text}`, () => {
      expect(found(text)).to.deep.equal([]);
    });
  }
  it('find all posts of a district by its name', () => {
    for (const text of ['арал', 'Аральск', 'Аральский район', 'Арал ауданы'])
      expect(found(text), text).to.have.members(['aral-town', 'aral-aktobe-border']);
    expect(found('шиелі мен жаңақорған')).to.have.members(['shieli', 'zhanakorgan']);
  });
  it('find every post by each of its names, with and without an ending', () => {
    for (const { id, name, aliases } of checkpoints) {
      for (const text of [name.kk, name.ru, ...aliases]) expect(found(`${text} бекет`), text).to.include(id);
      for (const text of aliases.filter((alias) => /[аеіы]$/u.test(alias)))
        expect(found(`${text}дан өтем бе`), text).to.include(id);
    }
  });
});
