/** Keeps the understanding in step with what staff publish: retrained in every process when its material changes, swapped in whole. */
import type { Logger } from 'pino';
import { keepModel, readModel } from './kept-models.js';
import type { Changes } from './store/changes.js';
import { trainApart } from './train-apart.js';
import type { IndexMaterial, Understand } from './understand/contract.js';
import { createExplain, type Explain } from './understand/explain.js';
import type { Model } from './understand/model.js';
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
  readonly model: Model;
  readonly understand: Understand;
  readonly explain: Explain;
}
const readyToUse = (hash: string, model: Model): Trained => ({
  hash,
  model,
  understand: createUnderstand(model),
  explain: createExplain(model),
});
/** One trained understanding per material, shared by everything in the process (a test run trains once, not once a suite). */
let trained: Trained | undefined;
/** The last one that was tried: published as it was tried, it is in use at once. */
let tried: Trained | undefined;

/** Reads the material and trains; whenever it changes, it is trained anew beside the service, which goes on with the last one. */
export const createLiveIndex = async ({ readMaterial, phrases, logger, modelFolder }: LiveIndexParts) => {
  const known = (hash: string): Trained | undefined => [trained, tried].find((one) => one?.hash === hash);
  let training: Promise<unknown> = Promise.resolve();
  /** One after the other: two at once would take the processor from the residents. What the one before made is not made again. */
  const trainInTurn = (hash: string, material: IndexMaterial): Promise<Trained> => {
    const next = training.then(async () => known(hash) ?? readyToUse(hash, await trainApart(material, phrases)));
    training = next.catch(() => undefined);
    return next;
  };
  const keep = async ({ hash, model }: Trained): Promise<void> => {
    if (modelFolder === undefined) return;
    await keepModel(modelFolder, hash, model).catch((error: Error) =>
      logger.warn({ error: error.message }, 'The trained understanding is not kept; the next start trains again.'),
    );
  };
  const load = async (train: typeof trainInTurn): Promise<Trained> => {
    const material = await readMaterial();
    const hash = materialHash(material, phrases);
    if (trained?.hash === hash) return trained;
    const kept = modelFolder === undefined ? null : await readModel(modelFolder, hash);
    if (kept) {
      trained = readyToUse(hash, kept);
      return trained;
    }
    const started = performance.now();
    const fresh = known(hash) ?? (await train(hash, material));
    trained = fresh;
    const ms = Math.round(performance.now() - started);
    logger.info({ articles: material.articles.length, ms }, 'The understanding was trained.');
    await keep(fresh);
    return fresh;
  };
  // Nobody is served yet: the first training is done here and waited for.
  let current = await load(async (hash, material) => readyToUse(hash, trainIndex(material, phrases)));
  let refreshing: Promise<void> | undefined;
  let wanted = false;
  /** Calls during a refresh are joined into one more. */
  const refresh = (): Promise<void> => {
    wanted = true;
    refreshing ??= (async () => {
      while (wanted) {
        wanted = false;
        current = await load(trainInTurn);
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
    /** The understanding as other material would make it: trained aside, in use nowhere. */
    async trial(change: Partial<IndexMaterial>): Promise<Understand> {
      const material = { ...(await readMaterial()), ...change };
      const hash = materialHash(material, phrases);
      tried = known(hash) ?? (await trainInTurn(hash, material));
      return tried.understand;
    },
    /** Looks at the material again at every change of it, whichever process made it. */
    follow(changes: Pick<Changes, 'on' | 'onReset'>): void {
      for (const collection of ['articles', 'checkpoints', 'lexicon']) changes.on(collection, refreshOrWarn);
      changes.onReset(refreshOrWarn);
    },
  };
};
export type LiveIndex = Awaited<ReturnType<typeof createLiveIndex>>;
