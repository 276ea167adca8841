/** Who looked at whose conversation, and when: each view goes to the audit log; a page that keeps itself fresh is one view for a while. */
import type { Clock } from '../../clock.js';
import { isDuplicateKey } from '../../store/connect.js';
import type { Audit } from '../audit/audit.js';

/** One person with one conversation within so many milliseconds is one view. */
const viewMs = 10 * 60_000;
/** Views remembered in memory, so that a page that refreshes asks the database once. */
const mostRemembered = 5_000;

/** Gives a function that records a view; the page is not shown before it stands in the log. */
export const createRecordView = (audit: Pick<Audit, 'record'>, clock: Clock) => {
  const recorded = new Set<string>();
  return async (conversationId: string, staffId: string, ticketId?: string): Promise<void> => {
    const id = `view:${staffId}:${conversationId}:${Math.floor(clock.now().getTime() / viewMs)}`;
    if (recorded.has(id)) return;
    const details = ticketId === undefined ? {} : { details: { ticket: ticketId } };
    const entry = { by: staffId, action: 'conversation-viewed', subject: `conversation:${conversationId}` } as const;
    await audit.record({ ...entry, ...details }, undefined, id).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
    if (recorded.size >= mostRemembered) recorded.clear();
    recorded.add(id);
  };
};
export type RecordView = ReturnType<typeof createRecordView>;
