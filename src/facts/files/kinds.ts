/** Which files of residents are kept, and how each may be shown. Pure. */
import type { IncomingContent, IncomingFile } from '../../transport/contract.js';

export type FileRefusal = 'type' | 'size';

/** Types that a browser shows without running anything in them; the others are only ever saved. */
const shown = new Set([
  ...['image/jpeg', 'image/png', 'image/webp', 'audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr'],
  ...['video/mp4', 'video/3gpp', 'video/3gp'],
]);
/** Documents that residents send of their papers. Nothing that a browser or an office runs by itself. */
const documents = new Set([
  ...['application/pdf', 'text/plain', 'application/msword', 'application/vnd.ms-excel'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

type MediaWord = Extract<IncomingContent, { kind: 'media' }>['media'];
const beginnings: Partial<Record<MediaWord, string>> = {
  photo: 'image/',
  sticker: 'image/',
  voice: 'audio/',
  video: 'video/',
};

/** Null where the file is kept; else why it is not: its type, or its size in bytes. */
export const refusalOf = (
  media: MediaWord,
  { mimeType, size = 0 }: Pick<IncomingFile, 'mimeType' | 'size'>,
  mostBytes: number,
): FileRefusal | null => {
  const beginning = beginnings[media];
  const isTaken =
    beginning === undefined
      ? shown.has(mimeType) || documents.has(mimeType)
      : mimeType.startsWith(beginning) && shown.has(mimeType);
  if (!isTaken) return 'type';
  return size > mostBytes ? 'size' : null;
};

/** Whether staff may look at it in the browser; everything else comes as an attachment without a type. */
export const isShown = (mimeType: string): boolean => shown.has(mimeType);

/** Long figures in a file's name may be an IIN or a telephone: they are not kept. */
export const cleanName = (name: string): string =>
  [...name.replaceAll(/\d(?:[\s_.-]?\d){5,}/g, '…').replaceAll(/[\p{Cc}\p{Cs}/\\]/gu, '')].slice(0, 120).join('');
