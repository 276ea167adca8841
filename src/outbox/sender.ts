/** The only way out: one sender for each channel, ordered per resident, with a designed answer to a crash between sending and recording. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import { inTime } from '../in-time.js';
import type { AtStep } from '../steps.js';
import type { Changes } from '../store/changes.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import { createSweep } from '../sweep.js';
import type { Lookup, OutgoingFile, OutgoingMessage, SendResult, Transport } from '../transport/contract.js';
import { costOf, type Rates } from './rates.js';
import { createReplyWindow } from './reply-window.js';
import { nextTry } from './retries.js';
import { shapeReply } from './shape-reply.js';
import { isUnasked, mayLeave } from './unasked.js';

export interface SenderParts {
  readonly store: Store;
  readonly transport: Transport;
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly at: AtStep;
  /** How long the channel's lease is taken for, in milliseconds: another process takes over within it after a death. */
  readonly leaseMs: number;
  /** What messages cost; empty where nobody counts. */
  readonly rates?: Rates;
  /** The file of a row; null where it is kept no more. */
  readonly openFile?: (id: string) => Promise<OutgoingFile | null>;
}

/** A send that gives no answer for so long is looked up instead. */
const sendTimeoutMs = 30_000;
/** What the channel cannot tell after so long goes to staff. */
export const uncertainAfterMs = 60_000;
/** Longest step with one row; what hangs in the database is given up and looked at again. */
const stepMs = 60_000;
/** A row that was marked so long ago is not handed to the channel any more. */
const latestStartMs = 15_000;
/** A row that this sender marked so long ago is in nobody's hand: it was either handed over or given up by then. */
const abandonedAfterMs = latestStartMs + sendTimeoutMs + 15_000;
/** What a dead process handed over may still be on its way: that it was not sent is believed only so long after it was marked. */
const onItsWayMs = 10_000;
/** Rows of one conversation read at once. */
const batch = 20;

export type Sender = ReturnType<typeof createSender>;

export const createSender = (parts: SenderParts) => {
  const { store, transport, clocks, logger, newId, at, leaseMs, rates = {}, openFile = async () => null } = parts;
  const { channel } = transport;
  const owner = newId();
  const window = createReplyWindow({ store, transport, clocks, newId });
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  /** Rows that are being gone through: that they were written is no news. */
  const inHand = new Set<string>();
  /** The channel's lease, valid by this process's clock until a moment before the database's. */
  let lease = { token: -1, until: 0 };
  let stopping = false;
  const unsubscribe: (() => void)[] = [];
  const isFor = (address: unknown): boolean => (address as OutboxDocument['address']).channel === channel;
  const now = (): number => clocks.real.now().getTime();
  const canSend = (): boolean => transport.canSend?.() ?? true;
  const isSender = (): boolean => !stopping && now() < lease.until && canSend();
  const answered = <T>(work: Promise<T>): Promise<T> =>
    inTime(work, sendTimeoutMs, `The channel gave no answer in ${sendTimeoutMs / 1000} s.`);
  const bounded = <T>(work: Promise<T>): Promise<T> =>
    inTime(work, stepMs, 'A step of sending took too long and is given up.');

  /** Sends what is due in the conversation, oldest first, if this process is the channel's sender. */
  const wake = (conversationId: string): void => {
    if (!isSender()) return;
    if (running.has(conversationId)) {
      again.add(conversationId);
      return;
    }
    const round = drain(conversationId)
      .catch((error: Error) =>
        logger.warn({ error: error.message }, 'Sending stopped for a conversation; the sweep tries again.'),
      )
      .finally(() => {
        running.delete(conversationId);
        if (again.delete(conversationId)) wake(conversationId);
      });
    running.set(conversationId, round);
  };

  /** Goes through the rows that wait; one that does not come to an end holds up the rest. What is written meanwhile wakes anew. */
  const drain = async (conversationId: string): Promise<void> => {
    const rows = await bounded(store.outbox.open(conversationId, batch));
    for (const row of rows) inHand.add(row._id);
    try {
      for (const row of rows) {
        // What can still be taken back holds nobody up: a cry for help meanwhile is answered at once.
        if (isHeldBack(row)) continue;
        if (isDue(row)) await transport.turn?.();
        if (!(isSender() && (await bounded(bringToEnd(row))))) return;
      }
      if (rows.length === batch && !rows.every(isHeldBack)) again.add(conversationId);
    } finally {
      for (const row of rows) inHand.delete(row._id);
    }
  };

  const isDue = (row: OutboxDocument): boolean =>
    row.status === 'queued' && row.nextAttemptAt.getTime() <= now() && isFor(row.address);

  /** Staff may still take it back. What only waits for its next try keeps its place. */
  const isHeldBack = ({ status, undoUntil }: OutboxDocument): boolean =>
    status === 'queued' && undoUntil !== undefined && undoUntil.getTime() > now();

  /** True when the row came to an end, so that the resident's next one may go. */
  const bringToEnd = async (row: OutboxDocument): Promise<boolean> => {
    if (!isFor(row.address)) return false;
    if (row.status === 'queued') {
      if (!isDue(row)) return false;
      const leaves = isUnasked(row) ? await mayLeave(store, row) : 'now';
      if (leaves === 'waits') return false;
      if (leaves === 'never') return store.outbox.move(row._id, { status: 'queued' }, { status: 'withdrawn' });
      if (await window.isOpen(row)) return sendRow(row, lease.token);
      return window.hold(row, { status: 'queued' }, 'The window for replies is closed.');
    }
    const since = row.sendingSince ?? row.createdAt;
    return (row.senderToken !== lease.token || since.getTime() < now() - abandonedAfterMs) && lookUp(row);
  };

  const outgoing = (
    { _id: id, text, choices, asksLocation, language, template }: OutboxDocument,
    file: OutgoingFile | undefined,
  ): OutgoingMessage =>
    shapeReply(transport.capabilities, {
      ...{ id, text, choices, asksLocation, language },
      ...(template === undefined ? {} : { template }),
      ...(file === undefined ? {} : { file }),
    });

  const sendRow = async (queued: OutboxDocument, senderToken: number): Promise<boolean> => {
    const file = queued.file === undefined ? undefined : await openFile(queued.file);
    const cost = costOf(rates, channel, queued.template);
    const marked = {
      status: 'sending',
      senderToken,
      sendingSince: clocks.real.now(),
      attempts: queued.attempts + 1,
      ...(cost === undefined ? {} : { cost }),
    } as const;
    if (!(await store.outbox.move(queued._id, { status: 'queued' }, marked))) return false;
    at('send:marked');
    if (now() - marked.sendingSince.getTime() > latestStartMs) return false;
    const { _id: id } = queued;
    const row = { ...queued, ...marked };
    if (file === null) return record(row, { kind: 'refused', error: 'The file is kept no more.', reason: 'content' });
    let result: SendResult;
    try {
      result = await answered(transport.send(row.address, outgoing(row, file)));
    } catch (error) {
      // Nobody knows whether it left: the row becomes one to look up, never one to repeat.
      const unknown = { senderToken: -1, error: (error as Error).message };
      logger.warn({ outbox: id, error: unknown.error }, 'A sending broke off; the channel is asked whether it left.');
      await store.outbox.move(id, { status: 'sending', senderToken }, unknown);
      return lookUp({ ...row, ...unknown });
    }
    at('send:accepted');
    const ended = await record(row, result);
    at('send:recorded');
    return ended;
  };

  const record = async (row: OutboxDocument, result: SendResult): Promise<boolean> => {
    const from = { status: 'sending', senderToken: row.senderToken ?? -1 } as const;
    const at = clocks.real.now();
    if (result.kind === 'accepted') {
      await store.outbox.move(row._id, from, { status: 'sent', sentAt: at, externalId: result.externalId });
      return true;
    }
    const { error } = result;
    if (result.kind === 'held' && (await window.hold(row, from, error))) return true;
    const next = nextTry(row, result, at);
    if (next) {
      await store.outbox.move(row._id, from, { ...next, status: 'queued', error });
      return false;
    }
    logger.error({ outbox: row._id, error }, 'A message could not be sent and is given up: see /staff/undelivered.');
    const failure = result.kind === 'refused' ? result.reason : 'too-many-tries';
    await store.outbox.move(row._id, from, { status: 'failed', failure, error });
    return true;
  };

  /** A row whose sending was interrupted is looked up in the channel before anything else happens to it. */
  const lookUp = async (row: OutboxDocument): Promise<boolean> => {
    const found: Lookup = await answered(transport.lookup(row.address, row._id)).catch(() => ({ kind: 'unknown' }));
    if (found.kind === 'sent') return record(row, { kind: 'accepted', externalId: found.externalId });
    const age = now() - (row.sendingSince ?? row.createdAt).getTime();
    if (found.kind === 'not-sent') {
      if (age < onItsWayMs) return false;
      return record(row, { kind: 'retry', error: row.error ?? 'The sender ended before the channel had the message.' });
    }
    if (age <= uncertainAfterMs) return false;
    logger.error(
      { outbox: row._id },
      'Nobody knows whether a message was sent; a person has to look: see /staff/undelivered.',
    );
    const from = { status: 'sending', senderToken: row.senderToken ?? -1 } as const;
    await store.outbox.move(row._id, from, { status: 'uncertain' });
    return true;
  };

  const sweep = createSweep({
    async look() {
      const asked = clocks.real.now();
      if (!canSend()) {
        // Who can send has to get the lease at once, not when this one's is over.
        if (lease.token !== -1) await store.leases.giveBack(`sender:${channel}`, owner);
        lease = { token: -1, until: 0 };
        return;
      }
      const token = await store.leases.hold(`sender:${channel}`, owner, leaseMs);
      lease = token === null ? { token: -1, until: 0 } : { token, until: asked.getTime() + leaseMs };
      if (token === null) return;
      const abandoned = new Date(asked.getTime() - abandonedAfterMs);
      const found = await Promise.all([
        store.outbox.interrupted(channel, token, abandoned, 100),
        store.outbox.dueConversations(channel, asked, 500),
      ]);
      for (const id of new Set(found.flat())) if (!running.has(id)) wake(id);
    },
    everyMs: Math.min(1_000, leaseMs / 5),
    clock: clocks.real,
    onFailure: (error) => logger.warn({ error: error.message }, 'The sender could not look for work; it tries again.'),
  });

  return {
    wake,
    /** Milliseconds since it last looked for work, as the channel's sender or waiting to become it. */
    idleMs: sweep.idleMs,
    start(changes: Changes): void {
      unsubscribe.push(
        changes.on('outbox', ({ id, document }) => {
          if (document?.status !== 'queued' || inHand.has(id) || !isFor(document.address)) return;
          if (typeof document.conversationId === 'string') wake(document.conversationId);
        }),
      );
      sweep.start();
    },
    /** Finishes the sends that run and gives the lease back. */
    async stop(): Promise<void> {
      stopping = true;
      for (const end of unsubscribe) end();
      await Promise.allSettled([sweep.stop(), ...running.values()]);
      await store.leases.giveBack(`sender:${channel}`, owner).catch(() => undefined);
    },
  };
};
