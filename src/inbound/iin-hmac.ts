/** The only thing of an IIN that is ever kept: a keyed hash, made at the door and when a list is loaded. */
import { createHmac } from 'node:crypto';
import { checkIin, isBirthPrefix } from './iin.js';
import type { IinFault, MaskedIin } from './masked.js';

/** HMAC-SHA-256 in hex of ASCII digits (or another ASCII text) under the lists' secret. */
export const hmacOfDigits = (digits: string, secret: string): string =>
  createHmac('sha256', secret).update(digits, 'ascii').digest('hex');

/**
 * What may be remembered of one written number.
 * @param digits its ASCII digits, without spacing.
 * @param fault a fault known before the form is looked at (letters among the digits).
 */
export const maskedIin = (digits: string, secret: string, fault?: IinFault): MaskedIin => {
  const form = checkIin(digits);
  const found = fault ?? (form.ok ? undefined : form.fault);
  const birth = digits.length === 12 && isBirthPrefix(digits.slice(0, 6)) && found !== 'date';
  return {
    ...(found === undefined ? { hmac: hmacOfDigits(digits, secret) } : { fault: found }),
    ...(birth ? { birthHmac: hmacOfDigits(digits.slice(0, 6), secret) } : {}),
    digits: digits.length,
  };
};
