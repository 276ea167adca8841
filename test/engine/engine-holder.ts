/** Holds the embedded database as the service does, in a process that a test can kill; says its address, or why it cannot. */
import { EngineUnavailable } from '../../src/engine/contract.js';
import { startEngine } from '../../src/engine/start-engine.js';
import { silentLogger } from '../../src/log.js';

const [, , dataDir = ''] = process.argv;
try {
  const engine = await startEngine({ dataDir, logger: silentLogger });
  process.once('SIGTERM', () => void engine.stop().then(() => process.exit(0)));
  process.stdout.write(`${engine.uri}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof EngineUnavailable)) throw error;
  process.stdout.write(`${error.message}\n`);
}
