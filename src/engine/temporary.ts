/** A throw-away database for tests and commands: up in about a second, gone when the work is done, swept up later if it was killed. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, readEnvironment } from '../config.js';
import { dropDatabase } from '../store/replica-set.js';
import { chooseEngine } from './choose.js';
import { runEngine } from './run-engine.js';
import { embeddedUri } from './start-engine.js';
import { makeTemporaryFolder, removeTemporaryFolder, storageIn, sweepTemporaryFolders } from './temporary-folder.js';

/** A name no other run uses. */
export const temporaryDatabaseName = (): string => `naqty_tmp_${randomBytes(6).toString('hex')}`;

/** The same server, another database. Credentials keep being checked where they were. */
export const withDatabase = (uri: string, database: string): string => {
  const [, start = '', path = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  if (start.includes('@') && !options.has('authSource')) options.set('authSource', path || 'admin');
  const written = options.toString();
  return `${start}/${database}${written === '' ? '' : `?${written}`}`;
};

export interface TemporaryEngine {
  /** A database of a fresh name on the engine. */
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * Brings up an engine over an empty folder; on TEST_MONGODB_URI or MONGODB_URI a database of a fresh name instead, dropped afterwards.
 * @throws EngineUnavailable, WrongConfig with what to do.
 */
export const startTemporaryEngine = async (environment = readEnvironment()): Promise<TemporaryEngine> => {
  const config = readConfig(environment);
  const own = environment.TEST_MONGODB_URI || config.mongodbUri;
  if (own) {
    const uri = withDatabase(own, temporaryDatabaseName());
    return { uri, stop: () => dropDatabase(uri) };
  }
  const { port: _servedOn, ...engine } = await chooseEngine(config.dataDir);
  await sweepTemporaryFolders();
  const folder = await makeTemporaryFolder();
  try {
    const running = await runEngine({
      engine,
      storage: storageIn(folder),
      logFile: join(folder, 'engine.log'),
      durable: false,
    });
    const interrupted = (signal: NodeJS.Signals): void => {
      running.endNow();
      rmSync(folder, { recursive: true, force: true });
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    return {
      uri: embeddedUri(running.port, temporaryDatabaseName()),
      async stop() {
        process.off('SIGINT', interrupted);
        process.off('SIGTERM', interrupted);
        // Nothing in it is wanted again, so it is not asked to close its files.
        running.endNow();
        await running.ended;
        await removeTemporaryFolder(folder);
      },
    };
  } catch (error) {
    await removeTemporaryFolder(folder);
    throw error;
  }
};

/** Runs `work` on a throw-away database; whatever happens, it is gone afterwards. */
export const withTemporaryEngine = async <T>(work: (uri: string) => Promise<T>): Promise<T> => {
  const engine = await startTemporaryEngine();
  try {
    return await work(engine.uri);
  } finally {
    await engine.stop();
  }
};
