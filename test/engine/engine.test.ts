/** The embedded database, real: what it keeps after kill -9, what it refuses, what it remembers. The services are real child processes. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { readConfig, readEnvironment } from '../../src/config.js';
import { chooseEngine, type EngineSource, readChoice, rememberChoice } from '../../src/engine/choose.js';
import { EngineUnavailable, enginePlaces } from '../../src/engine/contract.js';
import { enginesOver, isAlive } from '../../src/engine/processes.js';
import { startEngine } from '../../src/engine/start-engine.js';
import { withDatabase } from '../../src/engine/temporary.js';
import { silentLogger } from '../../src/log.js';
import { database, openDatabase } from '../../src/store/connect.js';
import { inTransaction } from '../../src/store/session.js';
import { spawnScript } from '../support/script-process.js';

/** Starts a process that holds the engine as the service does; resolves with its first line: the address, or why not. */
const hold = async (dataDir: string): Promise<{ child: ChildProcess; line: string }> => {
  const child = await spawnScript('test/engine/engine-holder.ts', [dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('Its output is read here.');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return { child, line };
};
const gone = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

describe('Embedded database', function () {
  this.timeout(240_000);
  let dataDir: string;
  let storage: string;

  before(async () => {
    // The engine that the tests run on is found once for all; each test here has its own storage beside it.
    const shared = await chooseEngine(readConfig(readEnvironment()).dataDir);
    dataDir = mkdtempSync(join(tmpdir(), 'naqty-test-'));
    const places = enginePlaces(dataDir);
    const sharedHome = enginePlaces(readConfig(readEnvironment()).dataDir).home;
    await chooseEngine(dataDir, [
      { kind: shared.kind, obtain: async () => ({ kind: shared.kind, path: shared.path, version: shared.version }) },
    ]);
    for (const folder of [`venv-${shared.version}`, 'mongod']) {
      if (existsSync(join(sharedHome, folder))) symlinkSync(join(sharedHome, folder), join(places.home, folder));
    }
    storage = places.storage(shared.kind);
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  it('keeps every acknowledged transaction when service and engine are killed, and the next start goes on', async () => {
    const { child, line: uri } = await hold(dataDir);
    const connection = await openDatabase(uri);
    const written = database(connection).collection<{ _id: number }>('written');
    for (let number = 0; number < 20; number += 1) {
      await inTransaction(connection, async (session) => {
        await written.insertOne({ _id: number }, { session });
        await written.insertOne({ _id: number + 1000 }, { session });
      });
    }
    const [enginePid] = await enginesOver(storage);
    if (enginePid === undefined) throw new Error('No engine runs.');
    process.kill(enginePid, 'SIGKILL');
    child.kill('SIGKILL');
    await gone(child);
    await connection.close();

    const again = await startEngine({ dataDir, logger: silentLogger });
    try {
      const reopened = await openDatabase(again.uri);
      expect(await database(reopened).collection('written').countDocuments()).to.equal(40);
      await reopened.close();
    } finally {
      await again.stop();
    }
  });

  it('ends the engine that a killed service left running, on the same port and with nothing lost', async () => {
    // Below the ports that this machine gives to connections: other tests open many, and one of them may be given the engine's.
    const port = 20_000 + Math.floor(Math.random() * 8_000);
    await rememberChoice(dataDir, { ...(await chooseEngine(dataDir)), port });
    const { child, line: uri } = await hold(dataDir);
    const connection = await openDatabase(uri);
    await database(connection).collection('left').insertOne({ kept: true });
    await connection.close();
    const [left] = await enginesOver(storage);
    if (left === undefined) throw new Error('No engine runs.');
    child.kill('SIGKILL');
    await gone(child);
    expect(isAlive(left), 'the engine outlives a killed service').to.equal(true);

    const again = await startEngine({ dataDir, logger: silentLogger });
    try {
      expect(isAlive(left)).to.equal(false);
      expect(await enginesOver(storage)).to.have.length(1);
      expect(again.uri).to.equal(uri);
      const reopened = await openDatabase(again.uri);
      expect(await database(reopened).collection('left').countDocuments({ kept: true })).to.equal(1);
      await reopened.close();
    } finally {
      await again.stop();
    }
    expect(await enginesOver(storage)).to.deep.equal([]);
  });

  it('is one start’s at a time: the second is refused with a sentence and disturbs nothing', async () => {
    const { child, line: uri } = await hold(dataDir);
    try {
      const second = await hold(dataDir);
      expect(second.line).to.match(/^The service already runs on .* as process \d+: stop that one first/);
      expect(second.line).to.include(`process ${child.pid}`);
      await gone(second.child);
      const connection = await openDatabase(uri);
      await connection.close();
    } finally {
      child.kill('SIGTERM');
      await gone(child);
    }
    expect(await enginesOver(storage)).to.deep.equal([]);
  });

  it('lets one of four simultaneous starts win, also over a dead process’s lock', async () => {
    const { lock } = enginePlaces(dataDir);
    writeFileSync(lock, `${JSON.stringify({ pid: process.pid, birth: 'another life of this pid' })}\n`);
    const held = await Promise.all([hold(dataDir), hold(dataDir), hold(dataDir), hold(dataDir)]);
    try {
      expect(held.filter(({ line }) => line.startsWith('mongodb://'))).to.have.length(1);
      expect(await enginesOver(storage)).to.have.length(1);
    } finally {
      for (const { child } of held) child.kill('SIGTERM');
      await Promise.all(held.map(({ child }) => gone(child)));
    }
  });

  it('is remembered: the next start asks no source again', async () => {
    const asked: string[] = [];
    const sources: EngineSource[] = (['mongod', 'downloaded-mongod', 'secantus'] as const).map((kind) => ({
      kind,
      obtain: async () => {
        asked.push(kind);
        throw new EngineUnavailable('asked');
      },
    }));
    const choice = await chooseEngine(dataDir, sources);
    expect(asked).to.deep.equal([]);
    expect(choice).to.deep.equal(await readChoice(dataDir));
  });

  it('never puts an empty database in the place of one that it can no longer read', async () => {
    const { choice: file } = enginePlaces(dataDir);
    const before = readFileSync(file, 'utf8');
    const { kind } = JSON.parse(before);
    writeFileSync(file, JSON.stringify({ kind: 'mongod', path: '/nowhere/mongod', version: '8.0.0' }));
    const filled = enginePlaces(dataDir).storage('mongod');
    const made = !existsSync(filled);
    if (made) symlinkSync(storage, filled);
    try {
      const other: EngineSource = {
        kind: 'secantus',
        obtain: async () => ({ kind: 'secantus', path: '/x', version: '1' }),
      };
      const error = await chooseEngine(dataDir, [other]).catch((reason: unknown) => reason);
      expect(error, kind).to.be.instanceOf(EngineUnavailable);
      expect((error as Error).message).to.match(
        /was made by mongod 8\.0\.0, which no longer runs here: bring it back, or move/,
      );
    } finally {
      if (made) rmSync(filled);
      writeFileSync(file, before);
    }
  });

  it('says all obstacles and what to do where no engine can be had', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'naqty-test-'));
    try {
      const refuse = (why: string): EngineSource => ({
        kind: 'mongod',
        obtain: () => Promise.reject(new EngineUnavailable(why)),
      });
      const error = await chooseEngine(empty, [refuse('No mongod.'), refuse('No Python.')]).catch(
        (reason: Error) => reason,
      );
      expect(String(error)).to.match(/Set MONGODB_URI to a MongoDB replica set, or .*: No mongod\. No Python\.$/);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });

  it('of one’s own (MONGODB_URI) is neither started nor stopped, and its password is not shown', async () => {
    const engine = await startEngine({
      dataDir,
      logger: silentLogger,
      mongodbUri: 'mongodb://naqty:hunter2@db.local:27017/naqty?replicaSet=rs0',
    });
    expect(engine.description).to.include('db.local:27017').and.not.include('hunter2');
    await engine.stop();
    expect(await enginesOver(storage)).to.deep.equal([]);
  });

  const addresses: readonly (readonly [string, string])[] = [
    ['mongodb://h:1', 'mongodb://h:1/t'],
    ['mongodb://h:1/', 'mongodb://h:1/t'],
    ['mongodb://h:1/a?directConnection=true', 'mongodb://h:1/t?directConnection=true'],
    ['mongodb://h:1,i:2?replicaSet=rs0', 'mongodb://h:1,i:2/t?replicaSet=rs0'],
    ['mongodb://u:p@h:1/a', 'mongodb://u:p@h:1/t?authSource=a'],
    ['mongodb+srv://u:p@h/?authSource=x', 'mongodb+srv://u:p@h/t?authSource=x'],
  ];
  for (const [given, expected] of addresses) {
    it(`takes a database of its own on ${given}`, () => expect(withDatabase(given, 't')).to.equal(expected));
  }
});
