/**
 * Who a member of staff is: better-auth over the service's own MongoDB. The one place outside `store/` that touches the driver (ADR 4).
 * Sign-up is closed; accounts are made by `createStaff` and by the first start only.
 */
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { type AuthOptions, addressHeader, authPath, createAuth, signInWindowSeconds } from './create-auth.js';
import { parseRole, type Role, type StaffAccount, type StaffMember } from './roles.js';
import { createSecondFactor } from './second-factor.js';
import { createStaffAccounts } from './staff-accounts.js';

export interface IdentityOptions extends AuthOptions {
  readonly firstAdminEmail?: string;
}

export type SignIn =
  | { readonly kind: 'signed-in'; readonly cookies: readonly string[] }
  /** The password was right, and the account asks for a code of the second factor besides. */
  | { readonly kind: 'needs-code'; readonly cookies: readonly string[] }
  | { readonly kind: 'refused' }
  /** `seconds` until the next try is let through. */
  | { readonly kind: 'too-many'; readonly seconds: number };

export const createIdentity = (options: IdentityOptions) => {
  const { baseUrl, firstAdminEmail = 'admin@naqty.local' } = options;
  const { auth, indexesMade } = createAuth(options);
  const nodeHandler = toNodeHandler(auth);
  const withAddress = (req: ExpressRequest): Headers => {
    const headers = fromNodeHeaders(req.headers);
    headers.set(addressHeader, req.ip ?? 'unknown');
    return headers;
  };
  const post = (req: ExpressRequest, path: string, body: object): Promise<Response> => {
    const headers = new Headers({
      'content-type': 'application/json',
      // The staff routes have compared Origin with Host already; to the library the form comes from the service itself.
      origin: new URL(baseUrl).origin,
      [addressHeader]: req.ip ?? 'unknown',
    });
    if (req.headers.cookie) headers.set('cookie', req.headers.cookie);
    return auth.handler(
      new Request(new URL(`${authPath}${path}`, baseUrl), { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  };
  const createStaff = async (staff: {
    email: string;
    name: string;
    role: Role;
    password: string;
  }): Promise<StaffMember> => {
    const { user } = await auth.api.createUser({ body: staff });
    return { id: user.id, email: user.email, name: user.name, role: staff.role };
  };
  const everyone = async (): Promise<readonly StaffAccount[]> => {
    const { internalAdapter } = await auth.$context;
    return (await internalAdapter.listUsers(1000)).flatMap((user) => {
      const role = parseRole('role' in user ? user.role : undefined);
      const disabled = 'banned' in user && user.banned === true;
      const secondFactor = 'twoFactorEnabled' in user && user.twoFactorEnabled === true;
      return role ? [{ id: user.id, email: user.email, name: user.name, role, disabled, secondFactor }] : [];
    });
  };
  const currentSession = async (req: ExpressRequest): Promise<string | null> =>
    (await auth.api.getSession({ headers: withAddress(req) }))?.session.id ?? null;

  return {
    /** The library's own routes, for a client that speaks JSON; the staff pages do not need them mounted. */
    handler: (req: ExpressRequest, res: ExpressResponse): Promise<void> => {
      req.headers[addressHeader] = req.ip ?? 'unknown';
      return nodeHandler(req, res);
    },
    /** Who is signed in on this request, or null. Read from the database each time: a session ended elsewhere ends here. */
    async sessionOf(req: ExpressRequest): Promise<StaffMember | null> {
      const found = await auth.api.getSession({ headers: withAddress(req) });
      if (!found || found.user.banned) return null;
      const role = parseRole(found.user.role);
      return role ? { id: found.user.id, email: found.user.email, name: found.user.name, role } : null;
    },
    /** Checks e-mail and password; the cookies are `Set-Cookie` values. Limited by address, in the database. */
    async signIn(req: ExpressRequest, credentials: { email: string; password: string }): Promise<SignIn> {
      const response = await post(req, '/sign-in/email', credentials);
      if (response.status === 429) {
        const seconds = Number(response.headers.get('x-retry-after'));
        return { kind: 'too-many', seconds: seconds > 0 ? seconds : signInWindowSeconds };
      }
      if (!response.ok) return { kind: 'refused' };
      const cookies = response.headers.getSetCookie();
      const answer: unknown = await response.json();
      const asks = typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
      return { kind: asks ? 'needs-code' : 'signed-in', cookies };
    },
    ...createSecondFactor({ auth, post }),
    ...createStaffAccounts({ auth, everyone, currentSession }),
    /** Ends the session of this request; gives the cookies that clear it. */
    async signOut(req: ExpressRequest): Promise<readonly string[]> {
      return (await post(req, '/sign-out', {})).headers.getSetCookie();
    },
    createStaff,
    everyone,
    baseUrl,
    /** Waits for the indexes that the library makes in the background since its first query. */
    indexesMade,
    /** Makes the first admin where there is no staff yet; null where somebody is there (or was made by another process just now). */
    async ensureFirstAdmin(newPassword: () => string): Promise<{ email: string; password: string } | null> {
      if ((await everyone()).length > 0) return null;
      const password = newPassword();
      try {
        await createStaff({ email: firstAdminEmail, name: 'Администратор', role: 'admin', password });
        return { email: firstAdminEmail, password };
      } catch (error) {
        if ((await everyone()).length > 0) return null;
        throw error;
      }
    },
    /** Gives the account this password and ends its sessions; false where nobody has that e-mail. */
    async resetPassword(email: string, password: string): Promise<boolean> {
      const { internalAdapter, password: passwords } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      if (!found) return false;
      await internalAdapter.updatePassword(found.user.id, await passwords.hash(password));
      await internalAdapter.deleteUserSessions(found.user.id);
      return true;
    },
  };
};
export type Identity = ReturnType<typeof createIdentity>;
