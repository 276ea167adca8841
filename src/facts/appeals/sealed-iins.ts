/** Sealed copies of IINs for specialists: which there are, and one opened by who answers the question, with a reason that is written down first. */
import type { Clocks } from '../../clock.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Audit } from '../audit/audit.js';
import { openIin } from './seal-iin.js';

export type RevealRefusal = 'reason-missing' | 'not-yours' | 'gone';
/** Nothing was opened. */
export class RevealError extends Error {
  override readonly name = 'RevealError';
  constructor(readonly code: RevealRefusal) {
    super(code);
  }
}

export interface SealedIinsParts {
  readonly store: Pick<Store, 'sealedIins' | 'tickets'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clocks: Clocks;
  readonly secret: string;
}
/** A copy that can still be opened. */
export interface SealedIin {
  readonly messageId: string;
  readonly expiresAt: Date;
}
const shortestReason = 5;

export const createSealedIins = ({ store, audit, clocks, secret }: SealedIinsParts) => {
  const ofTicket = async ({ messages }: Pick<TicketDocument, 'messages'>): Promise<readonly SealedIin[]> =>
    (await store.sealedIins.of(messages, clocks.real.now())).map(({ _id: messageId, expiresAt }) => ({
      messageId,
      expiresAt,
    }));
  return {
    ofTicket,
    /**
     * The number, after it was written down who looks and why. Only who has the ticket may.
     * @throws RevealError reason-missing, not-yours, gone (its term is over, or there was none)
     */
    async reveal(ticketId: string, messageId: string, by: string, reason: string): Promise<string> {
      if (reason.trim().length < shortestReason) throw new RevealError('reason-missing');
      const ticket = await store.tickets.find(ticketId);
      if (ticket?.claimedBy !== by || ticket.status === 'resolved') throw new RevealError('not-yours');
      const [sealed] = ticket.messages.includes(messageId)
        ? await store.sealedIins.of([messageId], clocks.real.now())
        : [];
      if (!sealed) throw new RevealError('gone');
      await audit.record({ by, action: 'iin-revealed', subject: `ticket:${ticketId}`, reason: reason.trim() });
      return openIin(messageId, sealed.seal, secret);
    },
  };
};
export type SealedIins = ReturnType<typeof createSealedIins>;
