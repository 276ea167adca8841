/** The channels that this installation serves, by the configuration: one adapter each, not yet started. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import type { Config } from '../config.js';
import type { Texts } from '../i18n.js';
import type { Language } from '../language.js';
import type { Store } from '../store/store.js';
import { type CloudApi, createCloudApi } from './cloud-api/cloud-api.js';
import type { Transport } from './contract.js';
import { createWebChat, type WebChat } from './web-chat.js';

export interface OpenTransportsParts {
  readonly config: Config;
  readonly store: Store;
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly texts: Texts;
}
export interface Transports {
  /** Every channel that is served, at least one. */
  readonly all: readonly Transport[];
  /** The chat of the service's own pages, where it is among them. */
  readonly webChat?: WebChat;
  /** Meta's official channel, whose webhook the web server mounts. */
  readonly cloudApi?: CloudApi;
}

/** An adapter that needs heavy libraries is imported here, and only where it is served. */
export const openTransports = async ({
  config,
  store,
  clocks,
  logger,
  texts,
}: OpenTransportsParts): Promise<Transports> => {
  const serves = (name: Config['transports'][number]): boolean => config.transports.includes(name);
  const webChat = serves('web-chat') ? createWebChat({ store, clocks, newId: randomUUID }) : undefined;
  const words = {
    listLabel: (language: Language) => texts(language, 'cloud-api:listLabel'),
    reopening: (language: Language) => texts(language, 'cloud-api:reopening'),
  };
  const cloudApi = config.cloudApi && createCloudApi({ settings: config.cloudApi, store, clocks, logger, words });
  const whatsAppWeb = serves('whatsapp-web')
    ? (await import('./whatsapp-web/adapter.js')).createWhatsAppWeb({
        ...{ config, store, clock: clocks.real, logger, random: Math.random },
      })
    : undefined;
  return {
    all: [webChat, whatsAppWeb, cloudApi].filter((transport) => transport !== undefined),
    ...(webChat ? { webChat } : {}),
    ...(cloudApi ? { cloudApi } : {}),
  };
};
