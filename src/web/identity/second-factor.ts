/** Codes of an authenticator app (TOTP) as the second factor of a sign-in, with backup codes for a lost telephone. */
import type { Request } from 'express';
import { z } from 'zod';
import { type createAuth, signInWindowSeconds } from './create-auth.js';

export type CodeResult =
  | { readonly kind: 'accepted'; readonly cookies: readonly string[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'too-many'; readonly seconds: number };
/** What is shown once, when a second factor is being set up. */
export interface NewSecondFactor {
  /** For a QR code: otpauth://… */
  readonly uri: string;
  readonly backupCodes: readonly string[];
  readonly cookies: readonly string[];
}
const started = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

interface SecondFactorParts {
  readonly auth: ReturnType<typeof createAuth>['auth'];
  readonly post: (req: Request, path: string, body: object) => Promise<Response>;
}

export const createSecondFactor = ({ auth, post }: SecondFactorParts) => {
  const resultOf = (response: Response): CodeResult => {
    if (response.status === 429) {
      const seconds = Number(response.headers.get('x-retry-after'));
      return { kind: 'too-many', seconds: seconds > 0 ? seconds : signInWindowSeconds };
    }
    return response.ok ? { kind: 'accepted', cookies: response.headers.getSetCookie() } : { kind: 'refused' };
  };
  return {
    /** Ends a sign-in that asks for a code: six digits of the app, or one of the backup codes, each good once. */
    async verifyCode(req: Request, code: string): Promise<CodeResult> {
      const isDigits = /^\d{6}$/.test(code);
      return resultOf(
        await post(req, isDigits ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code }),
      );
    },
    /** Begins to set it up for who is signed in; in force once a code of it was given. Null where the password is wrong. */
    async startSecondFactor(req: Request, password: string): Promise<NewSecondFactor | null> {
      const response = await post(req, '/two-factor/enable', { password, method: 'totp' });
      if (!response.ok) return null;
      const { totpURI, backupCodes } = started.parse(await response.json());
      return { uri: totpURI, backupCodes, cookies: response.headers.getSetCookie() };
    },
    async stopSecondFactor(req: Request, password: string): Promise<CodeResult> {
      return resultOf(await post(req, '/two-factor/disable', { password }));
    },
    /** Takes the second factor off an account whose owner lost it. */
    async removeSecondFactor(staffId: string): Promise<void> {
      const { adapter, internalAdapter } = await auth.$context;
      await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: staffId }] });
      await internalAdapter.updateUser(staffId, { twoFactorEnabled: false });
    },
  };
};
