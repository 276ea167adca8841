/** A kept file as an answer of ours: what somebody sent must not run as a page of ours, nor be read as anything but what it is shown as. */
import type { Response } from 'express';
import { isShown } from '../facts/files/kinds.js';

export interface KeptFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly name: string;
}

export const sendFile = (res: Response, { bytes, mimeType, name }: KeptFile): void => {
  const shown = isShown(mimeType);
  res.status(200).set({
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
    'Content-Type': shown ? mimeType : 'application/octet-stream',
    'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
  res.end(bytes);
};
