/** The channels that this installation serves, by the configuration: one adapter each, not yet started. */
import { randomUUID } from 'node:crypto';
import type { Clocks } from '../clock.js';
import type { Config } from '../config.js';
import type { Store } from '../store/store.js';
import type { Transport } from './contract.js';
import { createWebChat, type WebChat } from './web-chat.js';

export interface OpenTransportsParts {
  readonly config: Pick<Config, 'transports'>;
  readonly store: Store;
  readonly clocks: Clocks;
}
export interface Transports {
  /** Every channel that is served, at least one. */
  readonly all: readonly Transport[];
  /** The chat of the service's own pages, where it is among them. */
  readonly webChat?: WebChat;
}

/** An adapter that needs heavy libraries is imported here, and only where it is served. */
export const openTransports = async ({ config, store, clocks }: OpenTransportsParts): Promise<Transports> => {
  const serves = (name: Config['transports'][number]): boolean => config.transports.includes(name);
  const webChat = serves('web-chat') ? createWebChat({ store, clocks, newId: randomUUID }) : undefined;
  return { all: webChat ? [webChat] : [], ...(webChat ? { webChat } : {}) };
};
