/**
 * The database of a test run: a throw-away engine, brought up on first need, and a database for each suite. A run of several workers
 * (TEST_WORKERS, as scripts/test sets it) brings one up for each of them.
 */
import {
  startTemporaryEngine,
  type TemporaryEngine,
  temporaryDatabaseName,
  withDatabase,
} from '../../src/engine/temporary.js';
import { dropDatabase } from '../../src/store/replica-set.js';

/** Engines of this process. */
const started: Promise<TemporaryEngine>[] = [];
const start = (): Promise<TemporaryEngine> => {
  const engine = startTemporaryEngine();
  started.push(engine);
  return engine;
};

/** The engine of this worker, or the only one. */
const engineUri = async (): Promise<string> => {
  const { TEST_ENGINES: given, MOCHA_WORKER_ID: worker } = process.env;
  const uris = given?.split(' ') ?? [];
  const uri = uris[Number(worker ?? 0) % Math.max(1, uris.length)];
  return uri ?? (await (started[0] ?? start())).uri;
};

export interface TestDatabase {
  readonly uri: string;
  drop(): Promise<void>;
}

/** An empty database of its own; `drop` it after the suite. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const uri = withDatabase(await engineUri(), temporaryDatabaseName());
  return { uri, drop: () => dropDatabase(uri) };
};

/** Before mocha makes its workers: they find the engines in the environment. */
export const mochaGlobalSetup = async (): Promise<void> => {
  const workers = Number(process.env.TEST_WORKERS ?? 0);
  if (workers === 0) return;
  const engines = await Promise.all(Array.from({ length: workers }, start));
  process.env.TEST_ENGINES = engines.map(({ uri }) => uri).join(' ');
};
/** Whatever happened, the engines go with the run. */
export const mochaGlobalTeardown = async (): Promise<void> => {
  await Promise.all(started.map(async (engine) => (await engine.catch(() => undefined))?.stop()));
};
