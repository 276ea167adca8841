/** Whether a posted body is Meta's: its keyed hash stands in the header X-Hub-Signature-256. Pure. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The header's value for a body: "sha256=" and the HMAC-SHA-256 of its bytes under the app's secret, in hex. */
export const signatureOf = (body: Uint8Array, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

/** Compares in a time that tells nothing of where two secrets differ, whatever their lengths. */
export const isSame = (given: string, expected: string): boolean => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
};

export const isSigned = (body: Uint8Array, header: string | undefined, appSecret: string): boolean =>
  header !== undefined && isSame(header.toLowerCase(), signatureOf(body, appSecret));
