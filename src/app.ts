/** The composition root of the served application: every room, wired once, started and stopped in order. */
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from './config.js';
import { createSealedFiles } from './facts/lists/sealed-files.js';
import { createInbox } from './facts/tickets/inbox.js';
import { createOpenTickets } from './facts/tickets/open-tickets.js';
import { type OpenCoreParts, openCore } from './open-core.js';
import { projectRoot } from './project-root.js';
import { watchChanges } from './store/changes.js';
import { database } from './store/connect.js';
import type { Transport } from './transport/contract.js';
import { createChatRoutes } from './web/chat/routes.js';
import { createIdentity } from './web/identity/identity.js';
import { newPassword } from './web/identity/new-password.js';
import { createServer } from './web/server.js';
import { longestForm } from './web/staff/forms.js';
import { createStaffRoutes } from './web/staff/staff-routes.js';
import { cloudApiPath, createCloudApiRoutes } from './web/webhooks/cloud-api-routes.js';

export interface App {
  /** Set when this start made the first account: to be shown once, kept nowhere. */
  readonly firstAdmin?: { readonly email: string; readonly password: string };
  /** The base address that is served; null where this process has no web role. `chat`: residents can write there. */
  start(): Promise<{ readonly url: string | null; readonly chat: boolean }>;
  /** Takes nothing new, finishes what runs, gives leases back. The connection stays the caller's. */
  stop(): Promise<void>;
}

/** A worker or sender that has not reached the database for so long is reported as not ready. */
const longestIdleMs = 15_000;

/** Messages and replies that have been due for so long are reported: their worker or sender lives, and yet does not get to them. */
const longestWaitMs = 120_000;
const sentenceOfWait = (isLong: boolean): string | null =>
  isLong ? `some have waited for ${longestWaitMs / 60_000} minutes and longer` : null;

/** Null where the channel works, else the reason why it does not. */
const downBecause = async (transport: Transport): Promise<string | null> => {
  const { state, detail } = await transport.status();
  return state === 'up' ? null : (detail ?? state);
};

/** Prepares the database (collections, indexes, starter content, first account) and builds the rooms. Nothing runs before `start`. */
export const createApp = async (parts: OpenCoreParts): Promise<App> => {
  const { config, logger, clocks, connection, secrets } = parts;
  const has = (role: Role): boolean => config.roles.includes(role);
  const { store, transports, texts, core } = await openCore(parts);
  const identity = createIdentity({ connection, secret: secrets.session, baseUrl: config.publicUrl });
  const firstAdmin = has('web') ? await identity.ensureFirstAdmin(() => newPassword(randomInt)) : null;
  await identity.indexesMade();
  const changes = await watchChanges(connection, logger);
  core.index.follow(changes);

  const sealedFiles = createSealedFiles({
    folder: join(config.dataDir, 'uploads'),
    now: () => clocks.real.now().getTime(),
    newId: randomUUID,
    largest: config.listUploadMb * 1024 * 1024,
  });
  const longAgo = (): Date => new Date(clocks.real.now().getTime() - longestWaitMs);
  const createWeb = async () => {
    const open = await createOpenTickets(store, changes, (error) =>
      logger.warn({ error: error.message }, 'The list of open tickets could not be read anew; it follows the changes.'),
    );
    const chat = transports.webChat
      ? createChatRoutes({
          ...{ transport: transports.webChat, store, changes, texts, clocks, logger },
          openFile: core.outgoingFiles.open,
        })
      : undefined;
    const staff = createStaffRoutes({
      identity,
      tickets: core.tickets,
      inbox: createInbox({ store, open, clocks }),
      queues: core.queues,
      emptyHidden: core.emptyHidden,
      canned: core.canned,
      corrections: core.corrections,
      suggestions: core.suggestions,
      replyWarnings: core.replyWarnings,
      articles: core.articles,
      audit: core.audit,
      checkpoints: core.checkpoints,
      eligibility: core.eligibility,
      files: core.files,
      outgoingFiles: core.outgoingFiles,
      sealedIins: core.sealedIins,
      lists: core.lists,
      programmes: core.programmes,
      sealedFiles,
      lexicon: core.lexicon,
      tryQuestion: core.tryQuestion,
      tryLexicon: core.tryLexicon,
      store,
      servesWhatsAppWeb: config.transports.includes('whatsapp-web'),
      changes,
      texts,
      clocks,
      logger,
    });
    return createServer({
      routers: [
        ...(transports.cloudApi
          ? [{ path: cloudApiPath, router: createCloudApiRoutes(transports.cloudApi), rawBody: true }]
          : []),
        ...(chat ? [{ path: '/chat', router: chat }] : []),
        { path: '/staff', router: staff, longestForm },
      ],
      home: chat ? '/chat' : '/staff',
      config: { host: config.host, port: config.port, root: projectRoot, trustedProxies: config.trustedProxies },
      logger,
      texts,
      ready: {
        database: async () => {
          await database(connection).command({ ping: 1 });
          return null;
        },
        worker: () => (has('worker') && core.worker.idleMs() > longestIdleMs ? 'stands still' : null),
        messages: async () => sentenceOfWait(await store.conversations.overdue(longAgo())),
        replies: async () => sentenceOfWait(await store.outbox.overdue(longAgo())),
        ...Object.fromEntries(
          transports.all.flatMap((transport) => [
            [`channel ${transport.channel}`, () => downBecause(transport)],
            [
              `sender ${transport.channel}`,
              () => (has('sender') && core.senders.idleMs(transport.channel) > longestIdleMs ? 'stands still' : null),
            ],
          ]),
        ),
      },
      stopStreams: () => {
        chat?.stopStreams();
        staff.stopStreams();
      },
    });
  };
  const web = has('web') ? await createWeb() : null;

  return {
    ...(firstAdmin ? { firstAdmin } : {}),
    async start() {
      for (const transport of transports.all) await transport.start(core.handlers);
      if (has('web')) {
        await sealedFiles.clean();
        await core.lists.sweep();
      }
      if (has('sender')) {
        core.senders.start(changes);
        core.keepFiles.start(changes);
      }
      if (has('worker')) {
        core.worker.start(changes);
        core.listNotices.start(changes);
        core.jobs.start();
      }
      if (secrets.previousLists !== undefined) {
        const left = await core.lists.underOldKey();
        logger.warn(
          left,
          `${left.rows} rows of lists in force still stand under the old key; see "npm run secrets:rotate".`,
        );
      }
      const served = web ? await web.start() : null;
      return { url: served?.url ?? null, chat: transports.webChat !== undefined };
    },
    async stop() {
      await web?.close();
      await core.jobs.stop();
      await core.listNotices.stop();
      await core.worker.stop();
      await Promise.all([core.senders.stop(), core.keepFiles.stop()]);
      await Promise.allSettled(transports.all.map((transport) => transport.stop()));
      await changes.close();
    },
  };
};
