/** Of the processes that share a folder of models one makes a model, whatever becomes of it, and the others take what it made. */
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { handedModel, keepModel, readModel, wholeModel } from '../src/kept-models.js';
import { type LearntOnce, learnOnce } from '../src/learn-once.js';
import type { Learnt } from '../src/train-apart.js';
import type { Model } from '../src/understand/model.js';
import { serialiseModel } from '../src/understand/serialise.js';
import { trainIndex } from '../src/understand/train.js';
import { packMaterial } from './understand/trained.js';

describe('a model that several processes want', function () {
  this.timeout(60_000);
  let folder: string;
  let model: Model;
  let bytes: Buffer;
  let made = 0;
  const kept = () => handedModel(folder, 'abc');
  const whole = () => wholeModel(folder, 'abc');
  /** Makes it as a training thread does: it answers first, and keeps the model while others go on. */
  const make = async (): Promise<Learnt> => {
    made += 1;
    const place = kept();
    await sleep(50);
    return { model, kept: sleep(50).then(() => keepModel(place, bytes)) };
  };
  const want = (learn: () => Promise<Learnt | null> = make, isWanted = () => true): Promise<LearntOnce | null> =>
    learnOnce({ kept: kept(), orKept: whole(), learn, isWanted });
  const isIt = (learnt: LearntOnce | null): boolean => learnt !== null && serialiseModel(learnt.model).equals(bytes);
  /** A claim is given back when the model is kept, which nobody waits for. */
  const noClaimIsLeft = async (): Promise<void> => {
    const claims = async () => (await readdir(folder)).filter((name) => name.endsWith('.claim'));
    for (const end = Date.now() + 5000; (await claims()).length > 0 && Date.now() < end; ) await sleep(10);
  };

  before(() => {
    const pack = packMaterial();
    model = trainIndex({ ...pack, articles: pack.articles.slice(0, 2) }, []);
    bytes = serialiseModel(model);
  });
  beforeEach(async () => {
    made = 0;
    folder = await mkdtemp(join(tmpdir(), 'naqty-models-'));
  });
  afterEach(async () => {
    await noClaimIsLeft();
    await rm(folder, { recursive: true, force: true });
  });

  it('is made by one of them and taken by the others', async () => {
    const all = await Promise.all([want(), want(), want(), want()]);
    expect(made).to.equal(1);
    expect(all.map(isIt)).to.deep.equal([true, true, true, true]);
    expect(all.filter((one) => one?.takenFrom === undefined)).to.have.length(1);
  });
  it('is taken where it is there, also from before', async () => {
    await keepModel(whole(), bytes);
    const taken = await want();
    expect(taken?.takenFrom).to.deep.equal(whole());
    expect([made, isIt(taken)]).to.deep.equal([0, true]);
  });
  it('is made anew where what is there is damaged', async () => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 9) ^ 1, damaged.length - 9);
    await writeFile(join(folder, whole().name), damaged);
    await writeFile(join(folder, kept().name), bytes.subarray(0, 100));
    expect(isIt(await want())).to.equal(true);
    expect(made).to.equal(1);
    expect(await readModel(whole())).to.equal(null);
  });
  it('is made by another where the one that makes it fails', async () => {
    const failing = want(async () => {
      await sleep(100);
      throw new Error('no memory');
    }).then(
      () => 'made',
      (error: Error) => error.message,
    );
    await sleep(30);
    const other = want();
    expect(await failing).to.equal('no memory');
    expect([isIt(await other), made]).to.deep.equal([true, 1]);
  });
  it('is made by another where the process that makes it dies', async () => {
    // A dead process leaves its claim, and says no more that it lives.
    await writeFile(join(folder, `${kept().name}.claim`), '');
    expect(isIt(await want())).to.equal(true);
    expect(made).to.equal(1);
  });
  it('is waited for as long as the process that makes it lives', async () => {
    const slow = want(async () => {
      await sleep(5000);
      return make();
    });
    await sleep(30);
    const others = [want(), want()];
    expect((await Promise.all([slow, ...others])).map(isIt)).to.deep.equal([true, true, true]);
    expect(made).to.equal(1);
  });
  it('is waited for no more where nobody wants it any more', async () => {
    let isWanted = true;
    const slow = want(async () => {
      await sleep(500);
      return make();
    });
    await sleep(30);
    const waiting = want(make, () => isWanted);
    isWanted = false;
    expect(await waiting).to.equal(null);
    expect(isIt(await slow)).to.equal(true);
  });
  it('is given up by all where the one that makes it gives it up', async () => {
    expect(await want(async () => null)).to.equal(null);
    expect((await readdir(folder)).filter((name) => name.endsWith('.handed'))).to.deep.equal([]);
  });
  it('is made by each for itself where the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const nowhere = handedModel(join(folder, 'file', 'below'), 'abc');
    const learn = async (): Promise<Learnt> => {
      made += 1;
      return { model, kept: Promise.resolve() };
    };
    const all = [1, 2].map(() => learnOnce({ kept: nowhere, orKept: undefined, learn, isWanted: () => true }));
    expect((await Promise.all(all)).map(isIt)).to.deep.equal([true, true]);
    expect(made).to.equal(2);
  });
  it('is kept with those that were used last; what dead processes left is removed', async () => {
    const old = new Date(Date.now() - 3_600_000);
    await mkdir(folder, { recursive: true });
    for (const name of ['draft.123', 'x.claim']) {
      await writeFile(join(folder, name), '');
      await utimes(join(folder, name), old, old);
    }
    await writeFile(join(folder, 'y.claim'), '');
    for (let at = 0; at < 7; at += 1) {
      await keepModel(wholeModel(folder, `whole${at}`), bytes);
      await keepModel(handedModel(folder, `quick${at}`), bytes);
      await sleep(5);
    }
    const names = (await readdir(folder)).sort();
    expect(names).to.deep.equal([
      ...['quick4.handed', 'quick5.handed', 'quick6.handed'],
      ...['whole2', 'whole3', 'whole4', 'whole5', 'whole6', 'y.claim'],
    ]);
    await rm(join(folder, 'y.claim'));
    expect((await readFile(join(folder, 'whole6'))).equals(bytes)).to.equal(true);
  });
});
