/** A certificate for web.whatsapp.com that only this run's browser trusts, made afresh each time. */
import { createHash, createPublicKey } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** base64 of SHA-256 over the public key: what Chromium is told to trust. */
  readonly spki: string;
}

export const makeCertificate = async (): Promise<Certificate> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'web.whatsapp.com' }], { keySize: 2048 });
  const publicKey = createPublicKey(cert).export({ type: 'spki', format: 'der' });
  return { key, cert, spki: createHash('sha256').update(publicKey).digest('base64') };
};
