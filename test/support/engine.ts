/** The database of a test run: one throw-away engine for all suites, brought up on first need, and a database for each suite. */
import {
  startTemporaryEngine,
  type TemporaryEngine,
  temporaryDatabaseName,
  withDatabase,
} from '../../src/engine/temporary.js';
import { dropDatabase } from '../../src/store/replica-set.js';

let starting: Promise<TemporaryEngine> | undefined;

export interface TestDatabase {
  readonly uri: string;
  drop(): Promise<void>;
}

/** An empty database of its own; `drop` it after the suite. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  starting ??= startTemporaryEngine();
  const { uri: engineUri } = await starting;
  const uri = withDatabase(engineUri, temporaryDatabaseName());
  return { uri, drop: () => dropDatabase(uri) };
};

/** Mocha's root hooks: the engine goes when the run ends. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    const engine = await starting?.catch(() => undefined);
    await engine?.stop();
  },
};
