/** What a specialist's action may be refused for; the pages turn the code into a sentence. */
import type { FileFault } from '../files/outgoing-files.js';

export type TicketErrorCode =
  | 'not-found'
  /** `by`: the staff id of who has it. */
  | 'already-claimed'
  /** The conversation is held through another ticket by `by`. */
  | 'conversation-held'
  | 'not-yours'
  | 'resolved'
  | 'empty-text'
  | 'too-long'
  /** Places of a canned response that nobody filled: `open`. */
  | 'unfilled'
  | 'note-missing'
  | 'note-too-long'
  /** The colleague does not answer in that queue. */
  | 'not-a-member'
  | 'draft-gone'
  /** What a specialist chose to send. */
  | FileFault
  | 'row-gone';

export class TicketError extends Error {
  override readonly name = 'TicketError';
  constructor(
    readonly code: TicketErrorCode,
    readonly by?: string,
    readonly open: readonly string[] = [],
  ) {
    super(code);
  }
}
