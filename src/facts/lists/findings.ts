/** What may be wrong with a list: with a row of it, or with the file as a whole. Codes only; their words stand in locales/{kk,ru}/lists.yaml. */

/** Why one cell, or one row, cannot be taken. */
export const faultCodes = [
  'empty',
  'wrong-length',
  'not-digits',
  'birth-date',
  'century-digit',
  'check-digit',
  'never-issued',
  'excel-exponent',
  'leading-zeros',
  'formula',
  'cell-error',
  'unknown-programme',
  'unknown-status',
  'not-an-amount',
  'amount-not-positive',
  'amount-too-large',
  'not-a-date',
  'no-such-day',
  'date-far',
  'iin-in-text',
  'too-long',
  'broken-characters',
  'columns',
  'unclosed-quote',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** Why no row of a file can be read. */
export const fileFaultCodes = [
  'empty-file',
  'no-rows',
  'not-a-table',
  'old-excel',
  'broken-file',
  'too-large',
  'no-header',
  'header-twice',
  'several-sheets',
  'no-such-sheet',
  'mapping-needed',
] as const;
export type FileFaultCode = (typeof fileFaultCodes)[number];

/** The file cannot be read as a list; `names` tells what there is instead (sheets, columns). */
export class UnreadableList extends Error {
  override readonly name = 'UnreadableList';
  constructor(
    readonly code: FileFaultCode,
    readonly names: readonly string[] = [],
  ) {
    super(code);
  }
}

/** One fault of a row. `detail` never holds an IIN. */
export interface CellFault {
  /** The column as the file's header calls it; absent where the whole row is at fault. */
  readonly column?: string;
  readonly code: FaultCode;
  readonly detail?: string;
}
/** What is told of a row that is not loaded. Lines are those of the physical file, from 1; a row of several lines has its first. */
export type Finding =
  | ({ readonly kind: 'rejected'; readonly line: number; readonly more?: readonly CellFault[] } & CellFault)
  /** An exact repetition of the row in line `other`. */
  | { readonly kind: 'duplicate'; readonly line: number; readonly other: number; readonly column: string }
  /** The same person in the same programme with other values in line `other`: neither is loaded. */
  | { readonly kind: 'conflict'; readonly line: number; readonly other: number; readonly column: string };

export interface ListCounts {
  readonly loaded: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
}
