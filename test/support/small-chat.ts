/** The chat's server over a real database and the real door, with a small answerer in the worker's place: for tests of the page alone. */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock, systemClocks } from '../../src/clock.js';
import { loadTexts } from '../../src/i18n.js';
import { createIntake } from '../../src/inbound/intake.js';
import { createRejoiner } from '../../src/inbound/rejoin.js';
import { silentLogger } from '../../src/log.js';
import { shapeReply } from '../../src/outbox/shape-reply.js';
import { projectRoot } from '../../src/project-root.js';
import { passSilently } from '../../src/steps.js';
import { watchChanges } from '../../src/store/changes.js';
import { openDatabase } from '../../src/store/connect.js';
import type { MessageDocument } from '../../src/store/messages.js';
import { createStore } from '../../src/store/store.js';
import type { Delivery, OutgoingMessage } from '../../src/transport/contract.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { createChatRoutes } from '../../src/web/chat/routes.js';
import { createServer } from '../../src/web/server.js';

export type Answer = Pick<OutgoingMessage, 'text' | 'choices' | 'asksLocation'>;
export interface SmallChatOptions {
  readonly uri: string;
  readonly port?: number;
  /** What the answerer says to a stored message; null leaves it unanswered. */
  readonly answer: (message: MessageDocument) => Answer | null;
  /** Makes the door fail, as a database that is away does. */
  readonly broken?: () => boolean;
  /** The chat's real time. */
  readonly clock?: Clock;
  readonly trustedProxies?: number;
}

export const startSmallChat = async (options: SmallChatOptions) => {
  const { uri, port = 0, answer, broken = () => false, clock = systemClock, trustedProxies = 0 } = options;
  const texts = loadTexts(projectRoot);
  const connection = await openDatabase(uri);
  const store = createStore(connection);
  await store.migrate();
  const changes = await watchChanges(connection, silentLogger);
  const transport = createWebChat({ store, clocks: systemClocks, newId: randomUUID });
  const answered = new Set<string>();
  const delivered: Delivery[] = [];
  const reply = async (conversationId: string): Promise<void> => {
    const conversation = await store.conversations.find(conversationId);
    if (!conversation) return;
    for (const message of await store.messages.latest(conversationId, 20)) {
      if (message.outcome || answered.has(message._id)) continue;
      answered.add(message._id);
      const said = answer(message);
      if (!said) continue;
      const id = randomUUID();
      await store.transaction((session) =>
        store.messages.settle(session, [message._id], {
          outcome: { kind: 'reply', outboxId: id },
          settledAt: new Date(),
        }),
      );
      await transport.send(conversation.address, shapeReply(transport.capabilities, { id, ...said, language: 'kk' }));
    }
  };
  const replying = new Set<Promise<void>>();
  const rejoiner = createRejoiner({ clock: systemClocks.real, windowMs: 1000, secret: 'a'.repeat(64) });
  const intake = createIntake({
    store,
    clocks: systemClocks,
    newId: randomUUID,
    mask: rejoiner.mask,
    wake: (id) => {
      const work = reply(id).finally(() => replying.delete(work));
      replying.add(work);
    },
    at: passSilently,
    media: { mostBytes: 1_000_000, keptMs: 60_000 },
    seal: () => Buffer.alloc(0),
    sealedMs: 0,
  });
  await transport.start({
    async onMessage(message) {
      if (broken()) throw new Error('The database is away.');
      return intake.receive(message);
    },
    async onDelivery(delivery) {
      delivered.push(delivery);
    },
    onEdit: intake.edit,
    onOwnMessage: async () => undefined,
    onRenamed: async () => undefined,
  });
  const chat = createChatRoutes({
    transport,
    store,
    changes,
    texts,
    clocks: { business: clock, real: clock },
    logger: silentLogger,
  });
  const server = createServer({
    routers: [{ path: '/chat', router: chat }],
    home: '/chat',
    config: { host: '127.0.0.1', port, root: projectRoot, trustedProxies },
    logger: silentLogger,
    texts,
    ready: { database: async () => ((await connection.db?.command({ ping: 1 })) ? null : 'no answer') },
    stopStreams: chat.stopStreams,
  });
  const address = await server.start();
  return {
    ...address,
    store,
    transport,
    /** What the channel said about messages being read, so far. */
    delivered: delivered as readonly Delivery[],
    async stop() {
      await server.close();
      await Promise.all(replying);
      await changes.close();
      await connection.close();
    },
  };
};
export type SmallChat = Awaited<ReturnType<typeof startSmallChat>>;
