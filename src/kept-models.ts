/** Trained models kept in a folder between starts, named by the hash of what they were trained from. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from './understand/model.js';
import { restoreModel, serialiseModel } from './understand/serialise.js';

/** Null where there is none, or one that is damaged or of another version: it is then trained again. */
export const readModel = async (folder: string, hash: string): Promise<Model | null> => {
  try {
    return restoreModel(await readFile(join(folder, hash)));
  } catch {
    return null;
  }
};

/** Written beside and renamed, so that a crash leaves no half of one; only the newest is kept. */
export const keepModel = async (folder: string, hash: string, model: Model): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${hash}.${process.pid}`);
  await writeFile(draft, serialiseModel(model));
  await rename(draft, join(folder, hash));
  for (const name of await readdir(folder)) if (name !== hash) await rm(join(folder, name), { force: true });
};
