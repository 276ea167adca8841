/** The identity library over the service's own MongoDB: its settings, and nothing of ours (ADR 4). */
import { mongodbAdapter } from '@better-auth/mongo-adapter';
import { betterAuth } from 'better-auth';
import { admin, twoFactor } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements } from 'better-auth/plugins/admin/access';
import type { Connection } from '../../store/connect.js';
import { withAwaitedIndexes } from './awaited-indexes.js';

export interface AuthOptions {
  readonly connection: Connection;
  /** Signs the session cookies; kept outside the database, at least 32 characters. */
  readonly secret: string;
  /** Where the browser finds the service, such as http://localhost:3000; https makes the cookies Secure. */
  readonly baseUrl: string;
  /** Sign-in attempts an address may make in a minute. */
  readonly signInsPerMinute?: number;
}

/** The address as the socket saw it; written by us over whatever a client may have sent under this name. */
export const addressHeader = 'x-staff-client-address';
export const authPath = '/api/auth';
/** A shift and a half: nobody works on a session longer, and it is not silently prolonged. */
const sessionSeconds = 12 * 60 * 60;
export const shortestPassword = 12;
export const signInWindowSeconds = 60;

export const createAuth = ({ connection, secret, baseUrl, signInsPerMinute = 10 }: AuthOptions) => {
  const access = createAccessControl(defaultStatements);
  const nothing = access.newRole({ user: [], session: [] });
  const { watched, indexesMade } = withAwaitedIndexes(connection);
  const auth = betterAuth({
    secret,
    baseURL: baseUrl,
    basePath: authPath,
    // mongoose brings its own copy of the driver: the same protocol and BSON, a nominally different type.
    database: mongodbAdapter(watched as never, { client: connection.getClient() as never }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword },
    user: { modelName: 'staff' },
    session: { modelName: 'staff_sessions', expiresIn: sessionSeconds, disableSessionRefresh: true },
    account: { modelName: 'staff_accounts' },
    verification: { modelName: 'staff_verifications' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'staff_rate_limits',
      customRules: { '/sign-in/email': { window: signInWindowSeconds, max: signInsPerMinute } },
    },
    advanced: {
      cookiePrefix: 'naqty',
      ipAddress: { ipAddressHeaders: [addressHeader] },
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
    plugins: [
      admin({
        ac: access,
        roles: { admin: adminAc, specialist: nothing, lead: nothing, editor: nothing, officer: nothing },
        defaultRole: 'specialist',
        adminRoles: ['admin'],
      }),
      twoFactor({
        issuer: 'Naqty Aqparat',
        schema: { twoFactor: { modelName: 'staff_second_factors' } },
      }),
    ],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return { auth, indexesMade };
};
