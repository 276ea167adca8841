/** The only way out: one sender for each channel, ordered per resident, with a designed answer to a crash between sending and recording. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import { inTime } from '../in-time.js';
import type { AtStep } from '../steps.js';
import type { Changes } from '../store/changes.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import type { SendResult, Transport } from '../transport/contract.js';

export interface SenderParts {
  readonly store: Store;
  readonly transport: Transport;
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly at: AtStep;
  /** How long the channel's lease is taken for, in milliseconds: another process takes over within it after a death. */
  readonly leaseMs: number;
}

/** A send that gives no answer for so long is looked up instead. */
const sendTimeoutMs = 30_000;
/** What the channel cannot tell after so long goes to staff. */
export const uncertainAfterMs = 60_000;
/** Longest round of one conversation: what hangs in the database is given up and looked at again. */
const roundMs = 120_000;
const mostAttempts = 8;
const backoffMs = (attempts: number): number => Math.min(2 ** attempts * 1_000, 300_000);

export type Sender = ReturnType<typeof createSender>;

export const createSender = ({ store, transport, clocks, logger, newId, at, leaseMs }: SenderParts) => {
  const { channel } = transport;
  const owner = newId();
  const tickMs = Math.min(1_000, leaseMs / 5);
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let token: number | null = null;
  /** Real time of the last look that reached the database; 0 before the first. */
  let lookedAt = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  const unsubscribe: (() => void)[] = [];
  const answered = <T>(work: Promise<T>): Promise<T> =>
    inTime(work, sendTimeoutMs, `The channel gave no answer in ${sendTimeoutMs / 1000} s.`);

  /** Sends what is due in the conversation, oldest first, if this process is the channel's sender. */
  const wake = (conversationId: string): void => {
    if (stopping || token === null) return;
    if (running.has(conversationId)) {
      again.add(conversationId);
      return;
    }
    const round = inTime(drain(conversationId), roundMs, 'A round of sending took too long and is given up.')
      .catch((error: Error) =>
        logger.warn({ error: error.message }, 'Sending stopped for a conversation; the sweep tries again.'),
      )
      .finally(() => {
        running.delete(conversationId);
        if (again.delete(conversationId)) wake(conversationId);
      });
    running.set(conversationId, round);
  };

  const drain = async (conversationId: string): Promise<void> => {
    while (token !== null && !stopping) {
      const row = await store.outbox.next(conversationId);
      if (row?.address.channel !== channel || row.status !== 'queued' || row.nextAttemptAt > clocks.real.now()) return;
      if (!(await sendRow(row, token))) return;
    }
  };

  /** True when the row came to an end, so that the resident's next one may go. */
  const sendRow = async (row: OutboxDocument, senderToken: number): Promise<boolean> => {
    const marked = {
      status: 'sending',
      senderToken,
      sendingSince: clocks.real.now(),
      attempts: row.attempts + 1,
    } as const;
    if (!(await store.outbox.move(row._id, { status: 'queued' }, marked))) return false;
    at('send:marked');
    const { _id: id, text, choices, asksLocation } = row;
    let result: SendResult;
    try {
      result = await answered(transport.send(row.address, { id, text, choices, asksLocation }));
    } catch (error) {
      // Nobody knows whether it left: the row becomes one to look up, never one to repeat.
      await store.outbox.move(
        id,
        { status: 'sending', senderToken },
        { senderToken: -1, error: (error as Error).message },
      );
      await resolveInterrupted({ ...row, ...marked, senderToken: -1 });
      return false;
    }
    at('send:accepted');
    const ended = await record(row, senderToken, result);
    at('send:recorded');
    return ended;
  };

  const record = async (row: OutboxDocument, senderToken: number, result: SendResult): Promise<boolean> => {
    const now = clocks.real.now();
    const from = { status: 'sending', senderToken } as const;
    if (result.kind === 'accepted') {
      await store.outbox.move(row._id, from, { status: 'sent', sentAt: now, externalId: result.externalId });
      return true;
    }
    const attempts = row.attempts + 1;
    if (result.kind === 'retry' && attempts < mostAttempts) {
      const nextAttemptAt = new Date(now.getTime() + Math.max(backoffMs(attempts), result.afterMs ?? 0));
      await store.outbox.move(row._id, from, { status: 'queued', nextAttemptAt, error: result.error });
      return false;
    }
    logger.error(
      { outbox: row._id, error: result.error },
      'A message could not be sent and is given up: see /staff/undelivered.',
    );
    await store.outbox.move(row._id, from, { status: 'failed', error: result.error });
    return true;
  };

  /** A row found in `sending` is looked up in the channel before anything else happens to it. */
  const resolveInterrupted = async (row: OutboxDocument): Promise<void> => {
    const now = clocks.real.now();
    const found = await answered(transport.lookup(row.address, row._id)).catch(() => ({ kind: 'unknown' }) as const);
    const from = { status: 'sending', senderToken: row.senderToken ?? -1 } as const;
    if (found.kind === 'sent') {
      await store.outbox.move(row._id, from, { status: 'sent', sentAt: now, externalId: found.externalId });
    } else if (found.kind === 'not-sent') {
      await store.outbox.move(row._id, from, { status: 'queued', nextAttemptAt: now });
    } else if (now.getTime() - (row.sendingSince ?? row.createdAt).getTime() > uncertainAfterMs) {
      logger.error(
        { outbox: row._id },
        'Nobody knows whether a message was sent; a person has to look: see /staff/undelivered.',
      );
      await store.outbox.move(row._id, from, { status: 'uncertain' });
    } else {
      return;
    }
    wake(row.conversationId);
  };

  const tick = async (): Promise<void> => {
    token = await store.leases.hold(`sender:${channel}`, owner, leaseMs);
    lookedAt = clocks.real.now().getTime();
    if (token === null || stopping) return;
    for (const row of await store.outbox.interrupted(channel, token, 100)) await resolveInterrupted(row);
    for (const id of await store.outbox.dueConversations(channel, clocks.real.now(), 500)) wake(id);
  };

  let ticking: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    if (stopping) return;
    ticking = tick()
      .catch((error: Error) =>
        logger.warn({ error: error.message }, 'The sender could not look for work; it tries again.'),
      )
      .finally(() => {
        if (!stopping) timer = setTimeout(schedule, tickMs);
      });
  };

  return {
    wake,
    /** Milliseconds since it last looked for work, as the channel's sender or waiting to become it. */
    idleMs: (): number => clocks.real.now().getTime() - lookedAt,
    start(changes: Changes): void {
      unsubscribe.push(
        changes.on('outbox', ({ document }) => {
          if (document?.status === 'queued' && typeof document.conversationId === 'string')
            wake(document.conversationId);
        }),
      );
      schedule();
    },
    /** Finishes the sends that run and gives the lease back. */
    async stop(): Promise<void> {
      stopping = true;
      clearTimeout(timer);
      for (const end of unsubscribe) end();
      await Promise.allSettled([ticking, ...running.values()]);
      await store.leases.giveBack(`sender:${channel}`, owner).catch(() => undefined);
    },
  };
};
