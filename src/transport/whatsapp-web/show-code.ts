/** The QR code for whoever started the service at a terminal; a log gets none, for the code is a key. */
import { renderUnicodeCompact } from 'uqr';

export const showCode = (words: string, stream: NodeJS.WriteStream = process.stdout): void => {
  if (!stream.isTTY) return;
  stream.write(`${renderUnicodeCompact(words, { border: 2, ecc: 'L' })}\nWhatsApp → Linked devices → Link a device\n`);
};
