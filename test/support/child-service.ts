/** Runs `path-process.ts` as a real child process and speaks to it as a channel that redelivers what was not taken. */
import type { ChildProcess } from 'node:child_process';
import { inTime } from '../../src/in-time.js';
import type { Step } from '../../src/steps.js';
import { spawnScript } from './script-process.js';

export interface ChannelMessage {
  readonly from: string;
  readonly externalId: string;
  readonly text: string;
}

const patienceMs = 120_000;

const within = <T>(work: Promise<T>, what: string): Promise<T> =>
  inTime(work, patienceMs, `${what} took more than ${patienceMs / 1000} s.`);

const living = new Set<ChildProcess>();
/** Ends what a failed test left running, so that the run can end too. */
export const endChildServices = (): void => {
  for (const child of living) child.kill('SIGKILL');
};

export interface Kill {
  readonly at: Step;
  readonly after?: number;
}

/** @param settings of a service that serves WhatsApp; without them it takes its messages from `deliver` */
export const startChildService = async (uri: string, kill?: Kill, settings?: Readonly<Record<string, string>>) => {
  const script = settings ? 'test/support/whatsapp-process.ts' : 'test/support/path-process.ts';
  const child = await spawnScript(script, [], {
    env: {
      ...process.env,
      PATH_URI: uri,
      ...(settings ? { PATH_SETTINGS: JSON.stringify(settings) } : {}),
      ...(kill ? { PATH_KILL_AT: kill.at, PATH_KILL_AFTER: String(kill.after ?? 1) } : {}),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  living.add(child);
  const taken = new Set<string>();
  let output = '';
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      living.delete(child);
      resolve(signal ?? code);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const lines = output.split('\n');
      output = lines.pop() ?? '';
      for (const line of lines) {
        if (line === 'ready') resolve();
        if (line.startsWith('taken ')) taken.add(line.slice('taken '.length));
      }
    });
    void ended.then((how) => reject(new Error(`The service ended before it was ready (${how}).`)));
  });
  await within(ready, 'Starting a service');
  child.stdin?.on('error', () => undefined);
  return {
    taken,
    deliver: (message: ChannelMessage): void => void child.stdin?.write(`${JSON.stringify(message)}\n`),
    kill: () => child.kill('SIGKILL'),
    /** Resolves with the signal or the exit code. */
    ends: () => within(ended, 'The end of a service'),
    /** What ended it, null while it runs. */
    signal: () => child.signalCode,
    stop: async () => {
      child.stdin?.end();
      await within(ended, 'Stopping a service');
    },
  };
};
export type ChildService = Awaited<ReturnType<typeof startChildService>>;
