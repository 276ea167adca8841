/** Trainings that go on from what is known: beside what is new nothing is learnt again, and a kept model stands for the training that made it. */
import { expect } from 'chai';
import fc from 'fast-check';
import { columnOf, recordWidth } from '../../src/understand/columns.js';
import type { IndexMaterial } from '../../src/understand/contract.js';
import { finished } from '../../src/understand/finished.js';
import type { Model } from '../../src/understand/model.js';
import { samplesOf } from '../../src/understand/samples.js';
import { restoreModel, serialiseModel } from '../../src/understand/serialise.js';
import { createTrainer, type Thoroughness, type Trainer } from '../../src/understand/trainer.js';
import { createUnderstand } from '../../src/understand/understand.js';
import { joined, type SparseRows } from '../../src/understand/vocabulary.js';
import { packMaterial, treePlanting } from './trained.js';

describe('a training', function () {
  this.timeout(60_000);
  const pack = packMaterial();
  const few: IndexMaterial = { ...pack, articles: pack.articles.slice(0, 12) };
  const more: IndexMaterial = { ...few, articles: [...few.articles, treePlanting] };
  const messages = more.articles.flatMap(({ examples }) => [...examples.kk, ...examples.ru]);
  const train = (trainer: Trainer, material: IndexMaterial, how: Thoroughness): Model =>
    finished(trainer.train(samplesOf(material, []), material, how));
  const answers = (model: Model) => {
    const understand = createUnderstand(model);
    return messages.map((text) => {
      const { candidates, confidence } = understand(text, { language: 'kk' });
      return { label: candidates[0]?.label, confidence };
    });
  };
  const labelOf = (model: Model, text: string) =>
    createUnderstand(model)(text, { language: 'ru' }).candidates[0]?.label;

  it('goes on from a kept model as the one that made it does', () => {
    const maker = createTrainer();
    const kept = restoreModel(serialiseModel(train(maker, few, 'whole')));
    const other = createTrainer();
    expect([maker.isNew, other.isNew]).to.deep.equal([false, true]);
    finished(other.recall(samplesOf(more, []), kept));
    expect(other.isNew).to.equal(false);
    const [own, recalled] = [answers(train(maker, more, 'quick')), answers(train(other, more, 'quick'))];
    expect(recalled.map(({ label }) => label)).to.deep.equal(own.map(({ label }) => label));
    for (const [at, { confidence }] of recalled.entries())
      expect(confidence, messages[at]).to.be.closeTo(own[at]?.confidence ?? 0, 0.05);
  });
  it('keeps what it learnt while it still recalled', () => {
    const kept = train(createTrainer(), few, 'whole');
    const trainer = createTrainer();
    const recall = trainer.recall(samplesOf(few, []), kept);
    recall.next();
    const early: IndexMaterial = { ...few, articles: [...few.articles, { ...treePlanting, id: 'ash-planting' }] };
    const { labels } = train(trainer, early, 'quick');
    expect(labels[0]).to.equal('faq:ash-planting');
    finished(recall);
    // What went on from the recalled one would have the new label at its end.
    expect(train(trainer, early, 'quick').labels).to.deep.equal(labels);
  });
  it('forgets an article that is taken back, and knows it again when it comes back', () => {
    const trainer = createTrainer();
    train(trainer, few, 'whole');
    expect(labelOf(train(trainer, more, 'quick'), 'саженцы где взять')).to.equal('faq:tree-planting');
    const without = train(trainer, few, 'quick');
    expect(without.labels).to.not.include('faq:tree-planting');
    expect(without.labels).to.have.length(12);
    expect(labelOf(without, 'саженцы где взять')).to.not.equal('faq:tree-planting');
    expect(labelOf(train(trainer, more, 'quick'), 'саженцы где взять')).to.equal('faq:tree-planting');
  });
  it('keeps what it knows of phrasings that stay, and learns one that moves to another article', () => {
    const trainer = createTrainer();
    const before = answers(train(trainer, more, 'whole'));
    const [first, second, ...others] = more.articles as [typeof treePlanting, typeof treePlanting];
    const [moved, ...rest] = first.examples.ru as [string];
    const changed: IndexMaterial = {
      ...more,
      articles: [
        { ...first, examples: { kk: first.examples.kk, ru: rest } },
        { ...second, examples: { kk: second.examples.kk, ru: [...second.examples.ru, moved] } },
        ...others,
      ],
    };
    const model = train(trainer, changed, 'quick');
    expect(labelOf(model, moved)).to.equal(`faq:${second.id}`);
    const after = answers(model);
    const same = after.filter(({ label }, at) => label === before[at]?.label).length;
    expect(same).to.be.at.least(messages.length - 2);
  });
  it('gives a model whose features are in order and found, whatever came when', () => {
    const trainer = createTrainer();
    train(trainer, few, 'whole');
    train(trainer, more, 'quick');
    const model = train(trainer, { ...more, articles: more.articles.slice(1) }, 'quick');
    const keys = Array.from(
      { length: model.records.length / recordWidth },
      (_, at) => (model.records[at * recordWidth] as number) >>> 0,
    );
    expect(keys).to.deep.equal([...keys].sort((a, b) => a - b));
    for (const [column, key] of keys.entries()) expect(columnOf(model, key)).to.equal(column);
    expect(model.phraseLabels).to.deep.equal(model.phraseLabels.slice().sort());
    expect(Math.max(...model.phraseLabels)).to.equal(model.labels.length - 1);
  });
  it('looks again at little of what is known', () => {
    const steps = (work: Generator<void, unknown, undefined>): number => {
      let count = 0;
      while (!work.next().done) count += 1;
      return count;
    };
    const whole: IndexMaterial = { ...pack, articles: [...pack.articles, treePlanting] };
    const trainer = createTrainer();
    const all = steps(trainer.train(samplesOf(pack, []), pack, 'whole'));
    const news = steps(trainer.train(samplesOf(whole, []), whole, 'quick'));
    expect(news).to.be.below(all / 2);
  });
});

describe('rows that are joined', () => {
  const rows = fc.array(fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })), { maxLength: 4 }), {
    maxLength: 8,
  });
  const sparse = (all: readonly (readonly (readonly [number, number])[])[]): SparseRows => ({
    offsets: Int32Array.from([0, ...all.map((_, at) => all.slice(0, at + 1).flat().length)]),
    columns: Int32Array.from(all.flat(), ([column]) => column),
    values: Float32Array.from(all.flat(), ([, value]) => value),
  });
  it('have the entries of the first and then those of the second', () => {
    fc.assert(
      fc.property(rows, rows, (first, more) => {
        const second = [...more, ...Array.from({ length: Math.max(0, first.length - more.length) }, () => [])];
        const both = second.map((row, at) => [...(first[at] ?? []), ...row]);
        expect(joined(sparse(first), sparse(second))).to.deep.equal(sparse(both));
      }),
    );
  });
});
