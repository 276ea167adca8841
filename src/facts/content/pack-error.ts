/** Faults of a content pack, each with its place, so that an editor can go straight to the line. */

export interface PackFault {
  /** Path inside the pack. */
  readonly file: string;
  /** From 1; absent where a whole file is missing. */
  readonly line?: number;
  /** Path of the field (`articles[3].answer.kk`) or the column of a list. */
  readonly field?: string;
  readonly message: string;
}

/** The pack cannot be taken as it is; nothing was changed. `message` holds one line for each fault. */
export class PackError extends Error {
  override readonly name = 'PackError';
  constructor(readonly faults: readonly PackFault[]) {
    super(faults.map(faultLine).join('\n'));
  }
}

export const faultLine = ({ file, line, field, message }: PackFault): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${field === undefined || field === '' ? '' : `${field}: `}${message}`;
