/** What the two content commands share: the installation's own store, opened whether the service runs or not, and faults as sentences. */
import { resolve } from 'node:path';
import { systemClocks } from '../clock.js';
import { readConfig, readEnvironment, WrongConfig } from '../config.js';
import { EngineUnavailable } from '../engine/contract.js';
import { withInstallationEngine } from '../engine/installation-engine.js';
import { PackError } from '../facts/content/pack-error.js';
import { silentLogger } from '../log.js';
import { openSecrets, type Secrets, UnusableSecrets } from '../secrets.js';
import { openDatabase, UnusableDatabase } from '../store/connect.js';
import { createStore, type Store } from '../store/store.js';
import { CommandMisused } from './command-misused.js';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A folder as it was written by the person who called npm, who need not stand in the project's folder. */
export const folderFrom = (written: string | undefined, byDefault: string): string =>
  written === undefined ? byDefault : resolve(process.env.INIT_CWD ?? process.cwd(), written);

/** Runs `work` on the migrated store of this installation. */
export const withStore = async (work: (store: Store, secrets: Secrets) => Promise<void>): Promise<void> => {
  const config = readConfig(readEnvironment());
  await withInstallationEngine(config, silentLogger, async (uri) => {
    const connection = await openDatabase(uri);
    try {
      const store = createStore(connection);
      await store.migrate();
      const { secrets } = await openSecrets(config.secretsFile, store.settings.fingerprints(systemClocks.real));
      await work(store, secrets);
    } finally {
      await connection.close();
    }
  });
};

/** Runs a command; what a person can mend comes out as its sentence, with exit code 1. */
export const runContentCommand = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const mended = [PackError, WrongConfig, EngineUnavailable, UnusableDatabase, UnusableSecrets, CommandMisused];
    const argument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    if (!(error instanceof Error) || !(argument || mended.some((kind) => error instanceof kind))) throw error;
    process.stderr.write(`${error.message}\n`);
    if (error instanceof PackError) process.stderr.write('Nothing was changed.\n');
    process.exitCode = error instanceof CommandMisused ? 2 : 1;
  }
};
