import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createArticles } from '../../src/facts/articles/articles.js';
import { createCheckpoints } from '../../src/facts/checkpoints/checkpoints.js';
import { contentInForce, exportContent } from '../../src/facts/content/export-content.js';
import { importContent } from '../../src/facts/content/import-content.js';
import { PackError } from '../../src/facts/content/pack-error.js';
import { readPack } from '../../src/facts/content/read-pack.js';
import { loadStarterContent } from '../../src/facts/content/starter-content.js';
import { createLexicon } from '../../src/facts/lexicon/lexicon.js';
import { contentFolder, listsSecret, openRoom, type Room } from '../facts/room.js';

const refusal = async (work: Promise<unknown>): Promise<PackError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof PackError) return error;
    throw error;
  }
  throw new Error('The pack was taken.');
};

const bySource = (text: string) => ({ kk: text, ru: text });

describe('bringing the pack in', () => {
  let room: Room;
  beforeEach(async () => {
    room = await openRoom(false);
  });
  afterEach(() => room.close());
  const bring = (overwrite = false, pack = room.pack) =>
    importContent({ pack, store: room.store, clocks: room.clocks, secret: listsSecret, overwrite });

  it('creates everything once and changes nothing the second time', async () => {
    const first = await bring();
    expect(first.articles).to.deep.equal({ created: 45, updated: 0, unchanged: 0, kept: 0 });
    expect(first.programmes.created).to.equal(3);
    expect(first.checkpoints.created).to.equal(14);
    expect(first.lexicon).to.deep.equal({ created: room.pack.lexicon.length, updated: 0, unchanged: 0, kept: 0 });
    expect(first.sampleList).to.deep.equal({ 'pay-50000': 16, 'pay-42500': 32, 'pay-15000': 12 });
    const before = await room.store.articles.all();
    const second = await bring();
    expect(second.articles).to.deep.equal({ created: 0, updated: 0, unchanged: 45, kept: 0 });
    expect(second.sampleList).to.deep.equal({
      'pay-50000': 'unchanged',
      'pay-42500': 'unchanged',
      'pay-15000': 'unchanged',
    });
    expect(await room.store.articles.all()).to.deep.equal(before);
  });

  it('updates what only the pack changed, keeps what staff changed, and overwrites it when told', async () => {
    await bring();
    const articles = createArticles(room);
    const seen = await articles.find('food-parcel');
    if (!seen?.published) throw new Error('No article.');
    const own = { ...seen.published, source: bySource('our own source') };
    const draft = await articles.saveDraft('food-parcel', own, 'staff-1', seen.version);
    await articles.publish('food-parcel', 'staff-1', draft.version);
    const checkpoints = createCheckpoints(room);
    await checkpoints.update('zhalagash', { status: 'closed' }, 'staff-1', 1);

    const changed = {
      ...room.pack,
      articles: room.pack.articles.map((article) =>
        ['food-parcel', 'mask-rule'].includes(article.id)
          ? { ...article, fields: { ...article.fields, source: bySource('a newer pack') } }
          : article,
      ),
    };
    const report = await bring(false, changed);
    expect(report.articles).to.deep.equal({ created: 0, updated: 1, unchanged: 43, kept: 1 });
    expect(report.kept).to.deep.equal(['article:food-parcel', 'checkpoint:zhalagash']);
    expect((await articles.published('food-parcel'))?.source.kk).to.equal('our own source');
    expect((await articles.published('mask-rule'))?.source.ru).to.equal('a newer pack');
    expect((await checkpoints.find('zhalagash'))?.status).to.equal('closed');

    const forced = await bring(true, changed);
    expect(forced.articles.updated).to.equal(1);
    expect(forced.checkpoints.updated).to.equal(1);
    expect((await articles.published('food-parcel'))?.source.ru).to.equal('a newer pack');
    expect((await checkpoints.find('zhalagash'))?.status).to.equal('open');
    expect((await bring(false, changed)).articles.unchanged).to.equal(45);
  });

  it('keeps an article that an editor has a draft of', async () => {
    await bring();
    const articles = createArticles(room);
    const seen = await articles.find('mask-rule');
    if (!seen?.published) throw new Error('No article.');
    await articles.saveDraft('mask-rule', { ...seen.published, source: bySource('in hand') }, 'staff-1', seen.version);
    const changed = {
      ...room.pack,
      articles: room.pack.articles.map((article) => ({
        ...article,
        fields: { ...article.fields, source: bySource('newer') },
      })),
    };
    const report = await bring(false, changed);
    expect(report.articles).to.deep.equal({ created: 0, updated: 44, unchanged: 0, kept: 1 });
    expect((await articles.find('mask-rule'))?.draft?.source.kk).to.equal('in hand');
  });

  it('keeps concepts that staff changed, and what of the pack would give one of their words to a second concept', async () => {
    await bring();
    const lexicon = createLexicon(room);
    const army = await lexicon.find('army');
    if (!army) throw new Error('No concept.');
    const { name, words } = army;
    const all = room.pack.lexicon.length;
    await lexicon.publish('army', { name, words: { ...words, ru: [...words.ru, 'повестк'] } }, 'staff-1', army.version);
    const changed = {
      ...room.pack,
      lexicon: room.pack.lexicon.map(({ id, fields }) => {
        const more: Readonly<Record<string, string>> = { army: 'призыв', court: 'повестк', mask: 'респиратор' };
        const word = more[id];
        const { kk, ru } = fields.words;
        return word === undefined ? { id, fields } : { id, fields: { ...fields, words: { kk, ru: [...ru, word] } } };
      }),
    };
    const report = await bring(false, changed);
    expect(report.lexicon).to.deep.equal({ created: 0, updated: 1, unchanged: all - 3, kept: 2 });
    expect(report.kept).to.deep.equal(['concept:court', 'concept:army']);
    expect((await lexicon.find('army'))?.words.ru)
      .to.include('повестк')
      .and.not.to.include('призыв');
    expect((await lexicon.find('mask'))?.words.ru).to.include('респиратор');
    expect((await lexicon.history('mask')).map(({ action, version }) => [action, version])).to.deep.equal([
      ['imported', 2],
      ['imported', 1],
    ]);
    expect((await bring(true, changed)).lexicon).to.deep.equal({ created: 0, updated: 2, unchanged: all - 2, kept: 0 });
    expect((await lexicon.find('court'))?.words.ru).to.include('повестк');
    expect((await bring(false, changed)).lexicon.unchanged).to.equal(all);
  });

  it('leaves the lexicon alone where the pack brings none', async () => {
    await bring();
    const report = await bring(true, { ...room.pack, lexicon: [] });
    expect(report.lexicon).to.deep.equal({ created: 0, updated: 0, unchanged: 0, kept: 0 });
    expect(await room.store.lexicon.all()).to.have.length(room.pack.lexicon.length);
  });

  it('never puts the sample list over a list that staff loaded', async () => {
    await bring();
    await room.connection.collection('lists').updateOne({ _id: 'pay-42500' as never }, { $set: { sample: false } });
    const rows = room.pack.sampleList?.rows ?? [];
    const report = await bring(true, { ...room.pack, sampleList: { asOf: '2020-05-01', rows } });
    expect(report.sampleList).to.deep.equal({ 'pay-50000': 16, 'pay-42500': 'kept', 'pay-15000': 12 });
    const [mine] = (await room.store.recipients.lists()).filter((list) => list._id === 'pay-42500');
    expect(mine?.asOf).to.equal('2020-04-23');
  });

  it('changes nothing when the database refuses one part of it', async () => {
    const broken = {
      ...room.pack,
      checkpoints: room.pack.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        // Passes no reader; the index on positions refuses it in the middle of the transaction.
        fields: { ...checkpoint.fields, location: { lat: 1000, lon: 1000 } },
      })),
    };
    let refused = false;
    await bring(false, broken).catch(() => {
      refused = true;
    });
    expect(refused).to.equal(true);
    expect(await room.store.articles.any()).to.equal(false);
    expect(await room.store.programmes.any()).to.equal(false);
  });

  it('gives an empty database the starter content, and only an empty one', async () => {
    const parts = { store: room.store, clocks: room.clocks, secret: listsSecret };
    expect((await loadStarterContent(parts))?.articles.created).to.equal(45);
    expect(await loadStarterContent(parts)).to.equal(null);
  });

  it('gives a database that was filled before there was a lexicon that alone', async () => {
    await bring(false, { ...room.pack, lexicon: [] });
    const report = await loadStarterContent({ store: room.store, clocks: room.clocks, secret: listsSecret });
    expect(report?.lexicon.created).to.equal(room.pack.lexicon.length);
    expect(report?.articles).to.deep.equal({ created: 0, updated: 0, unchanged: 0, kept: 0 });
    expect(report?.sampleList).to.deep.equal({});
  });

  it('holds no IIN in clear', async () => {
    await bring();
    const collections = await room.connection.listCollections();
    const stored: string[] = [];
    for (const { name } of collections)
      stored.push(JSON.stringify(await room.connection.collection(name).find().toArray()));
    const everything = stored.join('\n');
    expect(everything).to.include('pay-42500');
    for (const { iin } of room.pack.sampleList?.rows ?? []) expect(everything.includes(iin)).to.equal(false);
  });

  it('writes back what it would read: import(export(x)) = x', async () => {
    await bring();
    const folder = await mkdtemp(join(tmpdir(), 'naqty-export-'));
    const other = await openRoom(false);
    try {
      await exportContent(room.store, folder);
      const pack = await readPack(folder);
      expect(pack).to.deep.equal(await contentInForce(room.store));
      await importContent({ pack, store: other.store, clocks: other.clocks, secret: listsSecret, overwrite: false });
      expect(await contentInForce(other.store)).to.deep.equal(await contentInForce(room.store));
      const again = await bring(false, pack);
      for (const kind of ['articles', 'programmes', 'vehicleKinds', 'checkpoints', 'lexicon'] as const) {
        expect(again[kind], kind).to.include({ created: 0, updated: 0, kept: 0 });
      }
      const first = await readFile(join(folder, 'articles/payments.yaml'), 'utf8');
      await exportContent(other.store, folder);
      expect(await readFile(join(folder, 'articles/payments.yaml'), 'utf8')).to.equal(first);
    } finally {
      await other.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('a broken pack', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'naqty-pack-'));
    await cp(contentFolder, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const edit = async (file: string, from: string | RegExp, to: string): Promise<number> => {
    const text = await readFile(join(folder, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Nothing to change in ${file}.`);
    await writeFile(join(folder, file), changed);
    const index = typeof from === 'string' ? text.indexOf(from) : text.search(from);
    return text.slice(0, index).split('\n').length;
  };

  const cases: readonly [string, string, string | RegExp, string, string, RegExp][] = [
    ['an unknown field', 'articles/health.yaml', 'keywords: [', 'keyword: [', 'articles[0].keyword', /unrecognized/i],
    ['a wrong topic', 'articles/health.yaml', 'topic: health', 'topic: sport', 'articles[0].topic', /expected one of/i],
    [
      'a day that does not exist',
      'articles/health.yaml',
      'verifiedOn: 2020-04-23',
      'verifiedOn: 2020-04-31',
      'articles[0].verifiedOn',
      /no day/,
    ],
    ['a number for a text', 'articles/services.yaml', '"1414"', '1414', 'articles[1].keywords[8]', /expected string/i],
    [
      'a question that is too long',
      'articles/health.yaml',
      /ru: Температура и кашель\. Куда обращаться\?/,
      `ru: ${'слово '.repeat(101)}`,
      'articles[0].question.ru',
      /too long/,
    ],
    [
      'an unknown placeholder',
      'programmes.yaml',
      '{{listDate}} күнгі',
      '{{listdate}} күнгі',
      'programmes[0].resultTexts.notFound',
      /placeholder/,
    ],
    [
      'two words in one',
      'lexicon.yaml',
      '[несие]',
      '[несие, "қарыз алу"]',
      'concepts[34].words.kk[1]',
      /no single word/,
    ],
    [
      'a word that stands in two concepts',
      'lexicon.yaml',
      'ru: [декрет, уход]',
      'ru: [декрет, уход, Мэктэп, счёт]',
      'concepts[19].words.ru[3]',
      /счёт stands in account already/,
    ],
    [
      'an article that is not there',
      'programmes.yaml',
      'pay-42500-who,',
      'pay-42500-whom,',
      'articles[0]',
      /pay-42500-whom/,
    ],
    [
      'an unknown vehicle',
      'checkpoints.yaml',
      '[ambulance, emergency, utility',
      '[ambulance, tank, utility',
      'allowedVehicles[1]',
      /tank/,
    ],
    ['impossible hours', 'checkpoints.yaml', '"06:00-22:00"', '"06:00-26:00"', 'checkpoints[3].hours', /24\/7/],
    [
      'a list row with a wrong check digit',
      'recipients-sample.csv',
      '011102699285,pay-42500',
      '011102699286,pay-42500',
      'iin',
      /check digit/,
    ],
  ];
  for (const [what, file, from, to, field, message] of cases) {
    it(`names file, line and field of ${what}`, async () => {
      const line = await edit(file, from, to);
      const { faults } = await refusal(readPack(folder));
      expect(faults.map((fault) => fault.field)).to.include(field);
      const fault = faults.find((each) => each.field === field);
      expect(fault?.file).to.equal(file);
      expect(fault?.line).to.equal(line);
      expect(fault?.message).to.match(message);
    });
  }

  it('names the place of broken YAML', async () => {
    const line = await edit('articles/health.yaml', 'keywords: [', 'keywords: ]');
    const [fault] = (await refusal(readPack(folder))).faults;
    expect(fault).to.include({ file: 'articles/health.yaml', line });
  });
  it('names both places of an id that stands twice', async () => {
    await edit('articles/health.yaml', 'id: covid-symptoms', 'id: mask-rule');
    const [fault] = (await refusal(readPack(folder))).faults;
    expect(fault?.message).to.match(/mask-rule stands already at articles\/health\.yaml:4$/);
  });
  it('names missing files', async () => {
    await rm(join(folder, 'programmes.yaml'));
    const error = await refusal(readPack(folder));
    expect(error.message).to.include('programmes.yaml: is missing');
  });
  it('repeats no IIN', async () => {
    await edit('recipients-sample.csv', '011102699285,pay-42500,in-review', '011102699286,pay-42500,perhaps');
    const error = await refusal(readPack(folder));
    expect(error.faults).to.have.length(2);
    expect(error.message).not.to.include('011102');
  });
});
