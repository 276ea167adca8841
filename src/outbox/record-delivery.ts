/** News from a channel about what it took: receipts, rows that were sent although nobody recorded it, and what failed after all. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import type { OutboxDocument } from '../store/outbox.js';
import type { Store } from '../store/store.js';
import type { Delivery, FailedDelivery, Transport } from '../transport/contract.js';
import { createReplyWindow } from './reply-window.js';
import { nextTry } from './retries.js';

export interface RecordDeliveryParts {
  readonly store: Store;
  readonly transports: readonly Transport[];
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly newId: () => string;
}

/** Gives the handler for news. The same news twice changes nothing, nor does news of an id that failed before. */
export const createRecordDelivery = ({ store, transports, clocks, logger, newId }: RecordDeliveryParts) => {
  const windows = new Map(
    transports.map((transport) => [transport.channel, createReplyWindow({ store, transport, clocks, newId })]),
  );

  const recordFailed = async (row: OutboxDocument, { externalId, result }: FailedDelivery): Promise<void> => {
    const { error } = result;
    if (result.kind === 'held') {
      const held = await windows.get(row.address.channel)?.hold(row, { status: 'sent', externalId }, error);
      if (held) return;
    }
    const next = nextTry(row, result, clocks.real.now());
    if (next) {
      await store.outbox.moveFailed(row._id, externalId, { ...next, status: 'queued', error });
      return;
    }
    const failure = result.kind === 'refused' ? result.reason : 'too-many-tries';
    if (await store.outbox.moveFailed(row._id, externalId, { status: 'failed', failure, error })) {
      logger.error({ outbox: row._id, error }, 'A message did not reach its resident: see /staff/undelivered.');
    }
  };

  return async (news: Delivery): Promise<void> => {
    const { externalId, outboxId, at } = news;
    if (outboxId !== undefined) await store.outbox.recordAccepted(outboxId, externalId, at);
    switch (news.state) {
      case 'sent':
        return;
      case 'delivered':
        return store.outbox.recordReceipt(externalId, 'deliveredAt', at);
      case 'read':
        return store.outbox.recordReceipt(externalId, 'readAt', at);
      case 'failed': {
        const row = await store.outbox.sentAs(externalId);
        if (row) await recordFailed(row, news);
      }
    }
  };
};
