/** The service on the simulated WhatsApp: real library, real browser, a profile of its own; in this process, for tests that kill none. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endBrowsersOver } from '../../src/transport/whatsapp-web/chromium.js';
import type { SimulatedWhatsApp } from '../whatsapp/simulated-whatsapp.js';
import { type ServiceOptions, startService } from './service.js';
import { soon } from './visitor.js';

/** Settings of a service on the simulator: quick heartbeats, and no gaps, which are tested by themselves. */
export const whatsAppSettings = (whatsapp: SimulatedWhatsApp, folder: string): Readonly<Record<string, string>> => ({
  TRANSPORT: 'whatsapp-web',
  WHATSAPP_WEB_PROFILE: folder,
  WHATSAPP_WEB_GAP_MS: '0',
  WHATSAPP_WEB_HEARTBEAT_MS: '500',
  WHATSAPP_WEB_BROWSER_ARGUMENTS: whatsapp.browserArguments.join(' '),
});

export interface Profile {
  readonly folder: string;
  /** Pid of the browser's first process. */
  remove(): Promise<void>;
}
export const makeProfile = async (): Promise<Profile> => {
  const folder = await mkdtemp(join(tmpdir(), 'naqty-whatsapp-'));
  return {
    folder,
    async remove() {
      await endBrowsersOver(join(folder, 'session'));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** Starts it and, on a profile that is not paired, scans the QR code; resolves when it is connected. */
export const startWhatsAppService = async (
  whatsapp: SimulatedWhatsApp,
  profile: Profile,
  { env, ...options }: ServiceOptions,
) => {
  const service = await startService({ ...options, env: { ...whatsAppSettings(whatsapp, profile.folder), ...env } });
  const state = async () => (await service.store.channels.find('whatsapp-web'))?.state;
  const connected = async (): Promise<void> => {
    await soon(async () => whatsapp.connected() || whatsapp.showsQr(), 60_000);
    if (!whatsapp.paired()) whatsapp.pair();
    await soon(async () => (await state()) === 'connected' && whatsapp.connected(), 60_000);
  };
  await connected();
  return { ...service, state, connected };
};
