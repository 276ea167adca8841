/** The room of the audit log: what must be told later is written here once, masked, and only ever read again. */
import type { Clock } from '../../clock.js';
import type { AuditDocument, AuditQuery, AuditRows } from '../../store/audit.js';
import type { Session } from '../../store/session.js';

/** What is written down. A new action is a line here and its words in locales/{kk,ru}/audit.yaml. */
export const auditActions = [
  'mode-switched',
  'file-viewed',
  'list-checked',
  'list-applied',
  'list-rolled-back',
  'list-discarded',
  'lists-key-forgotten',
  'programme-saved',
  'iin-revealed',
  'contact-exported',
  'contact-erased',
  'channel-asked',
  'late-answers-released',
  'conversation-viewed',
  'queue-changed',
  'canned-saved',
  'canned-removed',
  'correction-sent',
  'ticket-escalated',
  'staff-invited',
  'staff-changed',
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  /** Staff id, `command` or `system`. */
  readonly by: string;
  readonly action: AuditAction;
  /** What it was done to, as `kind:id`. */
  readonly subject?: string;
  /** A person's own words. */
  readonly reason?: string;
  readonly details?: AuditDocument['details'];
}
export interface AuditParts {
  readonly store: { readonly audit: AuditRows };
  /** Real time: when it was done. */
  readonly clock: Clock;
  readonly newId: () => string;
  /** Takes out what may be an IIN. */
  readonly mask: (text: string) => string;
  /** How long entries are kept. */
  readonly keptDays: number;
}
const dayMs = 86_400_000;
const longestReason = 500;
const longestDetail = 200;

export const createAudit = ({ store: { audit }, clock, newId, mask, keptDays }: AuditParts) => ({
  /** @param id made outside a transaction that may run again */
  async record({ by, action, subject, reason, details }: AuditEntry, session?: Session, id = newId()): Promise<void> {
    const at = clock.now();
    const told = Object.entries(details ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? mask(value.slice(0, longestDetail)) : value,
    ]);
    await audit.append(
      {
        _id: id,
        at,
        by,
        action,
        ...(subject === undefined ? {} : { subject }),
        ...(reason === undefined ? {} : { reason: mask(reason.slice(0, longestReason)) }),
        ...(told.length === 0 ? {} : { details: Object.fromEntries(told) }),
        expiresAt: new Date(at.getTime() + keptDays * dayMs),
      },
      session,
    );
  },
  /** The latest entries first; `query.before` is the place of the last one seen. */
  entries: (query: AuditQuery): Promise<readonly AuditDocument[]> => audit.find(query),
});
export type Audit = ReturnType<typeof createAudit>;
