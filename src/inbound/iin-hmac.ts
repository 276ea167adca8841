/** The only thing of an IIN that is ever kept: a keyed hash, made at the door and when a list is loaded. */
import { createHash, createHmac } from 'node:crypto';
import { checkIin, isBirthPrefix } from './iin.js';
import type { IinFault, MaskedIin } from './masked.js';

/** HMAC-SHA-256 in hex of ASCII digits (or another ASCII text) under the lists' secret. */
export const hmacOfDigits = (digits: string, secret: string): string =>
  createHmac('sha256', secret).update(digits, 'ascii').digest('hex');

/** A name for a key that tells nothing of it: what was hashed under which key is known by it. */
export const keyNameOf = (secret: string): string =>
  createHash('sha256').update(`naqty-aqparat lists' key ${secret}`).digest('hex').slice(0, 8);

/** Keys of the lists: the one in force and, while it is new, the one before it. */
export interface ListsKeys {
  readonly secret: string;
  readonly previousSecret?: string | undefined;
}

/**
 * What may be remembered of one written number.
 * @param digits its ASCII digits, without spacing.
 * @param fault a fault known before the form is looked at (letters among the digits).
 * @param previousSecret the key before this one, while lists stand under it
 */
export const maskedIin = (digits: string, secret: string, fault?: IinFault, previousSecret?: string): MaskedIin => {
  const form = checkIin(digits);
  const found = fault ?? (form.ok ? undefined : form.fault);
  const birth = digits.length === 12 && isBirthPrefix(digits.slice(0, 6)) && found !== 'date';
  return {
    ...(found === undefined ? { hmac: hmacOfDigits(digits, secret) } : { fault: found }),
    ...(birth ? { birthHmac: hmacOfDigits(digits.slice(0, 6), secret) } : {}),
    ...(previousSecret !== undefined && found === undefined
      ? {
          former: {
            hmac: hmacOfDigits(digits, previousSecret),
            birthHmac: hmacOfDigits(digits.slice(0, 6), previousSecret),
          },
        }
      : {}),
    digits: digits.length,
  };
};
