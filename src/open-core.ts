/** The core over an open connection: the served app, the commands and the tests begin with the same database, content and channels. */
import { join } from 'node:path';
import { type CoreParts, createCore } from './core.js';
import { loadStarterContent } from './facts/content/starter-content.js';
import { loadTexts } from './i18n.js';
import { projectRoot } from './project-root.js';
import type { Connection } from './store/connect.js';
import { createStore } from './store/store.js';
import { openTransports } from './transport/open-transports.js';
import { loadPhrases } from './understand/load-phrases.js';

export interface OpenCoreParts extends Omit<CoreParts, 'store' | 'transports' | 'texts' | 'phrases'> {
  /** Open connection to the service's database; it stays the caller's. */
  readonly connection: Connection;
}

/** Brings the database up to date (collections, indexes, and the starter content where it is empty) and builds the core over it. */
export const openCore = async ({ connection, ...parts }: OpenCoreParts) => {
  const { config, clocks, logger, secrets } = parts;
  const store = createStore(connection);
  await store.migrate();
  await loadStarterContent({ store, clocks, secret: secrets.lists });
  const texts = loadTexts(projectRoot);
  const transports = await openTransports({ config, store, clocks, logger, texts });
  const phrases = await loadPhrases(join(projectRoot, 'content/phrases'));
  const core = await createCore({ ...parts, store, transports: transports.all, texts, phrases });
  return { store, transports, texts, core };
};
