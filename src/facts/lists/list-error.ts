/** Why an action on a batch was refused; the pages turn the code into a sentence. */
export type ListErrorCode =
  | 'not-found'
  | 'unknown-programme'
  | 'wrong-state'
  /** Another list came into force since this one was compared. */
  | 'overtaken'
  /** Nothing in it can be loaded. */
  | 'nothing-to-load'
  /** So many people would fall out of a list that somebody has to say so. */
  | 'shrinks'
  | 'nothing-earlier';

export class ListError extends Error {
  override readonly name = 'ListError';
  constructor(
    readonly code: ListErrorCode,
    /** Programmes it is about. */
    readonly programmes: readonly string[] = [],
  ) {
    super(code);
  }
}
