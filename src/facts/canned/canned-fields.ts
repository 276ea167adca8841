/** What a canned response holds and the rules it must keep. */
import { z } from 'zod';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Bilingual } from '../../language.js';
import { bilingual } from '../articles/article-fields.js';

export interface CannedFields {
  /** What a specialist types after a slash, in small letters: `су` for `/су`. */
  readonly shortcut: string;
  readonly text: Bilingual;
  /** The queue it is for; all of them where there is none. */
  readonly queue?: Queue;
}
/** Characters of one language's text: it leaves room for what is filled in, in one message of any channel. */
export const longestCanned = 2_000;
export const longestShortcut = 20;

export const cannedFields = z.object({
  shortcut: z.string().refine((typed) => /^[\p{L}\p{M}\p{N}-]{1,20}$/u.test(typed), 'bad-shortcut'),
  text: bilingual(longestCanned),
});
