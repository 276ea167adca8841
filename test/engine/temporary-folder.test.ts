/** Throw-away engines' folders: many starts at once leave each other's alone, and what killed runs left goes. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { makeTemporaryFolder, storageIn, sweepTemporaryFolders } from '../../src/engine/temporary-folder.js';

describe('Folders of throw-away engines', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'naqty-folders-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  /** Leaves in the root what a run of this name would: a storage with a file in it. */
  const leftBehind = async (name: string): Promise<string> => {
    const folder = join(root, name);
    await mkdir(storageIn(folder), { recursive: true });
    await writeFile(join(storageIn(folder), 'data.wt'), 'data');
    return folder;
  };
  /** The name of a folder of ours, with another pid or another birth in it. */
  const ours = async (): Promise<RegExpExecArray> => {
    const folder = await makeTemporaryFolder(root);
    return /^(naqty-engine-)(\d+)-(\w+)-(\w+)$/.exec(basename(folder)) as RegExpExecArray;
  };

  it('of many starts at once, each of which sweeps first, are all there afterwards', async () => {
    const start = async (): Promise<string> => {
      await sweepTemporaryFolders(root);
      const folder = await makeTemporaryFolder(root);
      await mkdir(storageIn(folder));
      return folder;
    };
    const folders = await Promise.all(Array.from({ length: 100 }, start));
    await Promise.all(Array.from({ length: 20 }, () => sweepTemporaryFolders(root)));
    expect(folders.filter((folder) => !existsSync(storageIn(folder)))).to.deep.equal([]);
  });

  it('of a process that is gone go, also where several sweep at once', async () => {
    const [, prefix = '', , birth = '', end = ''] = await ours();
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    for (let i = 0; i < 20; i += 1) await leftBehind(`${prefix}${gone.pid}-${birth}-${end}${i}`);
    await Promise.all(Array.from({ length: 5 }, () => sweepTemporaryFolders(root)));
    await sweepTemporaryFolders(root);
    expect((await readdir(root)).filter((name) => name.includes(`-${gone.pid}-`))).to.deep.equal([]);
  });

  it('go where the pid is another process’s by now', async () => {
    const [, prefix = '', pid = '', , end = ''] = await ours();
    const folder = await leftBehind(`${prefix}${pid}-1ticks-${end}`);
    await sweepTemporaryFolders(root);
    expect(existsSync(folder)).to.equal(false);
  });

  it('take the engine that still runs over them along', async () => {
    const [, prefix = '', pid = '', , end = ''] = await ours();
    const folder = await leftBehind(`${prefix}${pid}-1ticks-${end}`);
    const engine = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
      '--',
      '--storage-path',
      storageIn(folder),
    ]);
    const ended = new Promise<string>((resolve) =>
      engine.once('exit', (_code, signal) => resolve(signal ?? 'by itself')),
    );
    await new Promise((resolve) => engine.once('spawn', resolve));
    await sweepTemporaryFolders(root);
    expect(await ended).to.match(/^SIG(TERM|KILL)$/);
    expect(existsSync(folder)).to.equal(false);
  });

  it('are the only ones touched', async () => {
    const others = await Promise.all(['naqty-uploads-1-2-3', 'naqty-engine-abc', 'something'].map(leftBehind));
    await sweepTemporaryFolders(root);
    expect(others.filter((folder) => !existsSync(folder))).to.deep.equal([]);
  });
});
