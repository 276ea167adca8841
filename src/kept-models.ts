/** Trained models kept in a folder, named by the hash of what they were trained from: between starts, and from process to process. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';
import type { Model } from './understand/model.js';
import { createByteCheck, restoreModel } from './understand/serialise.js';

/** A model in the folder of kept ones. */
export interface KeptModel {
  readonly folder: string;
  readonly name: string;
}
/** What was trained whole stays for the next start. */
export const wholeModel = (folder: string, hash: string): KeptModel => ({ folder, name: hash });
const handed = '.handed';
/** What was learnt in haste, or tried, is for the other processes of this machine. */
export const handedModel = (folder: string, hash: string): KeptModel => ({ folder, name: `${hash}${handed}` });
const claimed = '.claim';

/** What was published may be taken back, and several installations of one machine may share a folder; a model has some 15 MB. */
const mostKept = { whole: 5, handed: 3 } as const;
/** What is neither is the draft or the claim of a process that died, once it is as old as this. */
const leftAfterMs = 600_000;

/**
 * The folder for commands and tests that run from the sources: named by the hash of the understanding's own, so that a change of the training
 * is never hidden by a model of before. Folders of other sources are removed.
 */
export const modelFolderOfSources = (dataDir: string): string => {
  const sources = join(projectRoot, 'src/understand');
  const hash = createHash('sha256');
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.ts')) hash.update(readFileSync(join(sources, name)));
  const all = join(dataDir, 'models-by-source');
  const own = hash.digest('hex').slice(0, 16);
  try {
    for (const name of readdirSync(all)) if (name !== own) rmSync(join(all, name), { recursive: true, force: true });
  } catch {
    // None was kept yet.
  }
  return join(all, own);
};

const placeOf = ({ folder, name }: KeptModel): string => join(folder, name);

/** Read at once; between two pieces others have their turn. */
const pieceBytes = 1 << 20;
/**
 * Null where there is none, or one that is damaged or of another version: it is then trained again. Its bytes are read into memory that
 * threads share, see `serialiseModel`.
 */
export const readModel = async (kept: KeptModel): Promise<Model | null> => {
  try {
    const file = await open(placeOf(kept));
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(new SharedArrayBuffer(size));
      const check = createByteCheck();
      for (let at = 0; at < size; ) {
        const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, size - at), at);
        if (bytesRead === 0) return null;
        check.look(bytes.subarray(at, at + bytesRead));
        at += bytesRead;
      }
      if (!check.isRight()) return null;
      const now = new Date();
      await file.utimes(now, now);
      return restoreModel(bytes);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
};

/** The same without a pause, for a thread that answers nobody. */
export const readModelAtOnce = (kept: KeptModel): Model | null => {
  try {
    const bytes = readFileSync(placeOf(kept));
    const check = createByteCheck();
    check.look(bytes);
    return check.isRight() ? restoreModel(bytes) : null;
  } catch {
    return null;
  }
};

export const isKept = (kept: KeptModel): Promise<boolean> =>
  access(placeOf(kept)).then(
    () => true,
    () => false,
  );

/** Removes one that cannot be read. */
export const removeModel = (kept: KeptModel): Promise<void> => rm(placeOf(kept), { force: true });

/** Keeps the bytes of a model: written beside and renamed, so that a crash leaves no half of one. Those that were used last are kept. */
export const keepModel = async (kept: KeptModel, bytes: Uint8Array): Promise<void> => {
  await mkdir(kept.folder, { recursive: true });
  const draft = `${placeOf(kept)}.${process.pid}`;
  await writeFile(draft, bytes);
  await rename(draft, placeOf(kept));
  await tidy(kept.folder);
};

const tidy = async (folder: string): Promise<void> => {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      // Another process may be as tidy at this moment.
      const usedAt = await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return { name, usedAt };
    }),
  );
  files.sort((a, b) => b.usedAt - a.usedAt);
  const whole = files.filter(({ name }) => !name.includes('.'));
  const quick = files.filter(({ name }) => name.endsWith(handed));
  const others = files.filter((file) => !whole.includes(file) && !quick.includes(file));
  const unused = [
    ...whole.slice(mostKept.whole),
    ...quick.slice(mostKept.handed),
    ...others.filter(({ usedAt }) => usedAt < Date.now() - leftAfterMs),
  ];
  for (const { name } of unused) await rm(join(folder, name), { force: true });
};

/** A claim says so often that its process lives. */
const beatMs = 500;
/** One that said nothing for so long is a dead process's. */
const deadAfterMs = 3_000;

/**
 * The right to be the one process that makes this model, until the returned function is called; null where another has it. Two may have it
 * where both find a dead process's claim at one moment: both then make the same model. It is to be had where the folder cannot be written too:
 * there each process makes its own.
 */
export const claimModel = async (kept: KeptModel): Promise<(() => Promise<void>) | null> => {
  const file = `${placeOf(kept)}${claimed}`;
  try {
    await mkdir(kept.folder, { recursive: true });
    await (await open(file, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return async () => undefined;
    const saidAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (saidAt < Date.now() - deadAfterMs) await rm(file, { force: true });
    return null;
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    await rm(file, { force: true });
  };
};
