/** Seals an IIN for a specialist: AES-256-GCM under a key of its own, bound to the message that it came with. */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const [nonceLength, tagLength] = [12, 16];
const keyOf = (secret: string): Buffer => Buffer.from(secret, 'hex');

/**
 * @param secret 32 bytes in hex
 * @param nonce gives 12 fresh random bytes: never the same twice under one key
 */
export const sealIin = (
  messageId: string,
  digits: string,
  secret: string,
  nonce: (size: number) => Uint8Array,
): Buffer => {
  const iv = nonce(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(messageId));
  const ciphertext = Buffer.concat([cipher.update(digits, 'ascii'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
};

/** @throws Error where it was changed, belongs to another message, or is sealed under another key */
export const openIin = (messageId: string, seal: Uint8Array, secret: string): string => {
  const sealed = Buffer.from(seal);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, nonceLength))
    .setAAD(Buffer.from(messageId))
    .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]).toString('ascii');
};
