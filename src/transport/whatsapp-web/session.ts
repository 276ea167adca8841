/**
 * One life of the browser: from its start to the first sign that it does not work any more. The library tells of few deaths by itself,
 * so that each is looked for here; whoever opened the session opens the next one.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import wweb, { type Call, type Client, type Message, type Reaction } from 'whatsapp-web.js';
import type { Clock } from '../../clock.js';
import { inTime, TooLate } from '../../in-time.js';
import { endBrowsersOver, findChromium, quietArguments } from './chromium.js';
import { withServer } from './from-library.js';

/** Why a session ended. `logged-out`, `conflict` and `refused` need a person; after the others trying again helps. */
export type SessionEnd = {
  readonly why:
    | 'logged-out'
    | 'conflict'
    | 'refused'
    | 'browser-gone'
    | 'page-crashed'
    | 'no-answer'
    | 'not-started'
    | 'closed';
  readonly detail: string;
};

export interface SessionEvents {
  onQr(code: string): void;
  onPairingCode(code: string): void;
  /** The page is in step with the server: resolves when what had come before was taken in. */
  onReady(session: Session): Promise<void>;
  onMessage(message: Message): void;
  onEdit(message: Message, body: string): void;
  onAck(message: Message, ack: number): void;
  onReaction(reaction: Reaction): void;
  onCall(call: Call): void;
  /**
   * A heartbeat came back: the page answers. `provenAt` is when something last came through it from the server, absent where that is too
   * long ago; `state` is the page's word for its line.
   */
  onHeartbeat(beat: { readonly state: string; readonly provenAt: Date | undefined }): void;
}

export interface SessionParts {
  /** Folder of the profile: whoever has it has the paired device. */
  readonly folder: string;
  readonly browserArguments: readonly string[];
  readonly heartbeatMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: SessionEvents;
  /** A start that shows neither a QR code nor a connection for so long, in milliseconds, is given up. */
  readonly longestStartMs?: number;
}

/** What the library's client gives no answer to within it is taken for dead. */
const longestCallMs = 15_000;
const usualStartMs = 90_000;
/** How long the library may take to notice that the page is in step, in milliseconds. */
const patienceMs = 2_000;
/** Without an event from the server it is asked something after so many heartbeats, or so many milliseconds, whichever is sooner. */
const beatsToQuestion = 4;
const longestUnaskedMs = 30_000;
/** Heartbeats in a row that fail, or find the line broken, after which another browser is tried. */
const beatsToGiveUp = { failed: 3, unproven: 30 } as const;
/** What the page's listener is told by WhatsApp's own end of the link; any other word is a line that trying again may mend. */
const endsOfLink: Readonly<Record<string, SessionEnd['why']>> = {
  ...{ CONFLICT: 'conflict', LOGOUT: 'logged-out', UNPAIRED: 'logged-out', UNPAIRED_IDLE: 'logged-out' },
  ...{ TOS_BLOCK: 'refused', SMB_TOS_BLOCK: 'refused', PROXYBLOCK: 'refused', DEPRECATED_VERSION: 'refused' },
};

export interface Session {
  readonly client: Client;
  readonly me: () => { readonly id: string; readonly name: string } | undefined;
  /** True from "ready" to the end. */
  readonly isReady: () => boolean;
  /** Bounds a call to the page; one that gives no answer ends the session. @throws TooLate, or what the library throws */
  ask<T>(work: Promise<T>, ms?: number): Promise<T>;
  readonly ended: Promise<SessionEnd>;
  /** Ends it from our side. */
  end(end: SessionEnd): void;
  /** Ends the browser, whatever state it is in. */
  close(): Promise<void>;
}

export const openSession = (parts: SessionParts): Session => {
  const { folder, browserArguments, heartbeatMs, clock, logger, events, longestStartMs = usualStartMs } = parts;
  const profile = join(folder, 'session');
  const client = new wweb.Client({
    authStrategy: new wweb.LocalAuth({ dataPath: folder }),
    webVersionCache: { type: 'none' },
    puppeteer: { executablePath: findChromium(), headless: true, args: [...quietArguments(), ...browserArguments] },
  });
  let finish: (end: SessionEnd) => void = () => undefined;
  const ended = new Promise<SessionEnd>((resolve) => {
    finish = resolve;
  });
  let over = false;
  let ready = false;
  let marked: Promise<void> = Promise.resolve();
  /** Something came from the server then. */
  let heardAt = clock.now().getTime();
  let progressAt = heardAt;
  const now = (): number => clock.now().getTime();
  const end = (how: SessionEnd): void => {
    over = true;
    finish(how);
  };
  const heard = (): void => {
    heardAt = now();
    progressAt = heardAt;
  };

  const ask = async <T>(work: Promise<T>, ms = longestCallMs): Promise<T> => {
    try {
      return await inTime(work, ms, 'The page gave no answer.');
    } catch (error) {
      if (error instanceof TooLate) end({ why: 'no-answer', detail: `the page gave no answer in ${ms / 1_000} s` });
      throw error;
    }
  };
  /** A throw in a listener is swallowed by the library: ours say what they threw. */
  const on = (event: string, listener: (...given: never[]) => void): void => {
    client.on(event, (...given: unknown[]) => {
      if (over) return;
      try {
        listener(...(given as never[]));
      } catch (error) {
        logger.error({ err: error, event }, 'A listener of the WhatsApp session failed.');
      }
    });
  };

  on('qr', (code: string) => {
    heard();
    events.onQr(code);
  });
  on('code', (code: string) => {
    heard();
    events.onPairingCode(code);
  });
  on('loading_screen', heard);
  on('authenticated', heard);
  on('ready', () => {
    heard();
    if (ready) return end(loadedAnew);
    ready = true;
    marked = ask(client.pupPage?.evaluate(markPage) ?? Promise.resolve());
    events.onReady(session).catch((error: Error) => {
      end({ why: 'no-answer', detail: `what came meanwhile could not be read: ${error.message}` });
    });
  });
  on('message_create', (message: Message) => {
    // Own words are shown by the page before the server knows of them.
    if (!message.fromMe) heard();
    events.onMessage(message);
  });
  on('message_edit', (message: Message, body: string) => {
    heard();
    events.onEdit(message, body);
  });
  on('message_ack', (message: Message, ack: number) => {
    if (ack >= withServer) heard();
    events.onAck(message, ack);
  });
  on('message_reaction', (reaction: Reaction) => {
    heard();
    events.onReaction(reaction);
  });
  on('call', (call: Call) => {
    heard();
    events.onCall(call);
  });
  on('auth_failure', (reason: string) => end({ why: 'logged-out', detail: String(reason) }));
  on('disconnected', (reason: string) => end({ why: endsOfLink[reason] ?? 'no-answer', detail: String(reason) }));

  const watchDeath = (): void => {
    client.pupBrowser?.on('disconnected', () => end({ why: 'browser-gone', detail: 'the browser ended' }));
    client.pupPage?.on('error', (error: Error) => end({ why: 'page-crashed', detail: error.message }));
    client.pupPage?.on('close', () => end({ why: 'page-crashed', detail: 'the page was closed' }));
    client.pupPage?.on('framenavigated', () => void (ready && isListening().catch(() => undefined)));
  };
  const start = async (): Promise<void> => {
    try {
      await client.initialize();
      watchDeath();
    } catch (error) {
      end({
        why: 'not-started',
        detail: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      });
    }
  };
  let inStepSince: number | undefined;
  /**
   * A restored session that is in step before the library listens never becomes ready by itself. Not before a while, and not often: told
   * twice at once, the library would listen twice.
   */
  const nudge = async (): Promise<void> => {
    const inStep = await ask(client.pupPage?.evaluate(isInStep) ?? Promise.resolve(false));
    if (!inStep) inStepSince = undefined;
    else if (inStepSince === undefined) inStepSince = now();
    else if (now() - inStepSince > patienceMs && !ready) {
      inStepSince = now() + longestCallMs;
      logger.warn('The WhatsApp page is in step and the library has not noticed; it is told.');
      await ask(client.pupPage?.evaluate(tellInStep) ?? Promise.resolve());
    }
  };
  /** A page that loaded itself anew looks connected and tells nobody of anything: the mark that "ready" left is gone with the listeners. */
  const isListening = async (): Promise<void> => {
    await marked;
    if (!(await ask(client.pupPage?.evaluate(isMarked) ?? Promise.resolve(false)))) end(loadedAnew);
  };
  const waitForReady = async (): Promise<void> => {
    if (now() - progressAt > longestStartMs) end({ why: 'not-started', detail: 'neither a QR code nor a connection' });
    // Before the page has its modules there is nothing to ask.
    await nudge().catch(() => undefined);
  };
  let unproven = 0;
  const beat = async (): Promise<void> => {
    await isListening();
    const state = String(await ask(client.getState()));
    const own = client.info?.wid.user;
    const isFresh = (): boolean => now() - heardAt < Math.min(beatsToQuestion * heartbeatMs, longestUnaskedMs);
    if (!isFresh() && own && state === 'CONNECTED') {
      await ask(client.getNumberId(own));
      heard();
    }
    const isProven = state === 'CONNECTED' && isFresh();
    unproven = isProven ? 0 : unproven + 1;
    if (unproven >= beatsToGiveUp.unproven) end({ why: 'no-answer', detail: `the line stays ${state}` });
    if (!over) events.onHeartbeat({ state, provenAt: isProven ? new Date(heardAt) : undefined });
  };
  let failed = 0;
  const beatCame = (): void => {
    failed = 0;
  };
  const beatFailed = (error: Error): void => {
    failed += 1;
    logger.debug({ err: error, failed }, 'A heartbeat failed.');
    const [detail = ''] = error.message.split('\n');
    if (failed >= beatsToGiveUp.failed) end({ why: 'no-answer', detail: `the page cannot be asked: ${detail}` });
  };
  const watch = async (): Promise<void> => {
    while (!over) {
      await pause(ready ? heartbeatMs : Math.min(500, heartbeatMs));
      if (over || !client.pupPage) continue;
      if (!ready) await waitForReady();
      else await beat().then(beatCame, beatFailed);
    }
  };

  const session: Session = {
    client,
    me: () => (client.info ? { id: client.info.wid._serialized, name: client.info.pushname } : undefined),
    isReady: () => ready && !over,
    ask,
    ended,
    end,
    async close() {
      end({ why: 'closed', detail: 'closed' });
      await inTime(client.destroy(), 5_000, 'The browser did not close.').catch(() => undefined);
      await endBrowsersOver(profile);
    },
  };
  void start();
  void watch();
  return session;
};

const loadedAnew: SessionEnd = { why: 'page-crashed', detail: 'the page was loaded anew' };

/** In the page. */
const markPage = (): void => {
  (globalThis as unknown as PageOfLibrary).listenedTo = true;
};
const isMarked = (): boolean => (globalThis as unknown as PageOfLibrary).listenedTo === true;
const isInStep = (): boolean => (globalThis as unknown as PageOfLibrary).require('WAWebSocketModel').Socket.hasSynced;
const tellInStep = (): void => (globalThis as unknown as PageOfLibrary).onAppStateHasSyncedEvent?.();
interface PageOfLibrary {
  require(name: 'WAWebSocketModel'): { readonly Socket: { readonly hasSynced: boolean } };
  onAppStateHasSyncedEvent?(): void;
  listenedTo?: boolean;
}
