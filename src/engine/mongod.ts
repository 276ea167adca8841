/** A real mongod: the one on PATH, or one that mongodb-memory-server fetches once into DATA_DIR. */

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inTime } from '../in-time.js';
import { type EngineBinary, EngineUnavailable } from './contract.js';
import { runProgram } from './run-program.js';

const knockMs = 8_000;
const downloadMs = 180_000;

/** Runs it, because a mongod may be there and yet not run on this machine (an old processor, a missing library). */
export const checkMongod = async (kind: 'mongod' | 'downloaded-mongod', path: string): Promise<EngineBinary> => {
  const end = await runProgram(path, ['--version'], knockMs);
  if (end.kind === 'failed') throw new EngineUnavailable(`${path} does not run here: ${end.why}.`);
  return { kind, path, version: /v(\d+\.\d+\.\d+)/.exec(end.output)?.[1] ?? 'of unknown version' };
};

/** @throws EngineUnavailable where PATH has no mongod, or one that does not run. */
export const findMongod = async (searchPath: string = process.env.PATH ?? ''): Promise<EngineBinary> => {
  for (const folder of searchPath.split(delimiter).filter((part) => part !== '')) {
    const path = join(folder, 'mongod');
    const runnable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return checkMongod('mongod', path);
  }
  throw new EngineUnavailable('There is no mongod on PATH.');
};

/** Knocks first: where the host is out of reach, the downloader itself takes its time to give up. A proxy's world is not asked. */
const knock = async (host: string): Promise<void> => {
  if (process.env.HTTPS_PROXY || process.env.https_proxy || process.env.MONGOMS_SYSTEM_BINARY) return;
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(knockMs) });
  } catch (error) {
    const { cause } = error as Error;
    throw new EngineUnavailable(
      `${new URL(host).host} cannot be reached (${cause instanceof Error ? cause.message : 'no answer'}).`,
    );
  }
};

/**
 * Fetches a mongod of the version that mongodb-memory-server stands for, or finds the one fetched before.
 * @throws EngineUnavailable within seconds where its host is out of reach.
 */
export const downloadMongod = async (folder: string): Promise<EngineBinary> => {
  await knock(process.env.MONGOMS_DOWNLOAD_MIRROR ?? 'https://fastdl.mongodb.org');
  const { MongoBinary } = await import('mongodb-memory-server-core');
  try {
    const download = MongoBinary.getPath({ downloadDir: folder, checkMD5: true });
    const path = await inTime(download, downloadMs, `it took more than ${downloadMs / 1000} s`);
    return await checkMongod('downloaded-mongod', path);
  } catch (error) {
    if (error instanceof EngineUnavailable) throw error;
    throw new EngineUnavailable(`mongod could not be downloaded: ${(error as Error).message.replaceAll('\n', ' ')}.`);
  }
};
