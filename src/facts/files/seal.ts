/** Bytes of residents' files as they rest in the database: AES-256-GCM, piece by piece, each bound to its place in its file. Pure. */
import { createCipheriv, createDecipheriv } from 'node:crypto';

/** One piece. `seal` is the nonce (12 bytes), the tag (16 bytes) and the ciphertext. */
export interface SealedPiece {
  readonly place: number;
  readonly seal: Uint8Array;
}

/** Bytes of a piece: far under the 16 MB that one document holds. */
export const pieceLength = 1_048_576;
const nonceLength = 12;
const tagLength = 16;

/** A piece opens only as this piece of a file of so many pieces: none can be swapped, left out or added. */
const boundTo = (fileId: string, place: number, count: number): Buffer => Buffer.from(`${fileId}:${place}:${count}`);
const keyOf = (secret: string): Buffer => Buffer.from(secret, 'hex');

/**
 * @param secret 32 bytes in hex
 * @param nonce gives 12 fresh random bytes: never the same twice under one key
 */
export const sealFile = (
  fileId: string,
  bytes: Uint8Array,
  secret: string,
  nonce: (size: number) => Uint8Array,
): readonly SealedPiece[] => {
  const count = Math.max(1, Math.ceil(bytes.length / pieceLength));
  return Array.from({ length: count }, (_, place) => {
    const iv = nonce(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(boundTo(fileId, place, count));
    const plain = bytes.subarray(place * pieceLength, (place + 1) * pieceLength);
    const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { place, seal: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]) };
  });
};

/** @throws Error where a piece is missing, was changed, or is sealed under another key. */
export const openFile = (fileId: string, pieces: readonly SealedPiece[], count: number, secret: string): Buffer => {
  if (pieces.length !== count) throw new Error('A piece of the file is missing.');
  return Buffer.concat(
    pieces.map(({ seal }, place) => {
      const sealed = Buffer.from(seal);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, nonceLength))
        .setAAD(boundTo(fileId, place, count))
        .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
      return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]);
    }),
  );
};
