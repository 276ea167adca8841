/** The composition root of the served application: every room, wired once, started and stopped in order. */
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clocks } from './clock.js';
import type { Config, Role } from './config.js';
import { createCore } from './core.js';
import { loadStarterContent } from './facts/content/starter-content.js';
import { createTickets } from './facts/tickets/tickets.js';
import { loadTexts } from './i18n.js';
import { maskText } from './inbound/mask.js';
import { withDots } from './inbound/masked.js';
import { projectRoot } from './project-root.js';
import type { Secrets } from './secrets.js';
import type { AtStep } from './steps.js';
import { watchChanges } from './store/changes.js';
import { type Connection, database } from './store/connect.js';
import { createStore } from './store/store.js';
import { createWebChat } from './transport/web-chat.js';
import { loadPhrases } from './understand/load-phrases.js';
import { createChatRoutes } from './web/chat/routes.js';
import { createIdentity } from './web/identity/identity.js';
import { newPassword } from './web/identity/new-password.js';
import { createServer } from './web/server.js';
import { longestForm } from './web/staff/forms.js';
import { createStaffRoutes } from './web/staff/staff-routes.js';

export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly clocks: Clocks;
  /** Open connection to the service's database. */
  readonly connection: Connection;
  readonly secrets: Secrets;
  /** Where trained understandings are kept between starts. */
  readonly modelFolder?: string;
  /** Fault tests stop the process at a step of the path. */
  readonly at?: AtStep;
}

export interface App {
  /** Set when this start made the first account: to be shown once, kept nowhere. */
  readonly firstAdmin?: { readonly email: string; readonly password: string };
  /** The base address that is served; null where this process has no web role. */
  start(): Promise<{ readonly url: string | null }>;
  /** Takes nothing new, finishes what runs, gives leases back. The connection stays the caller's. */
  stop(): Promise<void>;
}

/** A worker or sender that has not reached the database for so long is reported as not ready. */
const longestIdleMs = 15_000;

/** Prepares the database (collections, indexes, starter content, first account) and builds the rooms. Nothing runs before `start`. */
export const createApp = async (parts: AppParts): Promise<App> => {
  const { config, logger, clocks, connection, secrets } = parts;
  const has = (role: Role): boolean => config.roles.includes(role);
  const store = createStore(connection);
  await store.migrate();
  const texts = loadTexts(projectRoot);
  await loadStarterContent({ store, clocks, secret: secrets.lists });
  const transport = createWebChat({ store, clocks, newId: randomUUID });
  const core = await createCore({
    config,
    logger,
    clocks,
    secrets,
    store,
    transport,
    texts,
    phrases: await loadPhrases(join(projectRoot, 'content/phrases')),
    ...(parts.modelFolder === undefined ? {} : { modelFolder: parts.modelFolder }),
    ...(parts.at ? { at: parts.at } : {}),
  });
  const identity = createIdentity({ connection, secret: secrets.session, baseUrl: config.publicUrl });
  const firstAdmin = has('web') ? await identity.ensureFirstAdmin(() => newPassword(randomInt)) : null;
  const changes = await watchChanges(connection, logger);
  core.index.follow(changes);

  const createWeb = () => {
    const chat = createChatRoutes({ transport, store, changes, texts, clocks, logger });
    const staff = createStaffRoutes({
      identity,
      tickets: createTickets({
        store,
        clocks,
        newId: randomUUID,
        mask: (text) => withDots(maskText(text, { secret: secrets.lists, expectsIin: false }).text),
      }),
      articles: core.articles,
      checkpoints: core.checkpoints,
      eligibility: core.eligibility,
      lexicon: core.lexicon,
      tryQuestion: core.tryQuestion,
      tryLexicon: core.tryLexicon,
      store,
      changes,
      texts,
      clocks,
      logger,
    });
    return createServer({
      routers: [
        { path: '/chat', router: chat },
        { path: '/staff', router: staff, longestForm },
      ],
      config: { host: config.host, port: config.port, root: projectRoot, trustedProxies: config.trustedProxies },
      logger,
      texts,
      ready: {
        database: async () => {
          await database(connection).command({ ping: 1 });
          return null;
        },
        worker: () => (has('worker') && core.worker.idleMs() > longestIdleMs ? 'stands still' : null),
        sender: () => (has('sender') && core.sender.idleMs() > longestIdleMs ? 'stands still' : null),
        channel: () => (transport.status().state === 'up' ? null : (transport.status().detail ?? 'down')),
      },
      stopStreams: () => {
        chat.stopStreams();
        staff.stopStreams();
      },
    });
  };
  const web = has('web') ? createWeb() : null;

  return {
    ...(firstAdmin ? { firstAdmin } : {}),
    async start() {
      await transport.start({
        onMessage: core.intake.receive,
        onDelivery: store.outbox.recordDelivery,
        onEdit: core.intake.edit,
        onOwnMessage: core.ownMessage,
      });
      if (has('worker')) core.worker.start(changes);
      if (has('sender')) core.sender.start(changes);
      const served = web ? await web.start() : null;
      return { url: served?.url ?? null };
    },
    async stop() {
      await web?.close();
      await transport.stop();
      await core.worker.stop();
      await core.sender.stop();
      await changes.close();
    },
  };
};
