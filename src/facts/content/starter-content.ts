/** Gives an empty database the content of the pack, so that a first start serves residents at once. */
import { join } from 'node:path';
import type { Clocks } from '../../clock.js';
import { projectRoot } from '../../project-root.js';
import { type ContentStore, type ImportReport, importContent } from './import-content.js';
import { readPack } from './read-pack.js';

const noContent = { articles: [], programmes: [], vehicleKinds: [], checkpoints: [] };

export interface StarterParts {
  readonly store: ContentStore;
  readonly clocks: Clocks;
  /** Secret of the lists. */
  readonly secret: string;
  /** The pack's folder; the project's own by default. */
  readonly folder?: string;
}

/**
 * Loads the pack if the database holds no article, programme or checkpoint; gives null where it does. One that was filled before there
 * was a lexicon gets that alone.
 * Two processes at once: the import's ids are fixed, so the second finds everything unchanged.
 * @throws PackError where the pack is broken
 */
export const loadStarterContent = async ({
  store,
  clocks,
  secret,
  folder = join(projectRoot, 'content'),
}: StarterParts): Promise<ImportReport | null> => {
  const [lexicon, ...others] = await Promise.all([
    store.lexicon.any(),
    store.articles.any(),
    store.programmes.any(),
    store.checkpoints.any(),
  ]);
  const filled = others.includes(true);
  if (filled && lexicon) return null;
  const whole = await readPack(folder);
  const pack = filled ? { ...noContent, lexicon: whole.lexicon } : whole;
  return importContent({ pack, store, clocks, secret, overwrite: false });
};
