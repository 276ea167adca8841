/** Brings up the database engine of the tests once and says which it is, so that a machine without one hears it before any test. */
import { readConfig, readEnvironment } from '../src/config.js';
import { chooseEngine } from '../src/engine/choose.js';
import { EngineUnavailable } from '../src/engine/contract.js';

try {
  const environment = readEnvironment();
  const { dataDir, mongodbUri } = readConfig(environment);
  if (environment.TEST_MONGODB_URI || mongodbUri)
    console.log('The tests use the MongoDB of TEST_MONGODB_URI or MONGODB_URI.');
  else {
    const { kind, version } = await chooseEngine(dataDir);
    console.log(`The tests use ${kind} ${version}.`);
  }
} catch (error) {
  const expected = error instanceof EngineUnavailable || (error instanceof Error && error.name === 'WrongConfig');
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
