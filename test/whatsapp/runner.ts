/** Rounds of faults on a running service: residents write before, while and after one thing breaks, and then all is checked. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Step } from '../../src/steps.js';
import type { Store } from '../../src/store/store.js';
import { type ChildService, startChildService } from '../support/child-service.js';
import { soon } from '../support/visitor.js';
import { whatsAppSettings } from '../support/whatsapp-service.js';
import { type Broken, type FaultName, faults } from './faults.js';
import type { SimulatedWhatsApp } from './simulated-whatsapp.js';
import { createTown } from './town.js';

export interface RunnerParts {
  readonly whatsapp: SimulatedWhatsApp;
  readonly store: Store;
  readonly uri: string;
  readonly folder: string;
  readonly patienceMs: number;
}

/** Starts a service on the simulator, pairs it, and gives what breaks and checks it. */
export const createRunner = async ({ whatsapp, store, uri, folder, patienceMs }: RunnerParts) => {
  const settings = whatsAppSettings(whatsapp, folder);
  const town = createTown({ whatsapp, store, patienceMs });
  const start = (at?: Step): Promise<ChildService> =>
    startChildService(uri, at === undefined ? undefined : { at, after: 2 }, settings);
  let running = await start();
  await soon(async () => whatsapp.showsQr(), patienceMs);
  whatsapp.pair();
  const connected = () =>
    soon(
      async () => whatsapp.connected() && (await store.channels.find('whatsapp-web'))?.state === 'connected',
      patienceMs,
    );
  await connected();
  const broken: Broken = {
    whatsapp,
    profile: folder,
    service: () => running,
    async restart() {
      running = await start();
    },
    async restartToDie(at) {
      running = await start(at);
    },
  };
  return {
    town,
    connected,
    /** One fault in the middle of so many messages. @throws where a message has no outcome or more than one */
    async round(fault: FaultName, residents: readonly string[], messages: number): Promise<void> {
      await connected();
      const third = Math.ceil(messages / 3);
      const write = async (from: number, to: number, gapMs: number): Promise<void> => {
        for (let message = from; message < Math.min(to, messages); message += 1) {
          town.writes(residents[message % residents.length] ?? '');
          if (gapMs > 0) await pause(gapMs);
        }
      };
      await write(0, third, 0);
      const breaking = faults[fault](broken);
      await write(third, 2 * third, 150);
      await breaking;
      await write(2 * third, messages, 50);
      await town.quiet();
      await town.expectExactlyOnce();
    },
    /** So many messages at once, from residents who each write one after the other. @throws where one is lost, doubled or out of order */
    async burst(residents: readonly string[], messages: number): Promise<void> {
      await connected();
      for (let message = 0; message < messages; message += 1) town.writes(residents[message % residents.length] ?? '');
      await town.quiet();
      await town.expectExactlyOnce();
    },
    kill: () => running.kill(),
    async stop(): Promise<void> {
      running.kill();
      await running.ends();
    },
  };
};
export type Runner = Awaited<ReturnType<typeof createRunner>>;
