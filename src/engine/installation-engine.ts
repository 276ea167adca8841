/** The installation's own database for a command: the one the running service holds, else brought up for the command alone. */
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { readChoice } from './choose.js';
import { enginePlaces } from './contract.js';
import { livingHolder } from './lock.js';
import { embeddedUri, startEngine } from './start-engine.js';

/**
 * Runs `work` on the database that the service of this configuration uses, whether it runs or not.
 * @throws EngineUnavailable with what to do.
 */
export const withInstallationEngine = async <T>(
  config: Pick<Config, 'dataDir' | 'mongodbUri'>,
  logger: Logger,
  work: (uri: string) => Promise<T>,
): Promise<T> => {
  const { dataDir, mongodbUri } = config;
  if (mongodbUri === undefined && (await livingHolder(enginePlaces(dataDir).lock)) !== undefined) {
    const port = (await readChoice(dataDir))?.port;
    if (port !== undefined) return work(embeddedUri(port));
  }
  const engine = await startEngine({ dataDir, logger, ...(mongodbUri === undefined ? {} : { mongodbUri }) });
  try {
    return await work(engine.uri);
  } finally {
    await engine.stop();
  }
};
