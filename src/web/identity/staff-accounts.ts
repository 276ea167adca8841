/** Looking after accounts: roles, who may sign in at all, and the sessions of each, seen and ended. */
import type { Request } from 'express';
import type { createAuth } from './create-auth.js';
import type { Role, StaffAccount } from './roles.js';

export interface StaffSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  /** What the browser says of itself. */
  readonly browser: string;
  /** The session that asks. */
  readonly current: boolean;
}

interface StaffAccountsParts {
  readonly auth: ReturnType<typeof createAuth>['auth'];
  readonly everyone: () => Promise<readonly StaffAccount[]>;
  readonly currentSession: (req: Request) => Promise<string | null>;
}

export const createStaffAccounts = ({ auth, everyone, currentSession }: StaffAccountsParts) => ({
  findStaff: async (staffId: string): Promise<StaffAccount | null> =>
    (await everyone()).find((member) => member.id === staffId) ?? null,
  /** Sessions of the person that stand, the latest first. */
  async sessions(req: Request, staffId: string): Promise<readonly StaffSession[]> {
    const { internalAdapter } = await auth.$context;
    const here = await currentSession(req);
    const now = new Date();
    return (await internalAdapter.listSessions(staffId))
      .filter((session) => session.expiresAt > now)
      .map(({ id, createdAt, expiresAt, ipAddress, userAgent }) => ({
        id,
        createdAt,
        expiresAt,
        address: ipAddress ?? '',
        browser: userAgent ?? '',
        current: id === here,
      }))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  },
  /** Ends one session of the person; what is not theirs stays. */
  async endSession(staffId: string, sessionId: string): Promise<void> {
    const { internalAdapter } = await auth.$context;
    const session = (await internalAdapter.listSessions(staffId)).find(({ id }) => id === sessionId);
    if (session) await internalAdapter.deleteSession(session.token);
  },
  async endSessions(staffId: string): Promise<void> {
    const { internalAdapter } = await auth.$context;
    await internalAdapter.deleteUserSessions(staffId);
  },
  /** Changes what the person is. Their sessions read it with the next request. */
  async setRole(staffId: string, role: Role): Promise<void> {
    const { internalAdapter } = await auth.$context;
    await internalAdapter.updateUser(staffId, { role });
  },
  /** Lets nobody in under this account any more, and ends its sessions; or lets them in again. */
  async setDisabled(staffId: string, disabled: boolean): Promise<void> {
    const { internalAdapter } = await auth.$context;
    await internalAdapter.updateUser(staffId, { banned: disabled });
    if (disabled) await internalAdapter.deleteUserSessions(staffId);
  },
});
