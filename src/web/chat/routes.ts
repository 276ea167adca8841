/** The chat's addresses: the page, what a browser posts, and its live stream. */
import { randomBytes, randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { h } from 'preact';
import type { Clocks } from '../../clock.js';
import type { TextValues } from '../../i18n.js';
import type { Changes } from '../../store/changes.js';
import type { Store } from '../../store/store.js';
import type { WebChat } from '../../transport/web-chat.js';
import { renderPage } from '../layout.js';
import { type KeptFile, sendFile } from '../send-file.js';
import type { WebTexts } from '../texts.js';
import { renderBubble, type Wording } from './bubble.js';
import { createFloodLimit } from './flood-limit.js';
import { createHistory, externalIdOf } from './history.js';
import { contentOf, parsePosted, parseSeen, type Refusal } from './incoming.js';
import { ChatPage, type Refused } from './page.js';
import { keepLanguage, knownBrowser, pageLanguage, recogniseBrowser } from './session.js';
import { createChatStreams } from './streams.js';

const shownOnPage = 100;
/** What the page shows of each side when the resident asks for older messages. */
const shownWithOlder = 5000;

export interface ChatRoutesOptions {
  readonly transport: WebChat;
  readonly store: Pick<Store, 'contacts' | 'messages' | 'webMessages'>;
  readonly changes: Changes;
  readonly texts: WebTexts;
  readonly clocks: Clocks;
  readonly logger: Logger;
  /** The file that a specialist sent; null where it is kept no more. Absent where none are sent. */
  readonly openFile?: (id: string) => Promise<KeptFile | null>;
}
/** A router to be mounted at /chat, with the end of its live streams. */
export type ChatRoutes = Router & { stopStreams(): void };

const statusOf: Record<Refusal, number> = {
  'errors.form': 400,
  'errors.empty': 400,
  'errors.tooLong': 422,
  'errors.location': 422,
  'errors.choiceGone': 422,
};
/** True where a page of another site made the browser post: a resident speaks only from our own page. */
const fromElsewhere = (request: Request): boolean => request.get('sec-fetch-site') === 'cross-site';

export const createChatRoutes = ({
  transport,
  store,
  changes,
  texts,
  clocks,
  logger,
  openFile = async () => null,
}: ChatRoutesOptions): ChatRoutes => {
  const history = createHistory(store);
  const streams = createChatStreams({ changes, history, clock: clocks.real });
  const flood = createFloodLimit(clocks.real);
  const newSecret = () => randomBytes(16).toString('hex');
  const wordingOf = (request: Request): Wording => ({ language: pageLanguage(request), texts });

  const sendPage = async (request: Request, response: Response, aliasId: string, refused?: Refused): Promise<void> => {
    const now = clocks.real.now();
    const chat = await history.latest(aliasId, 'older' in request.query ? shownWithOlder : shownOnPage, now);
    const props = { ...wordingOf(request), chat, now, mark: now.getTime(), nextId: randomUUID() };
    response.type('html').set('Cache-Control', 'no-store');
    response.send(renderPage(h(ChatPage, refused ? { ...props, refused } : props)));
  };

  const page = async (request: Request, response: Response): Promise<void> => {
    const aliasId = recogniseBrowser(request, response, newSecret);
    keepLanguage(request, response);
    await sendPage(request, response, aliasId);
  };

  const post = async (request: Request, response: Response): Promise<void> => {
    const wording = wordingOf(request);
    const wantsJson = Boolean(request.is('json'));
    const typed = (name: string): string => (typeof request.body?.[name] === 'string' ? request.body[name] : '');
    const refuse = async (status: number, key: string, aliasId: string, values: TextValues = {}): Promise<void> => {
      const sentence = texts(wording.language, `chat:${key}`, values);
      response.status(status);
      if (wantsJson) response.json({ error: sentence });
      else await sendPage(request, response, aliasId, { sentence, text: typed('text'), location: typed('location') });
    };
    const aliasId = recogniseBrowser(request, response, newSecret);
    if (fromElsewhere(request)) return refuse(403, 'errors.elsewhere', aliasId);
    const wait = flood.take(aliasId, request.ip ?? 'unknown');
    if (wait > 0) {
      response.set('Retry-After', String(wait));
      return refuse(429, 'errors.tooMany', aliasId, { count: wait });
    }
    const posted = parsePosted(request.body);
    if (!posted) return refuse(400, 'errors.form', aliasId);
    const content = await contentOf(posted, (choiceId) => history.choiceTitle(aliasId, choiceId));
    if (typeof content === 'string') return refuse(statusOf[content], content, aliasId);

    const clientId = posted.clientId ?? randomUUID();
    try {
      await transport.receive({
        externalId: externalIdOf(aliasId, clientId),
        from: [{ channel: 'web', id: aliasId }],
        content,
        sentAt: clocks.real.now(),
        interfaceLanguage: posted.lang ?? wording.language,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : 'unknown';
      logger.error({ error: message }, 'A web message could not be stored; its sender was told and keeps it.');
      return refuse(503, 'errors.notStored', aliasId);
    }
    if (!wantsJson) return response.redirect(303, '/chat');
    const entry = await history.find(aliasId, clientId);
    response.json({ clientId, ...(entry ? { key: entry.key, html: renderBubble(entry, wording) } : {}) });
  };

  const events = async (request: Request, response: Response): Promise<void> => {
    const aliasId = knownBrowser(request);
    if (!aliasId) {
      response.status(403).json({ error: texts(pageLanguage(request), 'chat:errors.noSession') });
      return;
    }
    const mark = Number(request.get('last-event-id') ?? request.query.after);
    const from = Number.isSafeInteger(mark) && mark > 0 ? new Date(mark) : new Date(0);
    await streams.open({ aliasId, response, wording: wordingOf(request), from });
  };

  /** The resident saw our messages: specialists see that they were read. */
  const seen = async (request: Request, response: Response): Promise<void> => {
    const aliasId = knownBrowser(request);
    const ids = parseSeen(request.body);
    if (!aliasId || !ids || fromElsewhere(request)) {
      response.status(aliasId && !ids ? 400 : 403).json({ error: texts(pageLanguage(request), 'chat:errors.form') });
      return;
    }
    const at = clocks.real.now();
    for (const externalId of await history.sentHere(aliasId, ids))
      await transport.seen({ externalId, state: 'read', at });
    response.status(204).end();
  };

  /** Only the browser that it was sent to gets a file. */
  const file = async (request: Request, response: Response): Promise<void> => {
    const aliasId = knownBrowser(request);
    const { id } = request.params;
    const isTheirs = aliasId !== null && typeof id === 'string' && (await store.webMessages.hasFile(aliasId, id));
    const opened = isTheirs ? await openFile(id) : null;
    if (opened) sendFile(response, opened);
    else
      response
        .status(404)
        .type('text')
        .send(texts(pageLanguage(request), 'chat:errors.noFile'));
  };

  const router = express.Router();
  router.get('/', page);
  router.get('/messages', (_request, response) => response.redirect(303, '/chat'));
  router.post('/messages', post);
  router.post('/seen', seen);
  router.get('/events', events);
  router.get('/files/:id', file);
  return Object.assign(router, { stopStreams: () => streams.close() });
};
