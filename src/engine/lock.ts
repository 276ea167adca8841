/** One start at a time over one DATA_DIR: a lock file that names its process, taken over when that process is gone. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { EngineUnavailable } from './contract.js';
import { readJson } from './files.js';
import { birthOf } from './processes.js';

const holderSchema = z.strictObject({ pid: z.number().int().positive(), birth: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** The living process that holds the lock; its birth is compared, because a pid may be another's by now. */
export const livingHolder = async (file: string): Promise<number | undefined> => {
  const holder = await readJson<Holder>(file, holderSchema);
  if (!holder) return undefined;
  return (await birthOf(holder.pid)) === holder.birth ? holder.pid : undefined;
};

const readRaw = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** Puts a dead process's lock away; false where it turned out to be a living one's, which is then put back. */
const putAway = async (file: string, dead: string): Promise<boolean> => {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await rename(file, aside).catch(() => undefined);
  const taken = await readRaw(aside);
  const right = taken === undefined || taken === dead;
  if (!right) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return right;
};

/**
 * Takes the lock for this process.
 * @returns gives it back.
 * @throws EngineUnavailable where another living process holds it.
 */
export const takeLock = async (file: string): Promise<() => Promise<void>> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const mine = `${JSON.stringify({ pid: process.pid, birth: (await birthOf(process.pid)) ?? 'unknown' } satisfies Holder)}\n`;
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const taken = await link(draft, file).then(
        () => true,
        () => false,
      );
      if (taken) return async () => void ((await readRaw(file)) === mine && (await rm(file, { force: true })));
      const there = await readRaw(file);
      const holder = await livingHolder(file);
      if (holder !== undefined) throw alreadyRunning(holder, dirname(dirname(file)));
      if (there !== undefined) await putAway(file, there);
    }
    throw new EngineUnavailable(`Several starts at once want ${dirname(dirname(file))}: start again, one at a time.`);
  } finally {
    await rm(draft, { force: true });
  }
};

const alreadyRunning = (pid: number, dataDir: string): EngineUnavailable =>
  new EngineUnavailable(
    `The service already runs on ${dataDir} as process ${pid}: stop that one first, give this one its own DATA_DIR, or let both share a MongoDB through MONGODB_URI.`,
  );
