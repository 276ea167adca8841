/** Works one conversation at a time, in order, under a fenced lease: from stored messages to their outcomes. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import type { Decide, Resident } from '../dialogue/contract.js';
import { createFacts } from '../dialogue/facts.js';
import { inTime } from '../in-time.js';
import type { Language } from '../language.js';
import type { AtStep } from '../steps.js';
import type { Changes } from '../store/changes.js';
import type { ConversationDocument, Lease } from '../store/conversations.js';
import type { MessageDocument } from '../store/messages.js';
import type { Store } from '../store/store.js';
import type { Understand } from '../understand/contract.js';
import type { DecideTurn } from './decide-turn.js';
import type { createPark } from './park.js';
import { withQuotedArticles } from './quoted-articles.js';
import { createSettleTurn, LeaseLost } from './settle-turn.js';
import { dueAt, planTurn, type Windows } from './turns.js';

export interface WorkerParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly understand: Understand;
  readonly decide: Decide;
  readonly decideTurn: DecideTurn;
  readonly park: ReturnType<typeof createPark>;
  readonly defaultLanguage: Language;
  readonly windows: Windows;
  readonly leaseMs: number;
  readonly at: AtStep;
  /** Tells this process's sender that the conversation has something to send. */
  readonly sendSoon: (conversationId: string) => void;
}

/** Failures in a row after which a conversation's messages are parked for a person. */
export const failuresBeforeParking = 5;
/** Messages read at once; more wait for the next round. */
const batch = 50;
/** Longest delay before another process looks at what this one's intake was told of (the herd). */
const herdMs = 200;
const sweepEveryMs = 1_000;
/** How long past its lease a round is waited for. */
const graceMs = 2_000;

export type Worker = ReturnType<typeof createWorker>;

export const createWorker = (parts: WorkerParts) => {
  const { store, clocks, logger, windows, at } = parts;
  const settleTurn = createSettleTurn(parts);
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const workerId = parts.newId();
  let stopping = false;
  let claims = 0;
  /** Real time of the last sweep that reached the database; 0 before the first. */
  let lookedAt = 0;

  const wakeIn = (id: string, ms: number): void => {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id);
        wake(id);
      }, ms),
    );
  };

  /** Starts on the conversation now, or once more after the round that runs. */
  const wake = (id: string): void => {
    if (stopping) return;
    if (running.has(id)) {
      again.add(id);
      return;
    }
    // A call that hangs in the database must not hold the conversation for ever: past the lease its token is void, so the round may go.
    const round = inTime(work(id), parts.leaseMs + graceMs, 'A round took longer than its lease and is given up.')
      .catch((error: Error) =>
        logger.warn(
          { error: error.message, conversation: id },
          'A conversation could not be worked; the sweep tries again.',
        ),
      )
      .finally(() => {
        running.delete(id);
        if (again.delete(id)) wake(id);
      });
    running.set(id, round);
  };

  const work = async (id: string): Promise<void> => {
    claims += 1;
    const conversation = await store.conversations.claim(id, `${workerId}:${claims}`, parts.leaseMs);
    if (!conversation) return;
    at('turn:claimed');
    const lease: Lease = { token: conversation.lease.token, owner: conversation.lease.owner };
    try {
      await workUnder(lease, conversation);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      await fail(conversation, lease, error as Error);
    }
  };

  const workUnder = async (lease: Lease, first: ConversationDocument): Promise<void> => {
    const id = first._id;
    for (;;) {
      const conversation = await store.conversations.find(id);
      if (!conversation || conversation.lease.token !== lease.token) return;
      const pending = await store.messages.after(id, conversation.settledSeq, batch);
      const due = pending.length > 0 ? dueAt(pending, windows) : null;
      const settled = due !== null && due <= clocks.real.now();
      if (pending.length > 0 && (await settleNext(conversation, lease, pending, settled))) continue;
      if (await store.conversations.release(id, lease, conversation.inboundSeq, due)) {
        if (due) wakeIn(id, Math.max(0, due.getTime() - clocks.real.now().getTime()));
        return;
      }
    }
  };

  /** Settles the first question among the pending messages; false where it has to wait. */
  const settleNext = async (
    conversation: ConversationDocument,
    lease: Lease,
    pending: readonly MessageDocument[],
    settled: boolean,
  ): Promise<boolean> => {
    const resident = await residentOf(conversation);
    const understand = (text: string, article = conversation.state.article) =>
      parts.understand(text, {
        language: resident.language ?? parts.defaultLanguage,
        ...(article === undefined ? {} : { article }),
      });
    const noFacts = createFacts(new Map());
    const planned = planTurn(await withQuotedArticles(store, pending), settled, understand, (turn) =>
      parts.decide({ state: conversation.state, turn, resident, facts: noFacts, now: clocks.business.now() }),
    );
    if (!planned) return false;
    const decision = await parts.decideTurn({
      contactId: conversation._id,
      state: conversation.state,
      resident,
      turn: { ...planned.turn, settled: true },
      mode: isWithPhone(conversation) ? 'phone' : await store.settings.mode(),
    });
    at('turn:decided');
    await settleTurn({ conversation, lease, turn: planned.turn, messages: planned.messages, ...decision });
    at('turn:committed');
    if (decision.settled.reply && !decision.draftOnly) parts.sendSoon(conversation._id);
    return true;
  };

  const isWithPhone = ({ phoneUntil }: ConversationDocument): boolean =>
    phoneUntil !== undefined && phoneUntil > clocks.real.now();

  const residentOf = async (conversation: ConversationDocument): Promise<Resident> => {
    const [contact, open] = await Promise.all([
      store.contacts.find(conversation._id),
      store.tickets.openOf(conversation._id),
    ]);
    return {
      ...(contact?.language ? { language: contact.language } : {}),
      stopped: contact?.stopped ?? false,
      openTickets: open.flatMap(({ _id, receipt, queue, status, createdAt }) =>
        status === 'resolved' ? [] : [{ id: _id, receipt, queue, status, createdAt }],
      ),
      heldBySpecialist: conversation.heldBy !== undefined,
    };
  };

  const fail = async (conversation: ConversationDocument, lease: Lease, error: Error): Promise<void> => {
    const { _id: id, failures } = conversation;
    const delay = 1_000 * 2 ** failures;
    logger.warn(
      { error: error.message, stack: error.stack, conversation: id, failures: failures + 1 },
      'A turn failed and is tried again.',
    );
    if (failures + 1 < failuresBeforeParking) {
      await store.conversations.releaseFailed(id, lease, new Date(clocks.real.now().getTime() + delay));
      wakeIn(id, delay);
      return;
    }
    await parts.park(id, lease, error);
    await store.conversations.releaseFailed(id, lease, clocks.real.now());
    wakeIn(id, 0);
  };

  /** A share of the herd: each process looks at a different moment, so that the one that was told first has usually finished. */
  const herdDelay = (id: string): number => {
    let hash = 0;
    for (const character of workerId + id) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
    return 20 + (hash % herdMs);
  };

  let sweep: NodeJS.Timeout | undefined;
  let unsubscribe = (): void => undefined;
  return {
    wake,
    /** Milliseconds since the last sweep that reached the database; a worker that stands still shows here. */
    idleMs: (): number => clocks.real.now().getTime() - lookedAt,
    /** Starts looking for work: what other processes take in, and what dead ones left. */
    start(changes: Changes): void {
      unsubscribe = changes.on('messages', (change) => {
        const id = change.document?.conversationId;
        if (change.type !== 'insert' || typeof id !== 'string' || running.has(id) || timers.has(id)) return;
        wakeIn(id, herdDelay(id));
      });
      const look = async (): Promise<void> => {
        const ids = await store.conversations.due(clocks.real.now(), 200);
        lookedAt = clocks.real.now().getTime();
        for (const id of ids) if (!running.has(id) && !timers.has(id)) wake(id);
      };
      sweep = setInterval(() => {
        look().catch((error: Error) =>
          logger.warn({ error: error.message }, 'The sweep of conversations failed; it runs again.'),
        );
      }, sweepEveryMs);
      void look().catch(() => undefined);
    },
    /** Finishes the rounds that run; nothing new begins. */
    async stop(): Promise<void> {
      stopping = true;
      unsubscribe();
      clearInterval(sweep);
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
};
