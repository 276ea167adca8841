/** Whether the first bytes of a file plainly are something else than its type says. Pure. */

/** So far into a PDF its mark may stand. */
const pdfMarkWithin = 1_024;

/** Programs of Windows and Linux, pages and scripts, after a byte order mark or white space. */
const program = /^(?:MZ|\x7fELF)/;
const page = /^(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<script|#!)/i;

/** A picture under another picture's type is no harm. */
const picture = /^(?:\xff\xd8\xff|\x89PNG\r\n|RIFF[\s\S]{4}WEBP)/;

export const isPlainlyOther = (mimeType: string, bytes: Uint8Array): boolean => {
  // A character for each byte.
  const head = Buffer.from(bytes.subarray(0, pdfMarkWithin)).toString('latin1');
  if (program.test(head) || page.test(head)) return true;
  if (mimeType.startsWith('image/')) return !picture.test(head);
  if (mimeType === 'application/pdf') return !head.includes('%PDF');
  return mimeType.startsWith('application/vnd.openxmlformats-officedocument.') && !head.startsWith('PK');
};
