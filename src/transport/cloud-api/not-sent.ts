/** A refusal of Meta's as what the outbox does about it. Pure. */
import type { NotSent } from '../contract.js';
import { sentenceOf, verdictOf } from './errors.js';
import type { MetaError } from './webhook-shapes.js';

/** While the account or the token has to be mended, a message is tried so often, in milliseconds. */
export const mendingMs = 60_000;

/**
 * That something was too quick counts as a try, with its growing wait, as Meta's news of a message that it had taken does. Who sends gives
 * the try back, and waits as its pace says (`cloud-api.ts`).
 */
export const notSent = (error: MetaError, httpStatus: number): NotSent => {
  const words = sentenceOf(error);
  const verdict = verdictOf(error, httpStatus);
  switch (verdict) {
    case 'try-again':
    case 'slow-number':
    case 'slow-pair':
      return { kind: 'retry', error: words };
    case 'account':
      return { kind: 'retry', busy: true, afterMs: mendingMs, reason: 'account', error: words };
    case 'window-closed':
      return { kind: 'held', error: words };
    case 'unreachable':
    case 'content':
    case 'template':
      return { kind: 'refused', reason: verdict, error: words };
  }
};
