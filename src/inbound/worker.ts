/** Works one conversation at a time, in order, under a fenced lease: from stored messages to their outcomes. */
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import type { Decide } from '../dialogue/contract.js';
import type { Queue } from '../dialogue/fact-requests.js';
import { createFacts } from '../dialogue/facts.js';
import type { Deadlines } from '../facts/queues/queues.js';
import { inTime } from '../in-time.js';
import type { Language } from '../language.js';
import type { AtStep } from '../steps.js';
import type { Changes } from '../store/changes.js';
import type { ConversationDocument, Lease } from '../store/conversations.js';
import type { Mode } from '../store/settings.js';
import type { Store } from '../store/store.js';
import { createSweep } from '../sweep.js';
import type { ChannelName } from '../transport/contract.js';
import type { Understand } from '../understand/contract.js';
import type { ConversationMode } from './apply-mode.js';
import { type Burst, isLoop, nextBurst } from './burst.js';
import type { DecideTurn } from './decide-turn.js';
import type { createPark } from './park.js';
import { withQuotedArticles } from './quoted-articles.js';
import { createResidentOf } from './resident-of.js';
import { createSettleTurn, LeaseLost, TurnOutdated } from './settle-turn.js';
import { othersAfterMs, ownerOf } from './share.js';
import { answeredFirst, dueAt, lateFirst, makeTurn, planTurn, type Windows } from './turns.js';

export interface WorkerParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly understand: Understand;
  readonly decide: Decide;
  readonly decideTurn: DecideTurn;
  readonly deadlines: (queue: Queue) => Promise<Deadlines>;
  readonly replyWindowMs: Parameters<typeof createSettleTurn>[0]['replyWindowMs'];
  readonly park: ReturnType<typeof createPark>;
  readonly defaultLanguage: Language;
  readonly windows: Windows;
  readonly leaseMs: number;
  readonly sayWhen: Parameters<typeof createSettleTurn>[0]['sayWhen'];
  /** Name of the lists' key. */
  readonly listsKey: string;
  readonly wishDays: number;
  /** Turns of one resident in ten minutes, and eight times as many in a day, after which the bot falls silent there. */
  readonly turnsInBurst: number;
  readonly at: AtStep;
  /** Tells this process's sender of the channel that the conversation has something to send. */
  readonly sendSoon: (channel: ChannelName, conversationId: string) => void;
}

/** Failures in a row after which a conversation's messages are parked for a person. */
export const failuresBeforeParking = 5;
/** Longest wait before a failed round is tried again. */
const longestDelayMs = 60_000;
/** Conversations worked at once: past it all of them get slower, until each round outlasts its lease and a crowd stands still. */
const roundsAtOnce = 12;
/** Messages read at once; more wait for the next round. */
const batch = 50;
const sweepEveryMs = 1_000;
/** A worker that has not signed for so long is taken for dead, and its share is divided among the others. */
const livingMs = 5_000;
/** How long past its leases a conversation's work is waited for. */
const graceMs = 2_000;

export type Worker = ReturnType<typeof createWorker>;

export const createWorker = (parts: WorkerParts) => {
  const { store, clocks, logger, windows, at } = parts;
  const settleTurn = createSettleTurn(parts);
  const residentOf = createResidentOf(store);
  const atOnce = pLimit(roundsAtOnce);
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const workerId = parts.newId();
  let stopping = false;
  let claims = 0;
  /** All living workers, this one among them, in the same order everywhere. */
  let living: readonly string[] = [workerId];

  const isMine = (id: string): boolean => ownerOf(id, living) === workerId;

  const wakeIn = (id: string, ms: number): void => {
    if (stopping) return;
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
    const bound = 2 * parts.leaseMs + graceMs;
    const late = 'The database gave no answer, and the work on a conversation is given up.';
    const round = atOnce(() => inTime(work(id), bound, late))
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
      // What hangs must not hold the conversation for ever; past the lease it may be another's anyway.
      await inTime(
        workUnder(lease, conversation),
        parts.leaseMs,
        'A round took longer than its lease and is given up.',
      );
    } catch (error) {
      if (!(error instanceof LeaseLost)) await fail(id, lease, error as Error);
    }
  };

  const workUnder = async (lease: Lease, claimed: ConversationDocument): Promise<void> => {
    let conversation: ConversationDocument | null = claimed;
    while (conversation?.lease.token === lease.token && conversation.lease.owner === lease.owner) {
      if ((await settleNext(conversation, lease)) === 'released') return;
      conversation = await store.conversations.find(claimed._id);
    }
  };

  /** Settles the first question among the pending messages, or lets go of the conversation where none can be settled now. */
  const settleNext = async (conversation: ConversationDocument, lease: Lease): Promise<'released' | 'held'> => {
    const id = conversation._id;
    const [pending, resident, everywhere] = await Promise.all([
      store.messages.after(id, conversation.settledSeq, batch),
      residentOf(conversation),
      store.settings.mode(),
    ]);
    const due = pending.length > 0 ? dueAt(pending, windows) : null;
    const understand = (text: string, article = conversation.state.article) =>
      parts.understand(text, {
        language: resident.language ?? parts.defaultLanguage,
        ...(article === undefined ? {} : { article }),
      });
    const noFacts = createFacts(new Map());
    const quoted = await withQuotedArticles(store, pending);
    const isDue = due !== null && due <= clocks.real.now();
    const answered = answeredFirst(quoted, conversation.phoneAt);
    const late = lateFirst(quoted);
    const planNow = () =>
      planTurn(quoted, isDue, understand, (turn) =>
        parts.decide({ state: conversation.state, turn, resident, facts: noFacts, now: clocks.business.now() }),
      );
    const planLate = () => (isDue ? { turn: makeTurn(late, true, understand), messages: late } : null);
    const planAnswered = () => ({ turn: makeTurn(answered, true, understand), messages: answered });
    const planned = answered.length > 0 ? planAnswered() : late.length > 0 ? planLate() : planNow();
    if (!planned) {
      if (!(await store.conversations.release(id, lease, conversation.inboundSeq, due))) return 'held';
      if (due) wakeIn(id, Math.max(0, due.getTime() - clocks.real.now().getTime()));
      return 'released';
    }
    const turn = { ...planned.turn, settled: true };
    const burst = nextBurst(conversation.burst, clocks.real.now());
    const mode = answered.length > 0 ? 'answered' : modeHere(conversation, burst, late.length > 0, everywhere);
    const decision = await parts.decideTurn({ contactId: id, state: conversation.state, resident, turn, mode });
    at('turn:decided');
    const after = await settleTurn({ conversation, lease, burst, ...planned, ...decision }).catch((error: Error) => {
      if (error instanceof TurnOutdated) return 'outdated' as const;
      throw error;
    });
    if (after === 'outdated') return 'held';
    at('turn:committed');
    if (decision.settled.reply && !decision.draftOnly) parts.sendSoon(conversation.address.channel, id);
    return after;
  };

  const modeHere = (
    { phoneUntil }: ConversationDocument,
    burst: Burst,
    isLate: boolean,
    everywhere: Mode,
  ): ConversationMode => {
    if (isLoop(burst, parts.turnsInBurst)) return 'loop';
    if (phoneUntil !== undefined && phoneUntil > clocks.real.now()) return 'phone';
    return isLate && everywhere === 'answers' ? 'late' : everywhere;
  };

  /** Counts the failure and tries again later; at the limit the messages go to a person. */
  const fail = async (id: string, lease: Lease, error: Error): Promise<void> => {
    const failures = 1 + ((await store.conversations.find(id))?.failures ?? 0);
    logger.warn({ error: error.message, stack: error.stack, conversation: id, failures }, 'A turn failed.');
    const parked = failures >= failuresBeforeParking && (await setAside(id, lease, error));
    const delay = parked ? 0 : Math.min(500 * 2 ** failures, longestDelayMs);
    await store.conversations.releaseFailed(id, lease, new Date(clocks.real.now().getTime() + delay));
    wakeIn(id, delay);
  };

  const setAside = async (id: string, lease: Lease, error: Error): Promise<boolean> => {
    try {
      await parts.park(id, lease, error);
      logger.error(
        { error: error.message, conversation: id },
        'Messages that failed again and again were set aside: staff find them as an urgent ticket.',
      );
      return true;
    } catch (fault) {
      if (fault instanceof LeaseLost) throw fault;
      logger.error(
        { error: (fault as Error).message, conversation: id },
        'Messages that failed again and again could not even be set aside: look at the database.',
      );
      return false;
    }
  };

  const isLeftToItsOwner = (id: string, since: Date): boolean =>
    !isMine(id) && clocks.real.now().getTime() - since.getTime() < othersAfterMs(id, workerId);

  const sweep = createSweep({
    async look() {
      living = await store.workers.sign(workerId, livingMs);
      for (const { _id: id, dueAt: since } of await store.conversations.due(clocks.real.now(), 200)) {
        if (!running.has(id) && !timers.has(id) && !isLeftToItsOwner(id, since)) wake(id);
      }
    },
    everyMs: sweepEveryMs,
    clock: clocks.real,
    onFailure: (error) => logger.warn({ error: error.message }, 'The sweep of conversations failed; it runs again.'),
  });
  let unsubscribe = (): void => undefined;
  return {
    /** A message came for the conversation: a worker whose share it is starts at once, the others leave it to that one. */
    wake(id: string): void {
      if (isMine(id)) wake(id);
    },
    /** Milliseconds since the last sweep that reached the database; a worker that stands still shows here. */
    idleMs: sweep.idleMs,
    /** Starts looking for work: what other processes take in, and what dead ones left. */
    start(changes: Changes): void {
      unsubscribe = changes.on('messages', (change) => {
        const id = change.document?.conversationId;
        if (change.type !== 'insert' || typeof id !== 'string' || !isMine(id)) return;
        if (!running.has(id) && !timers.has(id)) wake(id);
      });
      sweep.start();
    },
    /** Leaves its share to the others and finishes the rounds that run; nothing new begins. */
    async stop(): Promise<void> {
      stopping = true;
      unsubscribe();
      for (const timer of timers.values()) clearTimeout(timer);
      await sweep.stop();
      await store.workers.leave(workerId).catch(() => undefined);
      await Promise.allSettled(running.values());
    },
  };
};
