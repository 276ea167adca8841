/** Understanding as the dialogue meets it: languages, services by payment, follow-ups, bounds, and storing a model. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Understand } from '../../src/understand/contract.js';
import type { Model } from '../../src/understand/model.js';
import { createByteCheck, restoreModel, serialiseModel } from '../../src/understand/serialise.js';
import { materialHash, trainIndex } from '../../src/understand/train.js';
import { createUnderstand } from '../../src/understand/understand.js';
import { packMaterial, trainedModel, treePlanting } from './trained.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);

describe('understanding', () => {
  let model: Model;
  let understand: Understand;
  before(async function () {
    this.timeout(180_000);
    model = await trainedModel();
    understand = createUnderstand(model);
  });
  const first = (text: string, article?: string): string =>
    understand(text, { language: 'kk', ...(article === undefined ? {} : { article }) }).candidates[0]?.label ?? 'none';

  const languages: readonly (readonly [string, 'kk' | 'ru', boolean])[] = [
    ['42500 қашан түседі', 'kk', true],
    ['42500 кашан туседи', 'kk', true],
    ['42500 qashan tusedi', 'kk', true],
    ['42500 qaı kúni túsedi', 'kk', true],
    ['когда придут деньги', 'ru', true],
    ['kogda pridut dengi', 'ru', true],
    ['заявка бердім отказ келді не істеймін', 'kk', true],
    ['маған положено ма', 'kk', true],
    ['где подают на елу мың', 'ru', true],
    ['karta zablokirovana', 'ru', true],
    ['на руках нет денег', 'ru', true],
    ['Салам, мы везём комбикорм, пропустят?', 'ru', true],
    ['рахмет', 'kk', true],
    ['спасибо', 'ru', true],
    ['да', 'ru', true],
    ['иә', 'kk', true],
    ['42500', 'kk', false],
    ['🙏', 'kk', false],
    ['ок', 'kk', false],
    ['⟨iin⟩', 'kk', false],
  ];
  for (const [text, language, shown] of languages) {
    it(`hears ${shown ? language : 'no language'} in "${text}"`, () => {
      const heard = understand(text, { language: 'kk' });
      expect(heard.languageShown).to.equal(shown);
      expect(heard.language).to.equal(language);
    });
  }
  it('keeps the language of the conversation where none shows', () => {
    expect(understand('42500', { language: 'ru' }).language).to.equal('ru');
  });
  it('answers in the language that is asked for', () => {
    expect(understand('орысша жаз', { language: 'kk' })).to.deep.include({ language: 'ru', languageShown: true });
    expect(understand('можно на казахском', { language: 'ru' })).to.deep.include({
      language: 'kk',
      languageShown: true,
    });
  });

  const services: readonly (readonly [string, string])[] = [
    ['⟨iin⟩', 'service:eligibility'],
    ['вот ⟨iin⟩', 'service:eligibility'],
    ['42500 ⟨iin⟩', 'service:eligibility-42500'],
    ['50 мың тізімінде бармын ба ⟨iin⟩', 'service:eligibility-50000'],
    ['15 000 ⟨iin⟩', 'service:eligibility-15000'],
    ['проверьте меня', 'service:eligibility'],
    ['тексеру', 'service:eligibility'],
    ['оператор', 'service:human'],
    ['маман', 'service:human'],
    ['специалист', 'service:human'],
    ['стоп', 'service:stop'],
    ['тоқта', 'service:stop'],
    ['мәзір', 'service:menu'],
    ['меню', 'service:menu'],
    ['бекет', 'service:checkpoint-nearest'],
    ['на русском', 'service:language'],
    ['сәлем', 'small:greeting'],
    ['рахмет', 'small:thanks'],
    ['до свидания', 'small:bye'],
  ];
  for (const [text, label] of services) {
    it(`takes "${text}" for ${label}`, () => {
      expect(first(text)).to.equal(label);
    });
  }
  it('takes a bare IIN after an article of a payment for that payment', () => {
    expect(first('⟨iin⟩', 'pay-42500-when')).to.equal('service:eligibility-42500');
    expect(first('⟨iin⟩', 'pay-50000-who')).to.equal('service:eligibility-50000');
    expect(first('⟨iin⟩', 'mask-rule')).to.equal('service:eligibility');
  });
  it('reads a follow-up in the light of the article before', () => {
    expect(first('ал қандай құжат керек?', 'pay-42500-apply')).to.equal('faq:pay-42500-documents');
    expect(first('а когда придет?', 'pay-50000-who')).to.equal('faq:pay-50000-when');
  });
  it('finds nothing where there is nothing to read', () => {
    for (const text of ['', '   ', '🙏🙏', '...', '\n']) {
      expect(understand(text, { language: 'ru' })).to.deep.include({
        candidates: [],
        confidence: 0,
        language: 'ru',
        languageShown: false,
      });
    }
  });

  it(`never throws and stays within bounds, whatever comes (seed ${seed})`, () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '42500',
        'елу мың',
        '⟨iin⟩',
        'қашан түседі?',
        'K-7F3Q',
        "g'",
        '\u0000',
        '\ud800',
        '4to',
        '№',
        '9'.repeat(400),
      ),
    );
    const context = fc.record({ language: fc.constantFrom('kk' as const, 'ru' as const) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), context, (pieces, given) => {
        const heard = understand(pieces.join(' '), given);
        expect(heard.candidates.length).to.be.at.most(5);
        expect(heard.candidates.reduce((sum, { probability }) => sum + probability, 0)).to.be.at.most(1 + 1e-9);
        for (const { probability } of heard.candidates) expect(probability).to.be.within(0, 1);
        expect(heard.confidence).to.equal(heard.candidates[0]?.probability ?? 0);
        expect(heard.normalised).to.not.match(/\d{12}/u);
      }),
      { seed, numRuns: 300 },
    );
  });
  it('bounds its work on the longest texts', function () {
    this.timeout(240_000);
    const long = ['қашан түседі ', 'a', 'тиысалма ', 'дем ', '42 ', 'k-', '! ', 'ю', 'мени мени ', '⟨iin⟩'];
    for (const part of long) {
      const started = performance.now();
      understand(part.repeat(Math.ceil(70_000 / part.length)), { language: 'kk' });
      expect(performance.now() - started, part).to.be.lessThan(2000);
    }
  });
  it('reads the end of a story beyond the cut of tokens', () => {
    expect(first(`${'бір нәрсе айтып жатыр '.repeat(400)}. 42500 қашан түседі?`)).to.not.equal('none');
  });

  it('gives the same model for the same material, and another hash for another', () => {
    const material = packMaterial();
    const small = { ...material, articles: material.articles.slice(0, 6) };
    expect(serialiseModel(trainIndex(small, []))).to.deep.equal(serialiseModel(trainIndex(small, [])));
    expect(materialHash(small, [])).to.equal(materialHash(structuredClone(small), []));
    expect(materialHash(small, [])).to.not.equal(materialHash({ ...small, articles: small.articles.slice(1) }, []));
    expect(materialHash(small, [])).to.not.equal(
      materialHash(small, [{ label: 'escalate', language: 'ru', text: 'беда' }]),
    );
  });
  it('knows an article as soon as it is in the material', () => {
    const material = packMaterial();
    const grown = createUnderstand(trainIndex({ ...material, articles: [...material.articles, treePlanting] }, []));
    expect(grown('саженцы где дают', { language: 'ru' }).candidates[0]?.label).to.equal('faq:tree-planting');
  });
  it('is the same after storing and restoring', () => {
    const restored = createUnderstand(restoreModel(serialiseModel(model)));
    for (const text of ['42500 қашан түседі', 'где ближайший пост', 'Тереңөзек бекеті ашық па', '⟨iin⟩']) {
      expect(restored(text, { language: 'kk' })).to.deep.equal(understand(text, { language: 'kk' }));
    }
  });
  it('refuses stored bytes that are cut off, or none of this version', () => {
    const bytes = serialiseModel(trainIndex({ ...packMaterial(), articles: packMaterial().articles.slice(0, 2) }, []));
    expect(() => restoreModel(bytes.subarray(0, bytes.length - 40))).to.throw('has to be trained again');
    expect(() => restoreModel(Buffer.from('no model'))).to.throw('has to be trained again');
    const older = Buffer.from(bytes.toString('latin1').replace(/"version":\d+/, '"version":10'), 'latin1');
    expect(() => restoreModel(older)).to.throw('made by another version');
  });
  it('sees one changed bit in stored bytes, wherever it is', () => {
    const small = { ...packMaterial(), articles: packMaterial().articles.slice(0, 2) };
    const bytes = serialiseModel(trainIndex(small, []));
    const isRight = (pieceLength: number): boolean => {
      const check = createByteCheck();
      for (let at = 0; at < bytes.length; at += pieceLength) check.look(bytes.subarray(at, at + pieceLength));
      return check.isRight();
    };
    expect(isRight(bytes.length)).to.equal(true);
    expect(isRight(1000)).to.equal(true);
    for (const at of [13, 16, 5_000, bytes.length - 1]) {
      bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
      expect(isRight(1000), `a bit of byte ${at}`).to.equal(false);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
    }
  });
  it('works without any material', () => {
    const empty = createUnderstand(trainIndex({ articles: [], checkpoints: [], lexicon: [] }, []));
    expect(empty('сәлем', { language: 'kk' }).candidates).to.deep.equal([]);
  });
});
