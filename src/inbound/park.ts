/** A message that fails again and again is set aside with its error, as an urgent ticket, so that it blocks nobody and is never lost. */
import type { Clocks } from '../clock.js';
import type { Queue } from '../dialogue/fact-requests.js';
import type { Deadlines } from '../facts/queues/queues.js';
import type { Language } from '../language.js';
import type { Lease } from '../store/conversations.js';
import type { Store } from '../store/store.js';
import { nextBurst } from './burst.js';
import { LeaseLost } from './settle-turn.js';

export interface ParkParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly newReceipt: () => Promise<string>;
  readonly deadlines: (queue: Queue) => Promise<Deadlines>;
  readonly defaultLanguage: Language;
  readonly leaseMs: number;
}

/**
 * Parks every message of the conversation that has no outcome: it is the ticket that staff see, with the error beside it.
 * @throws LeaseLost when the lease is another's by now.
 */
export const createPark =
  ({ store, clocks, newId, newReceipt, deadlines, defaultLanguage, leaseMs }: ParkParts) =>
  async (conversationId: string, lease: Lease, error: Error): Promise<void> => {
    const conversation = await store.conversations.find(conversationId);
    if (!conversation) return;
    const pending = await store.messages.after(conversationId, conversation.settledSeq, 1_000);
    const last = pending.at(-1);
    if (!last) return;
    const now = clocks.real.now();
    const ids = pending.filter((message) => !message.outcome).map((message) => message._id);
    const contact = await store.contacts.find(conversationId);
    const ticketId = newId();
    const receipt = await newReceipt();
    const promised = await deadlines('other');
    await store.transaction(async (session) => {
      const burst = nextBurst(conversation.burst, now);
      const settled = { settledSeq: last.seq, state: conversation.state, burst };
      if ((await store.conversations.settle(session, conversationId, lease, settled)) === 'lost') throw new LeaseLost();
      if (ids.length === 0) return;
      await store.tickets.insert(session, {
        _id: ticketId,
        receipt,
        conversationId,
        queue: 'other',
        reason: 'parked',
        urgent: true,
        language: contact?.language ?? defaultLanguage,
        status: 'waiting',
        messages: ids,
        createdAt: now,
        waitingSince: now,
        ...promised,
        lastMessageAt: now,
        version: 0,
      });
      await store.messages.settle(session, ids, { outcome: { kind: 'ticket', ticketId }, settledAt: now });
      await store.messages.park(session, ids, { error: error.message, at: now });
    }, leaseMs);
  };
