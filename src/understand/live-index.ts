/** Keeps the understanding in step with what staff publish: retrained in every process when its material changes, swapped in whole. */
import type { Logger } from 'pino';
import type { IndexMaterial, Understand } from './contract.js';
import { materialHash, type TrainingPhrase, trainIndex } from './train.js';
import { createUnderstand } from './understand.js';

export interface LiveIndexParts {
  readonly readMaterial: () => Promise<IndexMaterial>;
  readonly phrases: readonly TrainingPhrase[];
  readonly logger: Logger;
}

/** One trained understanding per material, shared by everything in the process (a test run trains once, not once a suite). */
let trained: { readonly hash: string; readonly understand: Understand } | undefined;

/** Reads the material and trains; `refresh` does so again only where the material changed. */
export const createLiveIndex = async ({ readMaterial, phrases, logger }: LiveIndexParts) => {
  const load = async (): Promise<Understand> => {
    const material = await readMaterial();
    const hash = materialHash(material, phrases);
    if (trained?.hash === hash) return trained.understand;
    const started = performance.now();
    trained = { hash, understand: createUnderstand(trainIndex(material, phrases)) };
    logger.info(
      { articles: material.articles.length, ms: Math.round(performance.now() - started) },
      'The understanding was trained.',
    );
    return trained.understand;
  };
  let current = await load();
  let refreshing: Promise<void> | undefined;
  let wanted = false;
  return {
    understand: ((text, context) => current(text, context)) satisfies Understand,
    /** Looks at the material again; calls during a refresh are joined into one more. */
    refresh(): Promise<void> {
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
    },
  };
};
export type LiveIndex = Awaited<ReturnType<typeof createLiveIndex>>;
