/** What a ticket is found by: its words without endings of typing, and the resident's number from its end. Pure. */
import type { Alias } from '../../transport/contract.js';
import { fold } from '../../understand/fold.js';

/** Words kept of one turn's messages: a longer story is found by its beginning. */
const mostWords = 80;
/** Words of a search that count. */
const mostWanted = 6;
const word = /[\p{L}\d]{2,40}/gu;

/** Folded as the understanding does, so that "құжат" is found by "кужат"; each once. */
export const searchWords = (text: string, most = mostWords): string[] =>
  [...new Set((text.toLowerCase().match(word) ?? []).map(fold))].filter((one) => one.length > 1).slice(0, most);

/** Digits of the resident's number in reverse; undefined where the channel calls them by something else. */
export const phoneFromEnd = ({ channel, id }: Alias): string | undefined => {
  const digits = /^\+?(\d{10,15})(?:@c\.us)?$/.exec(id)?.[1];
  return channel === 'web' || digits === undefined ? undefined : [...digits].reverse().join('');
};

export type Wanted =
  | { readonly kind: 'receipt'; readonly receipt: string }
  | { readonly kind: 'phone'; readonly ends: string }
  | { readonly kind: 'words'; readonly starts: readonly string[] };

/** How a search was meant: a receipt such as K-7F3Q, the last digits of a number (four and more), else words. */
export const readSearch = (typed: string): Wanted | null => {
  const text = typed.trim();
  const receipt = /^[kк]\s*[-–]?\s*([\da-z]{4,6})$/iu.exec(text)?.[1];
  if (receipt !== undefined && /^[kк]\s*[-–]/iu.test(text))
    return { kind: 'receipt', receipt: `K-${receipt.toUpperCase()}` };
  const digits = text.replaceAll(/[\s()+-]/g, '');
  if (/^\d{4,15}$/.test(digits)) return { kind: 'phone', ends: digits.slice(-10) };
  const starts = searchWords(text, mostWanted);
  return starts.length > 0 ? { kind: 'words', starts } : null;
};
