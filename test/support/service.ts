/** The service between channel and database, real in every part, for tests that talk to it as a resident does. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Clocks, systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { type Core, createCore } from '../../src/core.js';
import { loadStarterContent } from '../../src/facts/content/starter-content.js';
import { loadTexts } from '../../src/i18n.js';
import { silentLogger } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import type { Secrets } from '../../src/secrets.js';
import type { AtStep } from '../../src/steps.js';
import { type Changes, watchChanges } from '../../src/store/changes.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';

export const testSecrets: Secrets = { lists: 'a'.repeat(64), session: 'b'.repeat(64) };

export interface ServiceOptions {
  readonly uri: string;
  readonly clocks?: Clocks;
  readonly at?: AtStep;
  /** Environment variables of the configuration, as an operator would set them. */
  readonly env?: Readonly<Record<string, string>>;
}
export interface Service {
  readonly store: Store;
  readonly core: Core;
  readonly connection: Connection;
  readonly changes: Changes;
  stop(): Promise<void>;
}

/** Starts intake, worker and sender over the web chat's own transport on the given database. */
export const startService = async ({ uri, clocks = systemClocks, at, env = {} }: ServiceOptions): Promise<Service> => {
  const config = readConfig({ WAIT_AFTER_LAST_MS: '150', WAIT_AT_MOST_MS: '600', LEASE_MS: '2000', ...env });
  const connection = await openDatabase(uri);
  const store = createStore(connection);
  await store.migrate();
  await loadStarterContent({ store, clocks, secret: testSecrets.lists });
  const transport = createWebChat({ store, clocks, newId: randomUUID });
  const core = await createCore({
    config,
    logger: silentLogger,
    clocks,
    secrets: testSecrets,
    store,
    transport,
    texts: loadTexts(projectRoot),
    phrases: await loadPhrases(join(projectRoot, 'content/phrases')),
    modelFolder: join(config.dataDir, 'models'),
    ...(at ? { at } : {}),
  });
  const changes = await watchChanges(connection, silentLogger);
  await transport.start({
    onMessage: core.intake.receive,
    onDelivery: store.outbox.recordDelivery,
    onEdit: core.intake.edit,
    onOwnMessage: core.ownMessage,
  });
  core.worker.start(changes);
  core.sender.start(changes);
  return {
    store,
    core,
    connection,
    changes,
    async stop() {
      await core.worker.stop();
      await core.sender.stop();
      await changes.close();
      await connection.close();
    },
  };
};
