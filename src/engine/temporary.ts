/** A throw-away database for tests and commands: up in about a second, gone when the work is done, swept up later if it was killed. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, readEnvironment } from '../config.js';
import { dropDatabase } from '../store/replica-set.js';
import { chooseEngine } from './choose.js';
import { livingHolder, takeLock } from './lock.js';
import { endProcess, enginesOver } from './processes.js';
import { runEngine } from './run-engine.js';
import { embeddedUri } from './start-engine.js';

const prefix = 'naqty-engine-';
const storageIn = (folder: string): string => join(folder, 'storage');
const lockIn = (folder: string): string => join(folder, 'lock.json');

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

/** Ends and removes what killed runs left behind. */
const sweep = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    // A folder without a lock is one that is just being made.
    if (!name.startsWith(prefix) || (await livingHolder(lockIn(folder))) !== undefined) continue;
    if (!existsSync(lockIn(folder))) continue;
    for (const pid of await enginesOver(storageIn(folder))) await endProcess(pid, 0);
    await rm(folder, { recursive: true, force: true });
  }
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
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await takeLock(lockIn(folder));
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
        await remove();
      },
    };
  } catch (error) {
    await remove();
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
