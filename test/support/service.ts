/** The service between channel and database, real in every part, for tests that talk to it as a resident does. */
import { type Clocks, systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import type { Core } from '../../src/core.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import { type Logger, silentLogger } from '../../src/log.js';
import { openCore } from '../../src/open-core.js';
import type { Secrets } from '../../src/secrets.js';
import type { AtStep } from '../../src/steps.js';
import { type Changes, watchChanges } from '../../src/store/changes.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import type { Store } from '../../src/store/store.js';
import type { Transports } from '../../src/transport/open-transports.js';

export const testSecrets: Secrets = {
  lists: 'a'.repeat(64),
  session: 'b'.repeat(64),
  files: 'c'.repeat(64),
  appeals: 'd'.repeat(64),
};

export interface ServiceOptions {
  readonly uri: string;
  readonly clocks?: Clocks;
  readonly at?: AtStep;
  readonly logger?: Logger;
  /** Environment variables of the configuration, as an operator would set them. */
  readonly env?: Readonly<Record<string, string>>;
}
export interface Service {
  readonly store: Store;
  readonly core: Core;
  readonly transports: Transports;
  readonly connection: Connection;
  readonly changes: Changes;
  /** Commands that work, not the sweeps, sent to the database so far. */
  commands(): number;
  stop(): Promise<void>;
}

/** Starts intake, worker and sender over the channels of the configuration on the given database. */
export const startService = async ({
  uri,
  clocks = systemClocks,
  logger = silentLogger,
  at,
  env = {},
}: ServiceOptions): Promise<Service> => {
  const config = readConfig({ WAIT_AFTER_LAST_MS: '150', WAIT_AT_MOST_MS: '600', LEASE_MS: '2000', ...env });
  let commands = 0;
  const connection = await openDatabase(uri, () => {
    commands += 1;
  });
  const { store, transports, core } = await openCore({
    config,
    logger,
    clocks,
    connection,
    secrets: testSecrets,
    modelFolder: modelFolderOfSources(config.dataDir),
    ...(at ? { at } : {}),
  });
  const changes = await watchChanges(connection, logger);
  for (const transport of transports.all) await transport.start(core.handlers);
  core.worker.start(changes);
  core.senders.start(changes);
  core.keepFiles.start(changes);
  return {
    store,
    core,
    transports,
    connection,
    changes,
    commands: () => commands,
    async stop() {
      await core.worker.stop();
      await Promise.all([core.senders.stop(), core.keepFiles.stop()]);
      await Promise.all(transports.all.map((transport) => transport.stop()));
      await changes.close();
      await connection.close();
    },
  };
};
