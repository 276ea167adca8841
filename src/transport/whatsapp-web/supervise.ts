/** Keeps one session alive for as long as this process owns it: opens it, sees it end, waits, opens the next one; it never gives up. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/store.js';
import { createSweep } from '../../sweep.js';
import { endBrowsersOver } from './chromium.js';
import type { LinkRecord } from './link-record.js';
import type { Session, SessionEnd } from './session.js';

/**
 * In milliseconds: a dead owner's session is another's after `leaseMs` and a look for it, well within 30 s. A look at the database that
 * hangs is given up so early that the next one still renews the lease: one call without an answer must not cost a living owner its session.
 */
const ownership = { leaseMs: 15_000, everyMs: 3_000, longestMs: 4_000 } as const;
export type OwnershipTimes = Readonly<Record<keyof typeof ownership, number>>;
const longestBackoffMs = 60_000;
/**
 * Where trying again at once would only make it worse: the account is open in another browser, and would be fought over; or WhatsApp turns
 * the number or this version of the page away.
 */
const personBackoffMs = { conflict: 60_000, refused: 600_000 } as const;
const isForPerson = (why: SessionEnd['why']): why is keyof typeof personBackoffMs => why in personBackoffMs;
/** A session that lived so long was a good one: the next end counts from the start again. */
const goodLifeMs = 120_000;

/** Who looks at the staff's page is told so often that an owner lives. */
const sayEveryMs = 10_000;

export interface SuperviseParts {
  readonly folder: string;
  readonly open: () => Session;
  readonly record: LinkRecord;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly times?: OwnershipTimes;
}

export const supervise = (parts: SuperviseParts) => {
  const { folder, open, record, store, clock, logger, random, times = ownership } = parts;
  const owner = randomUUID();
  const leaseName = 'session:whatsapp-web';
  const stopped = new AbortController();
  let ownedUntil = 0;
  /** When the look began that `ownedUntil` is of: one that was given up may still come to its end after a later one. */
  let askedLast = 0;
  let saidAt = 0;
  let session: Session | undefined;
  const owns = (): boolean => clock.now().getTime() < ownedUntil;
  const wait = (ms: number): Promise<unknown> =>
    pause(ms, undefined, { signal: stopped.signal }).catch(() => undefined);

  const renewal = createSweep({
    async look() {
      const asked = clock.now().getTime();
      const token = await store.leases.hold(leaseName, owner, times.leaseMs);
      if (asked < askedLast) return;
      askedLast = asked;
      ownedUntil = token === null ? 0 : asked + times.leaseMs;
      if (token === null || asked - saidAt < sayEveryMs) return;
      saidAt = asked;
      record.note({ ownedAt: clock.now() });
    },
    everyMs: times.everyMs,
    longestMs: times.longestMs,
    clock,
    onFailure: (error) =>
      logger.warn({ error: error.message }, 'The ownership of the WhatsApp session was not renewed.'),
  });
  /** Two browsers over one account would throw each other out: who does not own it any more lets go at once. */
  const guard = setInterval(() => {
    if (session && !owns()) session.end({ why: 'closed', detail: 'another process owns the session' });
  }, 500);

  const openOnce = async (): Promise<SessionEnd> => {
    const orphans = await endBrowsersOver(join(folder, 'session'));
    if (orphans > 0) logger.warn({ orphans }, 'A browser that a dead process left over the profile was ended.');
    session = open();
    const end = await session.ended;
    await session.close();
    session = undefined;
    return end;
  };
  const fault = (error: unknown): SessionEnd => ({
    why: 'not-started',
    detail: error instanceof Error ? error.message : String(error),
  });
  const live = async (): Promise<void> => {
    let failures = 0;
    while (!stopped.signal.aborted) {
      if (!owns()) {
        await wait(500);
        continue;
      }
      const began = clock.now().getTime();
      if (record.state() !== 'reconnecting' && record.state() !== 'needs-person') await record.is('starting');
      const end = await openOnce().catch(fault);
      if (stopped.signal.aborted || end.why === 'closed') continue;
      failures = clock.now().getTime() - began > goodLifeMs ? 1 : failures + 1;
      logger.warn({ why: end.why, detail: end.detail, failures }, 'The WhatsApp session ended; another one is opened.');
      if (isForPerson(end.why)) await record.is('needs-person', { detail: sentence(end), cause: end.why });
      else await record.is('reconnecting', { detail: sentence(end) });
      // Who was logged out after a good life sees the next QR code within a second.
      const backoff = isForPerson(end.why) ? personBackoffMs[end.why] : Math.min(500 * 2 ** failures, longestBackoffMs);
      await wait(backoff * (0.5 + random() / 2));
    }
  };
  let living: Promise<void> = Promise.resolve();
  return {
    session: (): Session | undefined => (owns() ? session : undefined),
    owns,
    start(): void {
      renewal.start();
      living = live();
    },
    async stop(): Promise<void> {
      stopped.abort();
      clearInterval(guard);
      session?.end({ why: 'closed', detail: 'the service stops' });
      await living;
      await renewal.stop();
      const wasOwner = owns();
      ownedUntil = 0;
      if (wasOwner) await record.is('stopped');
      await record.close();
      await store.leases.giveBack(leaseName, owner).catch(() => undefined);
    },
  };
};

const sentence = ({ why, detail }: SessionEnd): string => `${why}: ${detail}`;
