/** Looks at other processes of this machine: who holds the lock, and which engine was left running by a start that was killed. */
import { readdirSync, readFileSync } from 'node:fs';
import { runProgram } from './run-program.js';

/** True for a process that exists, also another user's, and for one that ends but still holds its files and ports. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !hasEnded(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Fields of /proc/PID/stat after the name in brackets, which may itself hold spaces and brackets. */
const statFields = (pid: number): readonly string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
};

/**
 * A zombie waits for its parent alone only once its last thread is gone: until then its other threads keep its files and ports open
 * (measured on two busy processors: 10 of 25 zombies still held their port).
 */
const hasEnded = (pid: number): boolean => {
  const fields = statFields(pid);
  return fields?.[0] === 'Z' && fields[17] === '1';
};

/** When the process began, in words that only this life of the pid has; undefined where there is no such process. */
export const birthOf = async (pid: number): Promise<string | undefined> => {
  const started = statFields(pid)?.[19];
  if (started) return `${started} ticks`;
  const end = await runProgram('ps', ['-o', 'lstart=', '-p', String(pid)], 5_000);
  return end.kind === 'done' && end.output !== '' ? end.output : undefined;
};

const argumentsOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** Flags by which the engines are told their storage folder. */
const storageFlags = ['--storage-path', '--dbpath'];

/** Pids whose command line fits; undefined on a system without /proc. */
const listedByProc = (fits: (words: readonly string[]) => boolean): number[] | undefined => {
  try {
    const pids = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
    if (pids.length === 0) return undefined;
    return pids.filter((pid) => fits(argumentsOf(pid)) && pid !== process.pid && !hasEnded(pid));
  } catch {
    return undefined;
  }
};
/** Pids whose command line, written with single spaces and one at each end, fits. */
const listedByPs = async (fits: (command: string) => boolean): Promise<readonly number[]> => {
  const end = await runProgram('ps', ['-axo', 'pid=,args='], 5_000);
  if (end.kind === 'failed') return [];
  return end.output.split('\n').flatMap((line) => {
    const [pid = '', ...words] = line.trim().split(/\s+/);
    return fits(` ${words.join(' ')} `) ? [Number(pid)] : [];
  });
};

/** Pids of engines that run over exactly this storage folder, told by their command line: a pid in a file may be another's by now. */
export const enginesOver = async (storage: string): Promise<readonly number[]> => {
  const listed = listedByProc((words) =>
    storageFlags.some((flag) => words.includes(flag) && words[words.indexOf(flag) + 1] === storage),
  );
  return listed ?? listedByPs((command) => storageFlags.some((flag) => command.includes(` ${flag} ${storage} `)));
};

/** Pids of processes that were started with exactly this argument. */
export const processesWith = async (argument: string): Promise<readonly number[]> =>
  listedByProc((words) => words.includes(argument)) ?? listedByPs((command) => command.includes(` ${argument} `));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends a process that is not our child: asks, waits, then insists. Resolves when it is gone. */
export const endProcess = async (pid: number, patienceMs: number): Promise<void> => {
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(pid, name);
    } catch {
      // Gone already, which is what was wanted.
    }
  };
  const gone = async (untilMs: number): Promise<boolean> => {
    const until = Date.now() + untilMs;
    while (isAlive(pid) && Date.now() < until) await pause(25);
    return !isAlive(pid);
  };
  signal('SIGTERM');
  if (await gone(patienceMs)) return;
  signal('SIGKILL');
  if (!(await gone(5_000))) throw new Error(`Process ${pid} does not end: end it by hand and start again.`);
};
