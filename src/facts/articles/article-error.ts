/** What an editor's action on an article may be refused for; the pages turn the code into a sentence. */
export type ArticleErrorCode = 'not-found' | 'id-taken' | 'stale' | 'invalid' | 'no-draft';

/** One fault of a field: `field` as a path (`answer.kk`), `code` such as `empty`, `too-long`, `no-such-day`, `before-verified`. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
}

export class ArticleError extends Error {
  override readonly name = 'ArticleError';
  constructor(
    readonly code: ArticleErrorCode,
    readonly faults: readonly FieldFault[] = [],
    /** Who saved in between (`stale`). */
    readonly by?: string,
  ) {
    super(code);
  }
}
