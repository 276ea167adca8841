/** The room of programmes: staff add one and change every text of it, with history; what it answers, eligibility tells. */
import type { Clocks } from '../../clock.js';
import type { ProgrammeChangeDocument, ProgrammeDocument, ProgrammeRows } from '../../store/programmes.js';
import { contentId } from '../articles/article-fields.js';
import { type ProgrammeFields, programmeFields } from './programme-fields.js';

/** One fault of a field: `field` as a path (`resultTexts.paid.kk`), `code` such as `empty`, `unknown-placeholder`. */
export interface ProgrammeFault {
  readonly field: string;
  readonly code: string;
}
export class ProgrammeError extends Error {
  override readonly name = 'ProgrammeError';
  constructor(
    readonly code: 'invalid' | 'stale' | 'id-taken' | 'not-found',
    readonly faults: readonly ProgrammeFault[] = [],
    /** Who saved in between (`stale`). */
    readonly by?: string,
  ) {
    super(code);
  }
}

/** Programmes that staff add stand after those of the pack. */
const lastPosition = 1_000_000;
const named = ['empty', 'too-long', 'too-many', 'no-such-day', 'unknown-placeholder', 'unknown-missing'];

/** @throws ProgrammeError invalid, with every fault */
const checked = (id: string, fields: ProgrammeFields): ProgrammeFields => {
  const result = programmeFields.safeParse(fields);
  const faults = (result.error?.issues ?? []).map(({ path, message }) => ({
    field: path.join('.'),
    code: named.includes(message) ? message : 'wrong-form',
  }));
  const { openFrom, openUntil } = fields;
  if (openFrom && openUntil && openUntil < openFrom) faults.push({ field: 'openUntil', code: 'wrong-form' });
  if (!contentId.safeParse(id).success) faults.unshift({ field: 'id', code: 'bad-id' });
  if (!result.success || faults.length > 0) throw new ProgrammeError('invalid', faults);
  return result.data as ProgrammeFields;
};

export interface ProgrammesParts {
  readonly store: { readonly programmes: ProgrammeRows };
  readonly clocks: Clocks;
}
export interface ProgrammeChange {
  readonly id: string;
  readonly fields: ProgrammeFields;
  /** Nobody has confirmed it yet. */
  readonly sample: boolean;
  readonly by: string;
  /** As the editor saw it; 0 for a new one. */
  readonly version: number;
}

export const createProgrammes = ({ store: { programmes }, clocks }: ProgrammesParts) => ({
  find: (id: string): Promise<ProgrammeDocument | null> => programmes.find(id),
  /** The latest hundred changes, the latest first. */
  history: (id: string): Promise<readonly ProgrammeChangeDocument[]> => programmes.history(id, 100),
  /** Throws as `save` would. */
  check: ({ id, fields }: Pick<ProgrammeChange, 'id' | 'fields'>): void => void checked(id, fields),
  /**
   * Residents are answered so from the next message on, in every process.
   * @throws ProgrammeError invalid, id-taken, not-found, stale (somebody saved in between)
   */
  async save({ id, fields, sample, by, version }: ProgrammeChange): Promise<void> {
    const now = version === 0 ? null : await programmes.find(id);
    if (version > 0 && !now) throw new ProgrammeError('not-found');
    const saved = await programmes.put({
      _id: id,
      fields: checked(id, fields),
      sample,
      position: now?.position ?? lastPosition,
      version: version + 1,
      origin: now?.origin ?? { pack: false },
      updatedAt: clocks.real.now(),
      updatedBy: by,
    });
    if (saved) return;
    if (version === 0) throw new ProgrammeError('id-taken');
    throw new ProgrammeError('stale', [], (await programmes.find(id))?.updatedBy);
  },
});
export type Programmes = ReturnType<typeof createProgrammes>;
