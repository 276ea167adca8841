/** The inbox under load: so many new tickets a second while so many pages are open; none may be missed, and how long each is on its way. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createApp } from '../app.js';
import { systemClocks } from '../clock.js';
import { readConfig } from '../config.js';
import { withTemporaryEngine } from '../engine/temporary.js';
import { modelFolderOfSources } from '../kept-models.js';
import { silentLogger } from '../log.js';
import { generateSecrets } from '../secrets.js';
import { openDatabase } from '../store/connect.js';
import { createStore, type Store } from '../store/store.js';
import { type Latencies, summary } from './bench-path.js';

export interface InboxOrder {
  readonly perSecond: number;
  readonly seconds: number;
  readonly pages: number;
}
export interface InboxResult {
  /** From a ticket's commit to each page that shows it counted: one time for each ticket and page. */
  readonly commitToPage: Latencies;
  readonly tickets: number;
  readonly pages: number;
  /** Tickets that some page did not come to show. */
  readonly lost: number;
  /** Tickets committed a second, as it came out. */
  readonly committedPerSecond: number;
  readonly pagesFetched: number;
}
/** The measurement as people read it: what was asked for, what came of it, and how long a ticket was on its way to each page. */
export const inboxText = (order: InboxOrder, result: InboxResult): string => {
  const { p50Ms, p95Ms, p99Ms, messages } = result.commitToPage;
  const rows: readonly (readonly [string, string | number])[] = [
    ['tickets', `${result.tickets} (${order.perSecond} a second for ${order.seconds} s)`],
    ['committed a second', result.committedPerSecond],
    ['open pages', result.pages],
    ['pages fetched', result.pagesFetched],
    ['tickets × pages seen', messages],
    ['lost', result.lost],
    ['commit to page, p50', `${p50Ms} ms`],
    ['commit to page, p95', `${p95Ms} ms`],
    ['commit to page, p99', `${p99Ms} ms`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(22)}${value}`).join('\n');
};
/** As staff.js rests from the end of one fetch to the next. */
const restMs = 700;
const patienceMs = 60_000;

/** One open page: its event stream, and itself fetched anew whenever that tells of something. Like a browser it goes on after a fetch that failed. */
const openPage = (url: string, cookie: string, shows: (count: number) => void) => {
  const stop = new AbortController();
  const asked = { headers: { cookie }, signal: stop.signal };
  let fetched = 0;
  let wanted = true;
  const untilStopped = async (work: () => Promise<void>): Promise<void> => {
    while (!stop.signal.aborted) await work().catch(() => setTimeout(restMs));
  };
  const look = async (): Promise<void> => {
    if (!wanted) return setTimeout(10);
    wanted = false;
    try {
      const page = await (await fetch(`${url}/staff/inbox`, asked)).text();
      fetched += 1;
      shows(Number(/data-waiting="(\d+)"/.exec(page)?.[1] ?? 0));
    } catch (error) {
      wanted = true;
      throw error;
    }
    await setTimeout(restMs);
  };
  const listen = async (): Promise<void> => {
    const stream = await fetch(`${url}/staff/events`, asked);
    for await (const _ of stream.body ?? []) wanted = true;
  };
  const ended = Promise.all([untilStopped(look), untilStopped(listen)]);
  return {
    fetched: () => fetched,
    async close(): Promise<void> {
      stop.abort();
      await ended;
    },
  };
};

const signIn = async (url: string, account: { readonly email: string; readonly password: string }): Promise<string> => {
  const response = await fetch(`${url}/staff/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams(account),
  });
  if (response.status !== 303) throw new Error(`The first account could not sign in: ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};

/** A waiting ticket with its conversation and message, as a turn leaves it. */
const commitTicket = async (store: Store): Promise<void> => {
  const [conversationId, messageId, ticketId] = [randomUUID(), randomUUID(), randomUUID()];
  const now = new Date();
  await store.transaction(async (session) => {
    const address = { channel: 'web', id: conversationId } as const;
    const { inboundSeq: seq } = await store.conversations.expectMessage(session, conversationId, address, now);
    await store.messages.insert(session, {
      ...{ _id: messageId, conversationId, channel: 'web', externalId: messageId, seq, text: 'Су жоқ', kind: 'text' },
      ...{ iins: [], sentAt: now, receivedAt: now, settledAt: now, outcome: { kind: 'ticket', ticketId } },
    });
    await store.tickets.insert(session, {
      ...{ _id: ticketId, receipt: `K-${ticketId.slice(0, 8)}`, conversationId, queue: 'utilities', urgent: false },
      ...{ reason: 'no-answer', language: 'kk', status: 'waiting', messages: [messageId], createdAt: now, version: 0 },
      ...{ waitingSince: now, lastMessageAt: now },
    });
  });
};

/** Serves the pages over an empty throw-away database. */
export const benchInbox = ({ perSecond, seconds, pages }: InboxOrder): Promise<InboxResult> =>
  withTemporaryEngine(async (uri) => {
    const connection = await openDatabase(uri);
    const config = readConfig({ PORT: '0', ROLES: 'web' });
    const parts = { config, logger: silentLogger, clocks: systemClocks, connection, secrets: generateSecrets() };
    const app = await createApp({ ...parts, modelFolder: modelFolderOfSources(config.dataDir) });
    const { url } = await app.start();
    if (url === null || !app.firstAdmin) throw new Error('The pages are not served.');
    const store = createStore(connection);
    const cookie = await signIn(url, app.firstAdmin);
    const total = perSecond * seconds;
    const committed: number[] = [];
    const times: number[] = [];
    const shown: number[] = Array(pages).fill(0);
    const open = shown.map((_, place) =>
      openPage(url, cookie, (count) => {
        // A page may know of a commit before its writer does.
        const now = performance.now();
        for (let ticket = shown[place] ?? 0; ticket < count; ticket += 1)
          times.push(Math.max(0, now - (committed[ticket] ?? now)));
        shown[place] = Math.max(shown[place] ?? 0, count);
      }),
    );
    const started = performance.now();
    const writing: Promise<void>[] = [];
    for (let ticket = 0; ticket < total; ticket += 1) {
      await setTimeout(Math.max(0, started + (ticket * 1000) / perSecond - performance.now()));
      writing.push(commitTicket(store).then(() => void committed.push(performance.now())));
    }
    await Promise.all(writing);
    const committedPerSecond = Math.round((total / (performance.now() - started)) * 1000);
    const until = performance.now() + patienceMs;
    while (shown.some((count) => count < total) && performance.now() < until) await setTimeout(50);
    const pagesFetched = open.reduce((sum, page) => sum + page.fetched(), 0);
    await Promise.all(open.map((page) => page.close()));
    await app.stop();
    await connection.close();
    const lost = total - Math.min(...shown);
    const commitToPage = summary(times, performance.now() - started);
    return { commitToPage, tickets: total, pages, lost, committedPerSecond, pagesFetched };
  });
