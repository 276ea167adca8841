/** The process only: reads the configuration, brings the database up, starts the app, and ends both in the right order. */

import { join } from 'node:path';
import type { App } from './app.js';
import { systemClocks } from './clock.js';
import { type Config, readConfig, readEnvironment, WrongConfig } from './config.js';
import { EngineUnavailable } from './engine/contract.js';
import { type Engine, startEngine } from './engine/start-engine.js';
import { inTime, TooLate } from './in-time.js';
import { createLogger, type Logger } from './log.js';
import { openSecrets, UnusableSecrets } from './secrets.js';
import { type Connection, openDatabase, UnusableDatabase } from './store/connect.js';
import { createSettings } from './store/settings.js';
import { isStrayFault } from './transport/whatsapp-web/stray-fault.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Faults that a person at the keyboard mends: a sentence each, no stack trace. */
const sentenceOf = (error: unknown, config: Config | undefined): string | undefined => {
  const mended = [WrongConfig, EngineUnavailable, UnusableDatabase, UnusableSecrets];
  if (error instanceof Error && mended.some((kind) => error instanceof kind)) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${config?.port} of ${config?.host} is taken: end what uses it, or set PORT to another one.`;
  }
  if (code === 'EACCES')
    return `This user may not use ${addressOrFile(error, config)}: choose another one, or give the right.`;
  if (code === 'EADDRNOTAVAIL')
    return `This machine has no address ${config?.host}: set HOST to one it has, or to 0.0.0.0.`;
  return undefined;
};
const addressOrFile = (error: unknown, config: Config | undefined): string =>
  error instanceof Error && 'path' in error ? String(error.path) : `port ${config?.port} (PORT)`;

/** What was started so far, in order; ended from the last to the first. */
interface Started {
  app?: App;
  connection?: Connection;
  engine?: Engine;
}

const endAll = async (started: Started, config: Config, logger: Logger): Promise<void> => {
  const serving = async (): Promise<void> => {
    await started.app?.stop();
    await started.connection?.close();
  };
  await inTime(serving(), config.stopTimeoutMs, 'Not all work ended in time; the next start goes on with it').catch(
    (error: Error) => {
      if (error instanceof TooLate) logger.warn({ ms: config.stopTimeoutMs }, error.message);
      else logger.error({ err: error }, 'Stopping failed');
    },
  );
  await started.engine?.stop();
};

const greet = (app: App, { url, chat }: Awaited<ReturnType<App['start']>>, config: Config): void => {
  if (url !== null) {
    if (chat) say(`Residents' chat:  ${url}/chat`);
    say(`Staff pages:      ${url}/staff`);
    say(`Health:           ${url}/healthz  ${url}/readyz`);
  }
  if (app.firstAdmin) {
    say(`First admin:      ${app.firstAdmin.email}  password: ${app.firstAdmin.password}`);
    say('The password is shown this once; "npm run staff:reset" makes a new one.');
  }
  say(`Serving as ${config.roles.join(', ')}. Ctrl-C ends everything.`);
};

const serve = async (config: Config, logger: Logger, started: Started): Promise<void> => {
  // The app's modules are read while the database starts: neither waits for the other.
  const loading = import('./app.js');
  loading.catch(() => undefined);
  const engine = await startEngine({
    dataDir: config.dataDir,
    logger,
    ...(config.mongodbUri === undefined ? {} : { mongodbUri: config.mongodbUri }),
  });
  started.engine = engine;
  say(engine.description);
  const connection = await openDatabase(engine.uri);
  started.connection = connection;
  const settings = createSettings(connection);
  const { secrets, created } = await openSecrets(config.secretsFile, settings.fingerprints(systemClocks.real));
  if (created) say(`Secrets were made: keep a copy of ${config.secretsFile} apart from the database's backups.`);
  const { createApp } = await loading;
  const app = await createApp({
    config,
    logger,
    clocks: systemClocks,
    connection,
    secrets,
    modelFolder: join(config.dataDir, 'models'),
  });
  started.app = app;
  greet(app, await app.start(), config);
};

const main = async (): Promise<void> => {
  let config: Config | undefined;
  let logger: Logger | undefined;
  const started: Started = {};
  let ending = false;
  const end = async (exitCode: number): Promise<void> => {
    // A second Ctrl-C does not wait; the engine is told to end as this process exits.
    if (ending) process.exit(exitCode || 130);
    ending = true;
    if (config && logger) await endAll(started, config, logger).catch(() => undefined);
    process.exit(exitCode);
  };
  const fall = (error: unknown): void => {
    const sentence = sentenceOf(error, config);
    if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
    else if (logger) logger.fatal({ err: error }, 'The service falls over an unexpected error');
    else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    void end(1);
  };
  process.on('uncaughtException', fall);
  process.on('unhandledRejection', (reason) => {
    if (isStrayFault(reason))
      logger?.warn({ reason }, 'The WhatsApp library left a fault behind; its supervisor goes on.');
    else fall(reason);
  });
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  try {
    config = readConfig(readEnvironment());
    logger = createLogger({ level: config.logLevel });
    await serve(config, logger, started);
  } catch (error) {
    if (!ending) fall(error);
    return;
  }
  void started.engine?.ended.then((how) => {
    if (ending) return;
    logger?.fatal({ how }, 'The database ended by itself; the service ends too and may be started again');
    void end(1);
  });
  process.send?.('ready');
};

void main();
