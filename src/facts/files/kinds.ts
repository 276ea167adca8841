/** Which files of residents are kept, and how each may be shown. Pure. */
import type { IncomingContent, IncomingFile } from '../../transport/contract.js';

export type FileRefusal = 'type' | 'size';

/** Types that a browser shows without running anything in them, with their endings, a type's own first; the others are only ever saved. */
const shown: ReadonlyMap<string, readonly string[]> = new Map([
  ['image/jpeg', ['.jpg', '.jpeg']],
  ['image/png', ['.png']],
  ['image/webp', ['.webp']],
  ['audio/ogg', ['.ogg', '.oga', '.opus']],
  ['audio/mpeg', ['.mp3']],
  ['audio/mp4', ['.m4a', '.mp4']],
  ['audio/aac', ['.aac']],
  ['audio/amr', ['.amr']],
  ['video/mp4', ['.mp4', '.m4v']],
  ['video/3gpp', ['.3gp']],
  ['video/3gp', ['.3gp']],
]);
/** Documents that residents send of their papers. Nothing that a browser or an office runs by itself. */
const documents: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['.pdf']],
  ['text/plain', ['.txt']],
  ['application/msword', ['.doc']],
  ['application/vnd.ms-excel', ['.xls']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['.docx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['.xlsx']],
]);
const endingsOf = (mimeType: string): readonly string[] => shown.get(mimeType) ?? documents.get(mimeType) ?? [];

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

/** The type to keep a file under: the channel's later word counts where it is a known type, and no more harmful than what was announced. */
export const keptType = (announced: string, fetched: string): string =>
  endingsOf(fetched).length > 0 && shown.has(fetched) === shown.has(announced) ? fetched : announced;

const longestName = 120;
/** Letters after a point that a system may take for a kind of file; the 2 of "№ 5.2" is none. */
const anyEnding = /\.[a-z][a-z0-9]{0,9}$/iu;

/**
 * A file's name as it is kept. Long figures in it may be an IIN or a telephone, and are left out, as are ways out of a folder and signs that
 * nobody sees, which turn the rest around. Its ending is one of its type's: whoever saves it opens it with what the type is for.
 */
export const cleanName = (name: string, mimeType: string): string => {
  const seen = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '').replace(/[.\s]+$/u, '');
  const [own = '', ...others] = endingsOf(mimeType);
  const fits = [own, ...others].find((ending) => ending !== '' && seen.toLowerCase().endsWith(ending));
  const stem = fits === undefined ? (own === '' ? seen : seen.replace(anyEnding, '')) : seen.slice(0, -fits.length);
  const ending = fits === undefined ? own : seen.slice(-fits.length);
  const masked = stem.replaceAll(/\d(?:[\s_.-]?\d){5,}/g, '…');
  return [...masked].slice(0, longestName - ending.length).join('') + ending;
};
