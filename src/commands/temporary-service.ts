/** A whole service on a throw-away engine, for the commands that need no running server: up in seconds, gone when they end. */
import { type Clocks, systemClocks } from '../clock.js';
import { type Config, readConfig } from '../config.js';
import type { Core } from '../core.js';
import { withTemporaryEngine } from '../engine/temporary.js';
import { modelFolderOfSources } from '../kept-models.js';
import { createLogger, silentLogger } from '../log.js';
import { openCore } from '../open-core.js';
import { generateSecrets, type Secrets } from '../secrets.js';
import { type Changes, watchChanges } from '../store/changes.js';
import { openDatabase } from '../store/connect.js';
import type { Store } from '../store/store.js';
import { CommandMisused } from './command-misused.js';

export interface TemporaryService {
  readonly core: Core;
  readonly store: Store;
  readonly config: Config;
  readonly changes: Changes;
  readonly secrets: Secrets;
  /** Address of the throw-away database. */
  readonly uri: string;
  /** Commands that work, not the sweeps, sent to the database so far. */
  readonly commands: () => number;
}

/** Runs `work` against a service with the starter content and no waiting window; whatever happens, the engine is gone afterwards. */
export const withTemporaryService = <T>(
  work: (service: TemporaryService) => Promise<T>,
  clocks: Clocks = systemClocks,
): Promise<T> =>
  withTemporaryEngine(async (uri) => {
    const logged = process.env.LOG_LEVEL ? { LOG_LEVEL: process.env.LOG_LEVEL } : {};
    const config = readConfig({
      ...logged,
      WAIT_AFTER_LAST_MS: '0',
      WAIT_AT_MOST_MS: '0',
      TURNS_IN_TEN_MINUTES: '1000000',
    });
    // Standard output is the command's own: what is logged goes to standard error, and only if it was asked for.
    const logger = process.env.LOG_LEVEL
      ? createLogger({ level: config.logLevel, stream: process.stderr })
      : silentLogger;
    let commands = 0;
    const connection = await openDatabase(uri, () => {
      commands += 1;
    });
    try {
      const secrets = generateSecrets();
      const modelFolder = modelFolderOfSources(config.dataDir);
      const { store, core } = await openCore({ config, logger, clocks, connection, secrets, modelFolder });
      const changes = await watchChanges(connection, logger);
      core.worker.start(changes);
      core.senders.start(changes);
      try {
        return await work({ core, store, config, changes, secrets, uri, commands: () => commands });
      } finally {
        await core.worker.stop();
        await core.senders.stop();
        await changes.close();
      }
    } finally {
      await connection.close();
    }
  });

/** Ends a command: a misuse or a failure is one sentence on stderr and exit code 2 or 1, never a stack trace. */
export const runCommand = (work: () => Promise<void>): void => {
  work().then(
    // Whoever came to a bad end without an error set the code.
    () => process.exit(),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(error instanceof CommandMisused ? 2 : 1);
    },
  );
};
