/** Keeps the understanding in step with what staff publish: retrained in every process when its material changes, swapped in whole. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Changes } from './store/changes.js';
import type { IndexMaterial, Understand } from './understand/contract.js';
import { createExplain, type Explain } from './understand/explain.js';
import type { Model } from './understand/model.js';
import { restoreModel, serialiseModel } from './understand/serialise.js';
import { materialHash, type TrainingPhrase, trainIndex } from './understand/train.js';
import { createUnderstand } from './understand/understand.js';

export interface LiveIndexParts {
  readonly readMaterial: () => Promise<IndexMaterial>;
  readonly phrases: readonly TrainingPhrase[];
  readonly logger: Logger;
  /** Folder in which trained models are kept between starts; without it every start trains. */
  readonly modelFolder?: string;
}

interface Trained {
  readonly hash: string;
  readonly understand: Understand;
  readonly explain: Explain;
}
/** One trained understanding per material, shared by everything in the process (a test run trains once, not once a suite). */
let trained: Trained | undefined;

/** A kept model that is missing, damaged or of another version is trained again. */
const readKept = async (folder: string, hash: string): Promise<Model | null> => {
  try {
    return restoreModel(await readFile(join(folder, hash)));
  } catch {
    return null;
  }
};

/** Written beside and renamed, so that a crash leaves no half of one; only the newest is kept. */
const keep = async (folder: string, hash: string, model: Model): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${hash}.${process.pid}`);
  await writeFile(draft, serialiseModel(model));
  await rename(draft, join(folder, hash));
  for (const name of await readdir(folder)) if (name !== hash) await rm(join(folder, name), { force: true });
};

/** Reads the material and trains; `refresh` does so again only where the material changed. */
export const createLiveIndex = async ({ readMaterial, phrases, logger, modelFolder }: LiveIndexParts) => {
  const load = async (): Promise<Trained> => {
    const material = await readMaterial();
    const hash = materialHash(material, phrases);
    if (trained?.hash === hash) return trained;
    const kept = modelFolder === undefined ? null : await readKept(modelFolder, hash);
    const started = performance.now();
    const model = kept ?? trainIndex(material, phrases);
    const fresh = { hash, understand: createUnderstand(model), explain: createExplain(model) };
    trained = fresh;
    if (kept) return fresh;
    const ms = Math.round(performance.now() - started);
    logger.info({ articles: material.articles.length, ms }, 'The understanding was trained.');
    if (modelFolder !== undefined) {
      await keep(modelFolder, hash, model).catch((error: Error) =>
        logger.warn({ error: error.message }, 'The trained understanding is not kept; the next start trains again.'),
      );
    }
    return fresh;
  };
  let current = await load();
  let refreshing: Promise<void> | undefined;
  let wanted = false;
  /** Calls during a refresh are joined into one more. */
  const refresh = (): Promise<void> => {
    wanted = true;
    refreshing ??= (async () => {
      while (wanted) {
        wanted = false;
        current = await load();
      }
    })().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  const refreshOrWarn = (): void => {
    refresh().catch((error: Error) =>
      logger.error(
        { error: error.message },
        'The understanding could not be trained anew; the last one stays in use: look at what was published last.',
      ),
    );
  };
  return {
    understand: ((text, context) => current.understand(text, context)) satisfies Understand,
    explain: ((text, context) => current.explain(text, context)) satisfies Explain,
    /** Looks at the material again at every change of it, whichever process made it. */
    follow(changes: Pick<Changes, 'on' | 'onReset'>): void {
      for (const collection of ['articles', 'checkpoints', 'lexicon']) changes.on(collection, refreshOrWarn);
      changes.onReset(refreshOrWarn);
    },
  };
};
export type LiveIndex = Awaited<ReturnType<typeof createLiveIndex>>;
