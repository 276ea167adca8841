/** The embedded channel: what goes out becomes a row that the chat pages show, what comes in is handed over by the chat's routes. */
import type { Clocks } from '../clock.js';
import type { Store } from '../store/store.js';
import type { ArrivedMessage, Delivery, Transport, TransportHandlers } from './contract.js';

export interface WebChat extends Transport {
  readonly channel: 'web';
  /** Hands one message in. Resolves when it is durable; rejects when it is not (also before `start`), and the browser then keeps it. */
  receive(arrived: ArrivedMessage): Promise<void>;
  /** The resident's browser showed a message. */
  seen(delivery: Delivery): Promise<void>;
}

/**
 * @param newId makes the ids of delivered rows; each send makes a new one, because a channel does not dedupe.
 */
export const createWebChat = ({
  store,
  clocks,
  newId,
}: {
  readonly store: Pick<Store, 'webMessages'>;
  readonly clocks: Clocks;
  readonly newId: () => string;
}): WebChat => {
  let handlers: TransportHandlers | undefined;
  let since = clocks.real.now();
  const open = (): TransportHandlers => {
    if (!handlers) throw new Error('The web chat is not started: nothing can be taken in.');
    return handlers;
  };
  return {
    channel: 'web',
    capabilities: {
      buttons: { most: 10, titleLength: 24, bodyLength: 4096 },
      list: null,
      locationRequest: 'beside-choices',
      bodyLength: 4096,
      captionLength: 4096,
    },
    async start(given) {
      handlers = given;
      since = clocks.real.now();
    },
    async send(to, { id: outboxId, text, choices, asksLocation, file }) {
      const externalId = newId();
      try {
        await store.webMessages.insert({
          _id: externalId,
          outboxId,
          aliasId: to.id,
          text,
          choices: choices.map(({ id, title }) => ({ id, title })),
          asksLocation,
          ...(file === undefined ? {} : { file: { id: file.id, name: file.name, mimeType: file.mimeType } }),
          at: clocks.real.now(),
        });
        return { kind: 'accepted', externalId };
      } catch (error) {
        // A write may stand although its answer was lost: only a look says that it may be tried again.
        const stands = await store.webMessages.find(externalId);
        if (stands) return { kind: 'accepted', externalId };
        return { kind: 'retry', error: error instanceof Error ? error.message : 'The row could not be written.' };
      }
    },
    async lookup(to, outboxId) {
      const row = await store.webMessages.findByOutbox(to.id, outboxId);
      return row ? { kind: 'sent', externalId: row._id } : { kind: 'not-sent' };
    },
    receive: async (arrived) => void (await open().onMessage(arrived)),
    seen: async (delivery) => open().onDelivery(delivery),
    status: async () => ({ state: handlers ? 'up' : 'down', since }),
    async stop() {
      handlers = undefined;
      since = clocks.real.now();
    },
  };
};
