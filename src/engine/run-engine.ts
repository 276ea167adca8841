/** Runs a chosen engine over a storage folder: starts it, waits until it takes writes, and ends it gracefully. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { bringUpReplicaSet } from '../store/replica-set.js';
import { type EngineBinary, EngineUnavailable, engineArguments } from './contract.js';

const readyWithinMs = 60_000;
const stopWithinMs = 10_000;
const attempts = 3;

export interface EngineRun {
  readonly engine: EngineBinary;
  readonly storage: string;
  /** What the engine itself says goes here, for whoever has to find out why it did not start. */
  readonly logFile: string;
  /** Tried first. */
  readonly port?: number;
  /** Whether each commit reaches the disk before it is acknowledged; throw-away engines do without. */
  readonly durable: boolean;
}
export interface RunningProcess {
  readonly port: number;
  readonly pid: number;
  /** Resolves with how it ended when it ends by itself. */
  readonly ended: Promise<string>;
  /** Asks it to close its files and end; insists after ten seconds. */
  stop(): Promise<void>;
  /** Kills it. */
  endNow(): void;
}

/** A port that is free now on this machine: the preferred one if it is. */
const freePort = (preferred = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () =>
      preferred === 0 ? reject(new Error('This machine has no free port.')) : resolve(freePort()),
    );
    server.listen({ host: '127.0.0.1', port: preferred, exclusive: true }, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.')),
      );
    });
  });

const lastLines = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' ').slice(-400);
  } catch {
    return '';
  }
};

/** A process group of its own: Ctrl-C reaches the service alone, which then decides the order of ending. */
const launch = (run: EngineRun, port: number): ChildProcess => {
  const log = openSync(run.logFile, 'w', 0o600);
  try {
    return spawn(
      run.engine.path,
      engineArguments(run.engine.kind, { port, storage: run.storage, durable: run.durable }),
      {
        detached: true,
        cwd: run.storage,
        stdio: ['ignore', log, log],
      },
    );
  } finally {
    closeSync(log);
  }
};

const handle = (child: ChildProcess, port: number, pid: number): RunningProcess => {
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // A service that falls takes its engine along; killed with -9 it cannot, and the next start ends it.
  const endWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', endWithUs);
  void ended.then(() => process.off('exit', endWithUs));
  return {
    port,
    pid,
    ended,
    endNow: () => void child.kill('SIGKILL'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(insist);
    },
  };
};

const started = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new EngineUnavailable(`The database could not be run: ${error.message}.`)));
    if (child.pid !== undefined) resolve(child.pid);
  });

/**
 * Starts the engine on a free port.
 * @throws EngineUnavailable with what the engine said, where it ends or takes no writes in time.
 */
export const runEngine = async (run: EngineRun): Promise<RunningProcess> => {
  await mkdir(run.storage, { recursive: true, mode: 0o700 });
  let why = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = await freePort(attempt === 0 ? run.port : undefined);
    const child = launch(run, port);
    const running = handle(child, port, await started(child));
    const up = bringUpReplicaSet(`127.0.0.1:${port}`, readyWithinMs);
    const outcome = await Promise.race([
      up.then(() => 'up' as const, (error: Error) => error.message), // biome-ignore format: one line
      running.ended.then((how) => `it ended with ${how}`),
    ]);
    if (outcome === 'up') return running;
    up.catch(() => undefined);
    await running.stop();
    why = `${outcome}. ${lastLines(run.logFile)}`;
  }
  throw new EngineUnavailable(`The database does not start: ${why} (all of it is in ${run.logFile}).`);
};
