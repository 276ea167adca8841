/** Files that specialists send to residents: taken if a channel can carry them, kept sealed like residents' own, opened to be sent and shown. */
import { extname } from 'node:path';
import type { Clocks } from '../../clock.js';
import type { FileDocument } from '../../store/files.js';
import type { Store } from '../../store/store.js';
import type { Alias, OutgoingFile } from '../../transport/contract.js';
import { cleanName } from './kinds.js';
import { openFile, sealFile } from './seal.js';

/** Types by the ending of the name: what WhatsApp carries, and nothing that runs by itself (the Graph API's page on media). */
const types: Readonly<Record<string, string>> = {
  ...{ '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png' },
  ...{
    '.pdf': 'application/pdf',
    '.txt': 'text/plain',
    '.doc': 'application/msword',
    '.xls': 'application/vnd.ms-excel',
  },
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ...{ '.mp3': 'audio/mpeg', '.m4a': 'audio/mp4', '.ogg': 'audio/ogg', '.mp4': 'video/mp4' },
};
/** Endings of names that are taken, for the page's own choice. */
export const takenEndings: readonly string[] = Object.keys(types);
/** WhatsApp takes pictures up to 5 MB (the Graph API's page on media); everything else up to what the configuration says. */
const largestPicture = 5 * 1_048_576;

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
export type FileFault = 'file-type' | 'file-size' | 'file-empty';

export interface OutgoingFilesParts {
  readonly store: Pick<Store, 'files'>;
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly secret: string;
  readonly nonce: (size: number) => Uint8Array;
  readonly mostBytes: number;
  readonly keptMs: number;
}

export const createOutgoingFiles = (parts: OutgoingFilesParts) => {
  const { store, clocks, newId, secret, nonce, mostBytes, keptMs } = parts;
  const typeOf = (name: string): string | undefined => types[extname(name).toLowerCase()];
  return {
    mostBytes,
    /** Null where the file can be sent. */
    faultOf({ name, bytes }: GivenFile): FileFault | null {
      const type = typeOf(name);
      if (type === undefined) return 'file-type';
      if (bytes.length === 0) return 'file-empty';
      const most = type.startsWith('image/') ? Math.min(largestPicture, mostBytes) : mostBytes;
      return bytes.length > most ? 'file-size' : null;
    },
    /** Writes the sealed bytes. @returns the document that makes them a file of the conversation, not yet written */
    async keep(
      { name, bytes }: GivenFile,
      conversationId: string,
      address: Alias,
      staffId: string,
    ): Promise<FileDocument> {
      const id = newId();
      const mimeType = typeOf(name) ?? 'application/octet-stream';
      const at = clocks.real.now();
      const expiresAt = new Date(at.getTime() + keptMs);
      const sealed = sealFile(id, bytes, secret, nonce);
      await store.files.keepPieces(id, sealed, expiresAt);
      return {
        ...{ _id: id, conversationId, channel: address.channel, ref: `staff:${staffId}` },
        ...{ mimeType, name: cleanName(name, mimeType), size: bytes.length },
        ...{ status: 'kept', attempts: 0, nextAttemptAt: at, pieces: sealed.length, receivedAt: at, expiresAt },
      };
    },
    /** Null where its term is over, or what is stored cannot be opened (any more). */
    async open(id: string): Promise<OutgoingFile | null> {
      const file = await store.files.find(id);
      if (file?.status !== 'kept') return null;
      try {
        const bytes = openFile(id, await store.files.pieces(id), file.pieces ?? 0, secret);
        return { id, bytes, mimeType: file.mimeType, name: file.name ?? id };
      } catch {
        return null;
      }
    },
  };
};
export type OutgoingFiles = ReturnType<typeof createOutgoingFiles>;
