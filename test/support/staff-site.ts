/** The staff pages served over a database of their own, with the starter content and one member of staff for each role. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createCore } from '../../src/core.js';
import { loadStarterContent } from '../../src/facts/content/starter-content.js';
import { createSealedFiles } from '../../src/facts/lists/sealed-files.js';
import { starterQueues as queues } from '../../src/facts/queues/starter-routes.js';
import { createInbox } from '../../src/facts/tickets/inbox.js';
import { createOpenTickets } from '../../src/facts/tickets/open-tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import type { Language } from '../../src/language.js';
import { silentLogger } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import { watchChanges } from '../../src/store/changes.js';
import { openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { createWebChat } from '../../src/transport/web-chat.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import { createChatRoutes } from '../../src/web/chat/routes.js';
import { createIdentity } from '../../src/web/identity/identity.js';
import { type Role, roles } from '../../src/web/identity/roles.js';
import { createServer } from '../../src/web/server.js';
import { longestForm } from '../../src/web/staff/forms.js';
import { createStaffRoutes } from '../../src/web/staff/staff-routes.js';
import { createTestDatabase } from './engine.js';
import { testSecrets } from './service.js';

const password = 'long-enough-password';

export interface StaffSiteOptions {
  readonly signInsPerMinute?: number;
  /** How often an open stream looks whether its session still stands. */
  readonly sessionCheckMs?: number;
  /** Residents write on /chat, and are answered: intake, worker and sender run too. */
  readonly withChat?: boolean;
}
export interface StaffPageOptions {
  readonly language?: Language;
  readonly width?: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
}

export const startStaffSite = async (options: StaffSiteOptions = {}) => {
  const { signInsPerMinute = 1000, sessionCheckMs, withChat = false } = options;
  const testDatabase = await createTestDatabase();
  const connection = await openDatabase(testDatabase.uri);
  const store = createStore(connection);
  await store.migrate();
  await loadStarterContent({ store, clocks: systemClocks, secret: testSecrets.lists });
  const changes = await watchChanges(connection, silentLogger);
  const identity = createIdentity({
    connection,
    secret: testSecrets.session,
    baseUrl: 'http://127.0.0.1:1',
    signInsPerMinute,
  });
  for (const role of roles) {
    const { id } = await identity.createStaff({ email: `${role}@test.kz`, name: `Test ${role}`, role, password });
    // The specialist answers everywhere, so that a test's ticket may stand in any queue.
    if (role === 'specialist') await store.queues.assign(id, queues, { changedBy: 'test', changedAt: new Date() });
  }
  const texts = loadTexts(projectRoot);
  const config = readConfig({ WAIT_AFTER_LAST_MS: '150', WAIT_AT_MOST_MS: '600' });
  const webChat = createWebChat({ store, clocks: systemClocks, newId: randomUUID });
  const core = await createCore({
    config,
    modelFolder: modelFolderOfSources(config.dataDir),
    logger: silentLogger,
    clocks: systemClocks,
    secrets: testSecrets,
    store,
    transports: [webChat],
    texts,
    phrases: await loadPhrases(join(projectRoot, 'content/phrases')),
  });
  core.index.follow(changes);
  const { articles, lexicon } = core;
  const uploads = await mkdtemp(join(tmpdir(), 'naqty-uploads-'));
  const sealedFiles = createSealedFiles({ folder: uploads, now: Date.now, newId: randomUUID, largest: 2_000_000 });
  const open = await createOpenTickets(store, changes, () => undefined);
  const routes = createStaffRoutes({
    identity,
    tickets: core.tickets,
    inbox: createInbox({ store, open, clocks: systemClocks }),
    queues: core.queues,
    emptyHidden: core.emptyHidden,
    canned: core.canned,
    corrections: core.corrections,
    suggestions: core.suggestions,
    replyWarnings: core.replyWarnings,
    articles,
    audit: core.audit,
    checkpoints: core.checkpoints,
    eligibility: core.eligibility,
    files: core.files,
    outgoingFiles: core.outgoingFiles,
    sealedIins: core.sealedIins,
    lists: core.lists,
    programmes: core.programmes,
    sealedFiles,
    lexicon,
    tryQuestion: core.tryQuestion,
    tryLexicon: core.tryLexicon,
    store,
    servesWhatsAppWeb: true,
    changes,
    texts,
    clocks: systemClocks,
    logger: silentLogger,
    ...(sessionCheckMs === undefined ? {} : { sessionCheckMs }),
  });
  const chat = createChatRoutes({
    transport: webChat,
    store,
    changes,
    texts,
    clocks: systemClocks,
    logger: silentLogger,
    openFile: core.outgoingFiles.open,
  });
  if (withChat) {
    await webChat.start(core.handlers);
    core.senders.start(changes);
    core.worker.start(changes);
  }
  const server = createServer({
    home: '/staff',
    routers: [{ path: '/staff', router: routes, longestForm }, ...(withChat ? [{ path: '/chat', router: chat }] : [])],
    config: { host: '127.0.0.1', port: 0, root: projectRoot },
    logger: silentLogger,
    texts,
    ready: {},
    stopStreams: () => {
      routes.stopStreams();
      chat.stopStreams();
    },
  });
  const { url } = await server.start();

  /** Posts a form as a browser without a page does; a redirect is an answer like any other. */
  const post = (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, ...headers },
      body: new URLSearchParams(form),
    });
  const trySignIn = (role: Role, typed = password, language: Language = 'ru') =>
    post('/staff/sign-in', { email: `${role}@test.kz`, password: typed }, { 'accept-language': language });
  /** Signs in and gives the cookie of that session. */
  const signIn = async (role: Role): Promise<string> => {
    const response = await trySignIn(role);
    if (response.status !== 303) throw new Error(`${role} could not sign in: ${response.status}.`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };
  return {
    url,
    store,
    connection,
    identity,
    articles,
    audit: core.audit,
    lexicon,
    lists: core.lists,
    uploads,
    queues: core.queues,
    open,
    routes,
    texts,
    password,
    post,
    trySignIn,
    signIn,
    /** A browser of its own; without a role, of somebody who is not signed in. */
    async page(browser: Browser, role: Role | null, options: StaffPageOptions = {}): Promise<Page> {
      const { language = 'ru', width = 390, dark = false, javaScript = true } = options;
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setViewport({ width, height: 844 });
      await page.setJavaScriptEnabled(javaScript);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
      await page.setExtraHTTPHeaders({ 'accept-language': language });
      const pairs = role ? (await signIn(role)).split('; ').map((pair) => pair.split('=')) : [];
      await page.setCookie(...pairs.map(([name = '', value = '']) => ({ name, value, url })));
      return page;
    },
    async stop(): Promise<void> {
      await server.close();
      if (withChat) {
        await core.worker.stop();
        await core.senders.stop();
        await webChat.stop();
      }
      await changes.close();
      await connection.close();
      await testDatabase.drop();
      await rm(uploads, { recursive: true, force: true });
    },
  };
};
export type StaffSite = Awaited<ReturnType<typeof startStaffSite>>;
