/** Invitations as one-time links that somebody hands over by any way they like; the same link gives a lost account a new password. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Queues } from '../../facts/queues/queues.js';
import type { InvitationDocument } from '../../store/invitations.js';
import type { Store } from '../../store/store.js';
import type { Identity } from './identity.js';
import { parseRole, type Role, type StaffAccount } from './roles.js';

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly queues: readonly Queue[];
}
/** Days for which a link is good. */
export const invitationDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');

interface InvitationsParts {
  readonly store: Pick<Store, 'invitations'>;
  readonly identity: Identity;
  readonly queues: Pick<Queues, 'assign'>;
  /** Real time. */
  readonly clock: Clock;
}

export const createInvitations = ({ store, identity, queues, clock }: InvitationsParts) => {
  const link = async (row: Omit<InvitationDocument, '_id' | 'createdAt' | 'expiresAt'>): Promise<string> => {
    const token = randomBytes(24).toString('base64url');
    const createdAt = clock.now();
    const expiresAt = new Date(createdAt.getTime() + invitationDays * dayMs);
    await store.invitations.add({ ...row, _id: idOf(token), createdAt, expiresAt });
    return `${identity.baseUrl}/staff/invitations/${token}`;
  };
  return {
    /** Gives the link, which stands nowhere; null where somebody has that e-mail already. */
    async invite({ email: typed, name, role, queues: ids }: Invitation, invitedBy: string): Promise<string | null> {
      const email = typed.toLowerCase();
      if ((await identity.everyone()).some((member) => member.email === email)) return null;
      return link({ email, name, role, queues: [...ids], invitedBy });
    },
    /** A link with which the person gives themselves a new password; a second factor goes with the old one. */
    renew: (member: StaffAccount, invitedBy: string): Promise<string> =>
      link({ email: member.email, name: member.name, role: member.role, queues: [], staffId: member.id, invitedBy }),
    pending: (): Promise<readonly InvitationDocument[]> => store.invitations.pending(clock.now()),
    /** Whom the link is for; null where it was used, has run out or never was. */
    find: (token: string): Promise<InvitationDocument | null> => store.invitations.find(idOf(token), clock.now()),
    /** Uses the link up: an account with this password, or the new password of one. False where it is worth nothing (any more). */
    async accept(token: string, password: string): Promise<boolean> {
      const now = clock.now();
      const invitation = await store.invitations.find(idOf(token), now);
      const role = parseRole(invitation?.role);
      if (!invitation || !role || !(await store.invitations.use(invitation._id, now))) return false;
      const { email, name, staffId, invitedBy } = invitation;
      try {
        if (staffId === undefined) {
          const { id } = await identity.createStaff({ email, name, role, password });
          await queues.assign(id, invitation.queues, invitedBy);
        } else {
          await identity.removeSecondFactor(staffId);
          await identity.resetPassword(email, password);
        }
        return true;
      } catch (error) {
        await store.invitations.restore(invitation._id);
        throw error;
      }
    },
  };
};
export type Invitations = ReturnType<typeof createInvitations>;
