/** Once a night what is past its term is removed: `MESSAGE_DAYS` and `TICKET_DAYS` say when that is. */
import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Job } from './run-jobs.js';

export interface RetentionJobParts {
  readonly store: Pick<Store, 'retention' | 'contacts' | 'conversations' | 'contactRecords'>;
  readonly clock: Clock;
  /** For how many days messages and replies are kept, and resolved tickets. */
  readonly messageDays: number;
  readonly ticketDays: number;
}
const dayMs = 86_400_000;

export const createRetentionJob = ({ store, clock, messageDays, ticketDays }: RetentionJobParts): Job => ({
  name: 'retention',
  cron: '17 3 * * *',
  async run() {
    const now = clock.now().getTime();
    const before = new Date(now - messageDays * dayMs);
    await store.retention.removeTicketsBefore(new Date(now - ticketDays * dayMs));
    for await (const ids of store.retention.conversationsBefore(before)) {
      for (const id of ids) {
        if (!(await store.retention.removeBefore(id, before))) continue;
        const [contact, conversation] = await Promise.all([store.contacts.find(id), store.conversations.find(id)]);
        const isSilent = conversation !== null && conversation.lastMessageAt < before;
        // Who wished to be left alone is remembered by that alone.
        if (isSilent && contact?.stopped !== true) await store.contactRecords.erase(id);
      }
    }
  },
});
