/** Residents' files for staff: opened each time written down. */

import type { Store } from '../../store/store.js';
import type { Audit } from '../audit/audit.js';
import type { FileRefusal } from './kinds.js';
import { openFile } from './seal.js';

export interface FilesParts {
  readonly store: Pick<Store, 'files'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly secret: string;
}
export interface OpenedFile {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly name?: string;
}

export const createFiles = ({ store: { files }, audit, secret }: FilesParts) => ({
  /** Why a file cannot be opened. `none`: there was none, or its term of keeping is over. */
  async missing(id: string): Promise<'wanted' | 'gone' | 'none' | FileRefusal> {
    const file = await files.find(id);
    if (file?.status === 'wanted' || file?.status === 'gone') return file.status;
    return file?.status === 'refused' ? (file.why === 'size' ? 'size' : 'type') : 'none';
  },
  /**
   * The bytes, after it was written down who looked. Null where it is not here (any more).
   * @throws Error where what is stored was changed, or sealed under another key
   */
  async open(id: string, staffId: string): Promise<OpenedFile | null> {
    const file = await files.find(id);
    if (file?.status !== 'kept') return null;
    await audit.record({ by: staffId, action: 'file-viewed', subject: `file:${id}` });
    const bytes = openFile(id, await files.pieces(id), file.pieces ?? 0, secret);
    return { bytes, mimeType: file.mimeType, ...(file.name === undefined ? {} : { name: file.name }) };
  },
});
export type Files = ReturnType<typeof createFiles>;
