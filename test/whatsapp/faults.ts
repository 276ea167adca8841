/** Ways in which the number's connection breaks, each carried out on a running service, its browser or the simulated WhatsApp. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processesWith } from '../../src/engine/processes.js';
import type { Step } from '../../src/steps.js';
import type { ChildService } from '../support/child-service.js';
import type { SimulatedWhatsApp } from './simulated-whatsapp.js';

export interface Broken {
  readonly whatsapp: SimulatedWhatsApp;
  readonly profile: string;
  /** The service that runs, or the next one where it was ended. */
  service(): ChildService;
  /** Starts the next service once the one that runs has ended. */
  restart(): Promise<void>;
  /** Starts it so that it stops itself at a step. */
  restartToDie(at: Step): Promise<void>;
}

const browser = async (profile: string): Promise<number> => {
  const [pid] = await processesWith(`--user-data-dir=${join(profile, 'session')}`);
  if (pid === undefined) throw new Error('No browser runs over the profile.');
  return pid;
};
/** Pids of the browser's processes that draw pages. */
const renderersOf = (parent: number): number[] => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  const parentOf = (pid: string): string => /\) \S (\d+)/.exec(read(pid, 'stat'))?.[1] ?? '';
  const isBelow = (pid: string): boolean =>
    pid !== '' && pid !== '0' && (pid === String(parent) || isBelow(parentOf(pid)));
  return all.filter((pid) => read(pid, 'cmdline').includes('--type=renderer') && isBelow(pid)).map(Number);
};

const dieAt =
  (at: Step) =>
  async (broken: Broken): Promise<void> => {
    broken.service().kill();
    await broken.service().ends();
    await broken.restartToDie(at);
    await broken.service().ends();
    await broken.restart();
  };

/** What is done at the moment when residents are writing; each resolves when whatever has to run runs again. */
export const faults = {
  'the browser is killed': async ({ profile }: Broken) => {
    process.kill(await browser(profile), 'SIGKILL');
  },
  'the page crashes': async ({ profile }: Broken) => {
    for (const pid of renderersOf(await browser(profile))) process.kill(pid, 'SIGKILL');
  },
  'the service is killed': async (broken: Broken) => {
    broken.service().kill();
    await broken.service().ends();
    await broken.restart();
  },
  'the socket drops': async ({ whatsapp }: Broken) => whatsapp.dropSocket(),
  'the line goes deaf': async ({ whatsapp }: Broken) => {
    whatsapp.behaviour.deaf = true;
    await pause(6_000);
    whatsapp.behaviour.deaf = false;
    whatsapp.dropSocket();
  },
  'the service dies when a row is marked': dieAt('send:marked'),
  'the service dies between the channel’s acceptance and its record': dieAt('send:accepted'),
  'the service dies when a message is written': dieAt('intake:written'),
} as const satisfies Record<string, (broken: Broken) => Promise<void>>;
export type FaultName = keyof typeof faults;
