/** Trained models kept in a folder between starts, named by the hash of what they were trained from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';
import type { Model } from './understand/model.js';
import { restoreModel, serialiseModel } from './understand/serialise.js';

/** What was published may be taken back, and several installations of one machine may share a folder; a model has about 9 MB. */
const mostKept = 5;

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

/** Null where there is none, or one that is damaged or of another version: it is then trained again. */
export const readModel = async (folder: string, hash: string): Promise<Model | null> => {
  try {
    const model = restoreModel(await readFile(join(folder, hash)));
    const now = new Date();
    await utimes(join(folder, hash), now, now);
    return model;
  } catch {
    return null;
  }
};

/** The same without a pause, for a thread that answers nobody. */
export const readModelAtOnce = (folder: string, hash: string): Model | null => {
  try {
    return restoreModel(readFileSync(join(folder, hash)));
  } catch {
    return null;
  }
};

/** Written beside and renamed, so that a crash leaves no half of one; the five that were used last are kept. */
export const keepModel = async (folder: string, hash: string, model: Model): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${hash}.${process.pid}`);
  await writeFile(draft, serialiseModel(model));
  await rename(draft, join(folder, hash));
  const times = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      // Another process may be as tidy at this moment.
      const usedAt = await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return { name, usedAt };
    }),
  );
  const unused = times.sort((a, b) => b.usedAt - a.usedAt).slice(mostKept);
  for (const { name } of unused) await rm(join(folder, name), { force: true });
};
