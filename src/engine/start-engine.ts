/** The database of an installation that names none: one embedded engine under DATA_DIR, found again after any kind of end. */
import type { Logger } from 'pino';
import { chooseEngine, type EngineSource, rememberChoice } from './choose.js';
import { type EngineBinary, enginePlaces } from './contract.js';
import { takeLock } from './lock.js';
import { endProcess, enginesOver } from './processes.js';
import { runEngine } from './run-engine.js';

const leftoverPatienceMs = 10_000;
const databaseName = 'naqty';

export interface Engine {
  readonly uri: string;
  /** One line: which database runs and where. */
  readonly description: string;
  /** Resolves with how the engine ended, when it ends without being asked; never for a MongoDB of the installation's own. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}
export interface EngineOptions {
  readonly dataDir: string;
  readonly logger: Logger;
  /** The installation's own MongoDB: then nothing is started or stopped here. */
  readonly mongodbUri?: string;
  readonly sources?: readonly EngineSource[];
}

const names = { mongod: 'mongod', 'downloaded-mongod': 'downloaded mongod', secantus: 'SecantusDB' } as const;
export const describeEngine = (engine: EngineBinary, port: number, storage: string): string =>
  `Database: ${names[engine.kind]} ${engine.version} on 127.0.0.1:${port}, files in ${storage}`;

export const embeddedUri = (port: number, database: string = databaseName): string =>
  `mongodb://127.0.0.1:${port}/${database}?directConnection=true`;

const ownMongo = (uri: string): Engine => ({
  uri,
  description: `Database: MongoDB of MONGODB_URI (${uri.replace(/^mongodb(\+srv)?:\/\/([^@/]*@)?/, '').replace(/[/?].*$/, '')})`,
  ended: new Promise(() => undefined),
  stop: async () => undefined,
});

/** An engine that outlived a start killed with -9 still holds the storage: it is ended gracefully before a new one starts. */
const endLeftovers = async (storage: string, logger: Logger): Promise<void> => {
  for (const pid of await enginesOver(storage)) {
    logger.warn({ enginePid: pid }, 'Ending the database that an earlier start left running');
    await endProcess(pid, leftoverPatienceMs);
  }
};

/**
 * Brings the database up.
 * @throws EngineUnavailable with what to do: no engine can be had, it does not start, or another process uses this DATA_DIR.
 */
export const startEngine = async ({ dataDir, logger, mongodbUri, sources }: EngineOptions): Promise<Engine> => {
  if (mongodbUri !== undefined) return ownMongo(mongodbUri);
  const places = enginePlaces(dataDir);
  const unlock = await takeLock(places.lock);
  try {
    const { port: before, ...engine } = await chooseEngine(dataDir, sources);
    const storage = places.storage(engine.kind);
    await endLeftovers(storage, logger);
    const running = await runEngine({
      engine,
      storage,
      logFile: places.log,
      durable: true,
      ...(before === undefined ? {} : { port: before }),
    });
    if (running.port !== before) await rememberChoice(dataDir, { ...engine, port: running.port });
    return {
      uri: embeddedUri(running.port, databaseName),
      description: describeEngine(engine, running.port, storage),
      ended: running.ended,
      async stop() {
        await running.stop();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
};
