/** Lists in the store: read beside the list in force, applied at once and whole, gone back from, and safe from a process that dies. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAudit } from '../../../src/facts/audit/audit.js';
import { createEligibility } from '../../../src/facts/eligibility/eligibility.js';
import type { Finding } from '../../../src/facts/lists/findings.js';
import { ListError } from '../../../src/facts/lists/list-error.js';
import { createLists } from '../../../src/facts/lists/lists.js';
import { maskedIin } from '../../../src/inbound/iin-hmac.js';
import { maskText } from '../../../src/inbound/mask.js';
import { withDots } from '../../../src/inbound/masked.js';
import { database } from '../../../src/store/connect.js';
import { spawnScript } from '../../support/script-process.js';
import { listsSecret, openRoom, type Room } from '../room.js';
import { brokenList, bytesSource, iinOf, workbook } from './files.js';

const header = 'iin,status,amount,date,district,reason';
const rowsOf = (from: number, to: number, status = 'paid'): string[] =>
  Array.from({ length: to - from }, (_, at) => `${iinOf(from + at)},${status},42500,2020-04-16,aral,`);
const file = (...rows: readonly string[]): Buffer => Buffer.from([header, ...rows].join('\n'));

describe('lists in the store', function () {
  this.timeout(600_000);
  let room: Room;
  let lists: ReturnType<typeof createLists>;
  let audit: ReturnType<typeof createAudit>;
  let folder: string;
  before(async () => {
    room = await openRoom();
    folder = await mkdtemp(join(tmpdir(), 'naqty-lists-'));
    const mask = (text: string): string => withDots(maskText(text, { secret: listsSecret, expectsIin: true }).text);
    audit = createAudit({ store: room.store, clock: room.clocks.real, newId: randomUUID, mask, keptDays: 36_500 });
    lists = createLists({
      store: room.store,
      clocks: room.clocks,
      newId: randomUUID,
      secret: listsSecret,
      mask,
      audit,
    });
  });
  after(async () => {
    await room?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const read = async (bytes: Buffer, fileName = 'list.csv') => {
    const order = {
      source: bytesSource(bytes, 4096),
      fileName,
      programmeId: 'pay-42500',
      asOf: '2020-04-24',
      by: 'ed',
    };
    return (await lists.begin(order)).done;
  };
  const load = async (bytes: Buffer, confirmed = true) => {
    const batch = await read(bytes);
    await lists.apply(batch._id, 'ed', confirmed);
    return batch;
  };
  const statusOf = async (iin: string): Promise<string> => {
    const limits = { checksPerHour: 100_000, birthChecksPerHour: 100_000 };
    const { check } = createEligibility({ store: room.store, clocks: room.clocks, secret: listsSecret, ...limits });
    const answer = await check({ iin: maskedIin(iin, listsSecret), programme: 'pay-42500', contactId: 'one' });
    if (answer.kind !== 'checked') throw new Error('Throttled.');
    const outcome = answer.results[0]?.outcome;
    return outcome?.kind === 'listed' ? outcome.status : (outcome?.kind ?? 'none');
  };
  const refusalOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof ListError ? error.code : String(error)),
    );
  const staged = (batch: string): Promise<number> => room.connection.collection('recipients').countDocuments({ batch });
  const inForce = async () => (await lists.inForce()).find(({ _id }) => _id === 'pay-42500');

  it('drops the indexes that databases made earlier have, and keeps its own', async () => {
    const rows = room.connection.collection('recipients');
    await rows.createIndex({ iinHmac: 1, programmeId: 1, batch: 1 }, { unique: true });
    await rows.createIndex({ programmeId: 1, batch: 1 });
    await room.store.migrate();
    await room.store.migrate();
    expect((await rows.indexes()).map(({ name }) => name).sort()).to.deep.equal(['_id_', 'iinHmac_1']);
  });

  it('answers from the old list until a person applies the new one, then from the new one alone', async () => {
    const sample = '011102699285';
    expect(await statusOf(sample)).to.equal('in-review');
    const batch = await read(file(...rowsOf(0, 300)));
    expect(batch).to.include({ state: 'checked', rows: 300, share: 1 });
    expect(batch.shares?.[0]).to.include({
      programmeId: 'pay-42500',
      loaded: 300,
      added: 300,
      changed: 0,
      basedOnSample: true,
    });
    expect([await statusOf(sample), await statusOf(iinOf(7))]).to.deep.equal(['in-review', 'not-listed']);
    await lists.apply(batch._id, 'ed', false);
    expect([await statusOf(sample), await statusOf(iinOf(7))]).to.deep.equal(['not-listed', 'paid']);
    expect(await inForce()).to.include({ rows: 300, asOf: '2020-04-24', sample: false, loadedBy: 'ed' });
    expect(await refusalOf(lists.apply(batch._id, 'ed', true))).to.equal('wrong-state');
  });

  it('tells beforehand who is new, changed, unchanged and gone, and wants a word where many would be gone', async () => {
    const batch = await read(file(...rowsOf(0, 100), ...rowsOf(100, 200, 'approved'), ...rowsOf(300, 320)));
    expect(batch.shares?.[0]).to.include({ loaded: 220, added: 20, changed: 100, unchanged: 100, gone: 100 });
    expect(await refusalOf(lists.apply(batch._id, 'ed', false))).to.equal('shrinks');
    expect(await statusOf(iinOf(150))).to.equal('paid');
    await lists.apply(batch._id, 'ed', true);
    expect([await statusOf(iinOf(150)), await statusOf(iinOf(250))]).to.deep.equal(['approved', 'not-listed']);
  });

  it('goes back to the list before, more than once, and no further than there is one', async () => {
    await lists.rollBack('pay-42500', 'ed');
    expect([await statusOf(iinOf(150)), await statusOf(iinOf(250))]).to.deep.equal(['paid', 'paid']);
    await lists.rollBack('pay-42500', 'ed');
    expect(await statusOf('011102699285')).to.equal('in-review');
    expect(await refusalOf(lists.rollBack('pay-42500', 'ed'))).to.equal('nothing-earlier');
  });

  it('takes back a file of several programmes as one, also where one of them had no list before', async () => {
    const inStore = room.connection.collection('lists');
    const none = await inStore.findOne({ _id: 'pay-15000' as never });
    await inStore.deleteOne({ _id: 'pay-15000' as never });
    const of = async () =>
      Object.fromEntries((await lists.inForce()).map(({ _id, activeBatch }) => [_id, activeBatch]));
    const before = await of();
    const both = Buffer.from(
      `iin,program,status\n${['pay-42500', 'pay-50000', 'pay-15000'].map((id) => `${iinOf(1)},${id},paid`).join('\n')}`,
    );
    const { _id: batch } = await load(both);
    expect(await of()).to.deep.equal({ 'pay-42500': batch, 'pay-50000': batch, 'pay-15000': batch });
    // One of them gets a list of its own: the file is in force for the others, and says so.
    const { _id: own } = await load(file(...rowsOf(0, 3)));
    expect((await lists.find(batch))?.state).to.equal('applied');
    await lists.rollBack('pay-42500', 'ed');
    expect((await of())['pay-42500']).to.equal(batch);
    expect([(await lists.find(own))?.state, (await lists.find(batch))?.state]).to.deep.equal([
      'rolled-back',
      'applied',
    ]);
    await lists.rollBack('pay-50000', 'ed');
    expect(await of()).to.deep.equal(before);
    expect((await lists.find(batch))?.state).to.equal('rolled-back');
    expect(await staged(batch)).to.equal(0);
    if (none) await inStore.insertOne(none);
  });

  it('does not put in force what was compared with another list', async () => {
    const first = await read(file(...rowsOf(0, 10)));
    const second = await read(file(...rowsOf(0, 12)));
    await lists.apply(second._id, 'ed', true);
    expect(await refusalOf(lists.apply(first._id, 'ed', true))).to.equal('overtaken');
    await lists.discard(first._id, 'ed');
    expect(await staged(first._id)).to.equal(0);
    expect((await inForce())?.rows).to.equal(12);
  });

  it('keeps three lists to go back to, and no rows of those before', async () => {
    const batches: string[] = [];
    for (let number = 20; number < 25; number += 1) batches.push((await load(file(...rowsOf(0, number))))._id);
    expect(await Promise.all(batches.map(staged))).to.deep.equal([0, 21, 22, 23, 24]);
  });

  it('loads nothing of a broken list but its good rows, into the programmes they name', async () => {
    const batch = await load(await brokenList());
    expect(batch.counts).to.deep.equal({ loaded: 2, duplicates: 1, conflicts: 2, rejected: 15 });
    expect(await staged(batch._id)).to.equal(2);
    expect(await statusOf('770727499661')).to.equal('approved');
    expect(await statusOf('671030399455'), 'contradicted, so not loaded').to.equal('not-listed');
    const found: Finding[] = [];
    for await (const part of lists.findings(batch._id)) found.push(...part);
    expect(found).to.have.length(18);
  });

  it('says why a file cannot be read, and leaves nothing of it', async () => {
    const failed = await read(Buffer.from('%PDF-1.4'));
    expect(failed).to.deep.include({ state: 'failed', failure: { code: 'not-a-table', names: [] } });
    const whole = workbook({ A: [header.split(','), ...rowsOf(0, 3000).map((row) => row.split(','))] });
    whole.fill(
      0,
      whole.indexOf('xl/worksheets/sheet1.xml') + 20_000,
      whole.indexOf('xl/worksheets/sheet1.xml') + 21_000,
    );
    const cut = await read(whole, 'апелляция 770727499661.xlsx');
    expect(cut).to.deep.include({ state: 'failed', failure: { code: 'broken-file', names: [] } });
    expect(cut.fileName).to.equal('апелляция ••••.xlsx');
    expect(await staged(cut._id)).to.equal(0);
    const unknown = { source: bytesSource(file()), fileName: 'x', programmeId: 'pay-1', asOf: '2020-04-24', by: 'ed' };
    expect(await refusalOf(lists.begin(unknown))).to.equal('unknown-programme');
    const empty = await read(file('770727499662,paid,1,2020-04-16,,'));
    expect(await refusalOf(lists.apply(empty._id, 'ed', true))).to.equal('nothing-to-load');
  });

  it('remembers the columns that staff told', async () => {
    const bytes = Buffer.from(`Номер;Итог\n${iinOf(1)};paid\n`);
    expect((await read(bytes)).failure?.code).to.equal('mapping-needed');
    const mapping = { columns: { iin: 'Номер', status: 'Итог' } };
    const order = { source: bytesSource(bytes), fileName: 'x', programmeId: 'pay-42500', asOf: '2020-04-24', by: 'ed' };
    await (await lists.begin({ ...order, mapping })).done;
    expect((await read(bytes)).counts?.loaded).to.equal(1);
  });

  it('leaves the old list in force where the loading process is killed, and removes what it left', async () => {
    const before = await inForce();
    const path = join(folder, 'many.csv');
    await writeFile(path, file(...rowsOf(0, 4100)));
    const run = async (killAt: string): Promise<string> => {
      const child = await spawnScript('test/support/list-process.ts', [], {
        env: { ...process.env, LIST_URI: room.uri, LIST_FILE: path, LIST_SECRET: listsSecret, LIST_KILL_AT: killAt },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let told = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        told += chunk.toString();
      });
      const [code, signal] = await once(child, 'exit');
      return signal ?? `${code} ${told.trim()}`;
    };
    expect(await run('reading')).to.equal('SIGKILL');
    expect(await inForce()).to.deep.equal(before);
    // The child's clock is behind the room's, so that its batch is not the newest.
    const deserted = (await lists.batches(100)).find(({ state }) => state === 'reading');
    expect(await staged(deserted?._id ?? '')).to.be.greaterThan(0);
    // The child signed with the real clock, which the room's is far from; a reader that lives is left alone.
    room.at.real = new Date(Date.now() - 3_600_000);
    expect(await lists.sweep()).to.equal(0);
    room.at.real = new Date(Date.now() + 120_000);
    expect(await lists.sweep()).to.equal(1);
    expect(await staged(deserted?._id ?? '')).to.equal(0);
    expect((await lists.find(deserted?._id ?? ''))?.failure?.code).to.equal('interrupted');
    expect(await run('applying')).to.equal('SIGKILL');
    expect(await inForce()).to.deep.equal(before);
  });

  it('keeps no IIN in clear anywhere, and tells in the audit log who did what', async () => {
    const collections = await database(room.connection).listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of collections) {
      const documents = await room.connection.collection(name).find().limit(3000).toArray();
      const text = JSON.stringify(documents.map(({ _id, ...rest }) => [String(_id), rest]));
      expect(text.match(/(?<![\da-f-])\d{12}(?![\da-f])/g) ?? [], name).to.deep.equal([]);
    }
    const told = (await audit.entries({ limit: 100 })).map(({ action, by }) => `${action} ${by}`);
    expect(told).to.include.members(['list-checked ed', 'list-applied ed', 'list-rolled-back ed', 'list-discarded ed']);
  });
});
