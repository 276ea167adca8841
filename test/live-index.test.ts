/** The understanding in use follows what is published: learnt at once beside the service, then trained whole, and kept for the next start. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLiveIndex, type LiveIndex } from '../src/live-index.js';
import { silentLogger } from '../src/log.js';
import type { IndexMaterial } from '../src/understand/contract.js';
import { materialHash } from '../src/understand/train.js';
import { treePlanting as article, packMaterial } from './understand/trained.js';

const patienceMs = 120_000;

describe('the understanding in use', function () {
  this.timeout(2 * patienceMs);
  const pack = packMaterial();
  // A dozen articles learn in a moment.
  const few: IndexMaterial = { ...pack, articles: pack.articles.slice(0, 12) };
  let material: IndexMaterial = few;
  let folder: string;
  let index: LiveIndex;
  const first = (text: string): string | undefined => index.understand(text, { language: 'ru' }).candidates[0]?.label;
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + patienceMs; !(await holds()) && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await holds()).to.equal(true);
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'naqty-models-'));
    index = await createLiveIndex({
      readMaterial: async () => material,
      phrases: [],
      logger: silentLogger,
      modelFolder: folder,
      settleAfterMs: 50,
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('knows a published article without a new start, and answers by the last material meanwhile', async () => {
    expect(first('саженцы где взять')).to.not.equal('faq:tree-planting');
    const before = first('42500 когда придут деньги');
    material = { ...few, articles: [...few.articles, article] };
    let asked = 0;
    let done = false;
    const learnt = index.refresh().finally(() => {
      done = true;
    });
    while (!done) {
      expect(first('42500 когда придут деньги')).to.equal(before);
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await learnt;
    expect(asked).to.be.above(1);
    expect(first('саженцы где взять')).to.equal('faq:tree-planting');
  });
  it('keeps the whole training of it for the next start', async () => {
    await until(async () => (await readdir(folder)).includes(materialHash(material, [])));
    expect((await readdir(folder)).filter((name) => !name.includes('.'))).to.have.length(2);
  });
  it('learns a change beside what it knows, and forgets an article that was taken back', async () => {
    material = { ...material, articles: [...material.articles.slice(0, -1), { ...article, keywords: ['питомник'] }] };
    await index.refresh();
    // In use before the whole training is done, which residents would wait for.
    let isSettled = false;
    const settled = index.settled().then(() => {
      isSettled = true;
    });
    await Promise.resolve();
    expect(isSettled).to.equal(false);
    expect(first('питомник')).to.equal('faq:tree-planting');
    await settled;
    expect(first('питомник')).to.equal('faq:tree-planting');
    // Not as it once was, which is kept: it has to be learnt.
    material = { ...few, lexicon: few.lexicon.slice(1) };
    await index.refresh();
    expect(
      index.understand('саженцы где взять', { language: 'ru' }).candidates.map(({ label }) => label),
    ).to.not.include('faq:tree-planting');
  });
  it('tries other material without using it', async () => {
    const tried = await index.trial({ articles: [...few.articles, article] });
    expect(tried('саженцы где взять', { language: 'ru' }).candidates[0]?.label).to.equal('faq:tree-planting');
    expect(first('саженцы где взять')).to.not.equal('faq:tree-planting');
  });
  it('joins changes that come while it learns: the last one counts', async () => {
    const refreshes = [1, 2, 3, 4].map((count) => {
      material = { ...few, articles: [...few.articles, { ...article, keywords: [`саженец${count}`] }] };
      return index.refresh();
    });
    await Promise.all(refreshes);
    expect(first('саженцы где взять')).to.equal('faq:tree-planting');
    await until(async () => (await readdir(folder)).includes(materialHash(material, [])));
  });
});
