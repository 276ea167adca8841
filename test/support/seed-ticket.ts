/** A conversation with a waiting ticket, written as a turn of the inbound path leaves it. */
import { randomUUID } from 'node:crypto';
import type { Queue } from '../../src/dialogue/fact-requests.js';
import { searchWords } from '../../src/facts/tickets/search-words.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { Store } from '../../src/store/store.js';

export interface SeedOptions {
  readonly conversationId?: string;
  readonly messages?: number;
  readonly drafts?: number;
  readonly queue?: Queue;
  readonly urgent?: boolean;
  readonly label?: string;
  readonly language?: 'kk' | 'ru';
  readonly waitingSince?: Date;
  readonly text?: string;
}

export const seedTicket = async (store: Store, options: SeedOptions = {}) => {
  const now = options.waitingSince ?? new Date('2020-04-23T05:30:00Z');
  const conversationId = options.conversationId ?? randomUUID();
  const ticketId = randomUUID();
  const receipt = `K-${randomUUID().slice(0, 6).toUpperCase()}`;
  const messageIds = Array.from({ length: options.messages ?? 1 }, () => randomUUID());
  const draftIds = Array.from({ length: options.drafts ?? 0 }, () => randomUUID());
  const address = { channel: 'web', id: conversationId } as const;
  await store.transaction(async (session) => {
    for (const id of messageIds) {
      const { inboundSeq } = await store.conversations.expectMessage(session, conversationId, address, now);
      await store.messages.insert(session, {
        _id: id,
        conversationId,
        channel: 'web',
        externalId: id,
        seq: inboundSeq,
        text: options.text ?? 'Көшем ауласында су жоқ, кімге айтамын?',
        kind: 'text',
        iins: [],
        sentAt: now,
        receivedAt: now,
        outcome: { kind: 'ticket', ticketId },
        settledAt: now,
        understood: { label: 'escalate', confidence: 0.72, language: 'kk', outcome: 'escalate' },
      });
    }
    await store.tickets.insert(session, {
      _id: ticketId,
      receipt,
      conversationId,
      queue: options.queue ?? 'utilities',
      ...(options.label === undefined ? {} : { label: options.label }),
      reason: 'asked-for-human',
      urgent: options.urgent ?? false,
      language: options.language ?? 'kk',
      status: 'waiting',
      messages: messageIds,
      createdAt: now,
      waitingSince: now,
      lastMessageAt: now,
      words: searchWords(options.text ?? ''),
      version: 0,
    });
    await store.outbox.insert(
      session,
      draftIds.map(
        (id): OutboxDocument => ({
          _id: id,
          conversationId,
          address,
          text: 'Су жоқ болса, *109* нөміріне хабарласыңыз.',
          choices: [],
          asksLocation: false,
          language: 'kk',
          answers: messageIds,
          origin: 'bot',
          ticketId,
          status: 'draft',
          position: now.getTime(),
          attempts: 0,
          nextAttemptAt: now,
          createdAt: now,
        }),
      ),
    );
  });
  return { conversationId, ticketId, receipt, messageIds, draftIds };
};
