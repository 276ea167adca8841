/** Folders of throw-away engines: each is named after its process from the moment it exists, so that those of killed runs are told apart. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { birthOf, endProcess, enginesOver } from './processes.js';

const prefix = 'naqty-engine-';
const named = new RegExp(`^${prefix}(\\d+)-(\\w+)-\\w+$`);

/** Where a throw-away engine keeps its data. */
export const storageIn = (folder: string): string => join(folder, 'storage');

/** A birth as a part of a file name. */
const inName = (birth = 'unknown'): string => birth.replace(/\W+/g, '');

/** A new, empty folder of this process. */
export const makeTemporaryFolder = async (root = tmpdir()): Promise<string> =>
  mkdtemp(join(root, `${prefix}${process.pid}-${inName(await birthOf(process.pid))}-`));

export const removeTemporaryFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 3 });

const isOfTheDead = async (name: string): Promise<boolean> => {
  const [, pid, birth] = named.exec(name) ?? [];
  return pid !== undefined && inName(await birthOf(Number(pid))) !== birth;
};

/**
 * Ends and removes what killed runs left behind. Several may do so at once; what one of them cannot remove (another is at it, it is
 * another user's) is left to the next.
 */
export const sweepTemporaryFolders = async (root = tmpdir()): Promise<void> => {
  for (const name of await readdir(root)) {
    if (!(await isOfTheDead(name))) continue;
    const folder = join(root, name);
    try {
      for (const pid of await enginesOver(storageIn(folder))) await endProcess(pid, 0);
      await removeTemporaryFolder(folder);
    } catch {
      // It is in nobody's way.
    }
  }
};
