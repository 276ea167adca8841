/** The core over an open connection: the served app, the commands and the tests begin with the same database, content and channel. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type CoreParts, createCore } from './core.js';
import { loadStarterContent } from './facts/content/starter-content.js';
import { loadTexts } from './i18n.js';
import { projectRoot } from './project-root.js';
import type { Connection } from './store/connect.js';
import { createStore } from './store/store.js';
import { createWebChat } from './transport/web-chat.js';
import { loadPhrases } from './understand/load-phrases.js';

export interface OpenCoreParts extends Omit<CoreParts, 'store' | 'transport' | 'texts' | 'phrases'> {
  /** Open connection to the service's database; it stays the caller's. */
  readonly connection: Connection;
}

/** Brings the database up to date (collections, indexes, and the starter content where it is empty) and builds the core over it. */
export const openCore = async ({ connection, ...parts }: OpenCoreParts) => {
  const { clocks, secrets } = parts;
  const store = createStore(connection);
  await store.migrate();
  await loadStarterContent({ store, clocks, secret: secrets.lists });
  const transport = createWebChat({ store, clocks, newId: randomUUID });
  const texts = loadTexts(projectRoot);
  const phrases = await loadPhrases(join(projectRoot, 'content/phrases'));
  const core = await createCore({ ...parts, store, transport, texts, phrases });
  return { store, transport, texts, core };
};
