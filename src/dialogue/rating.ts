/**
 * A resident's word on a specialist's answer: by a tap, or by a bare thumb where a channel has no taps. No number and no word ever is one,
 * so that it cannot be taken for a choice, an amount or 103. Pure.
 */
import type { Settled, Turn } from './contract.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';

export type Rating = 'good' | 'bad';
export const ratingChoice = (ticketId: string, rating: Rating): string => `rate:${ticketId}:${rating}`;

/** With any shade of skin, and however often. */
const thumbs = /^(?:(👍|👎)(?:\p{Emoji_Modifier}|\uFE0F)?\s*)+$/u;

const readRating = ({ choiceId, text }: Turn): { readonly rating: Rating; readonly ticketId?: string } | null => {
  const tapped = /^rate:([\w-]{1,64}):(good|bad)$/.exec(choiceId ?? '');
  if (tapped?.[1]) return { rating: tapped[2] === 'good' ? 'good' : 'bad', ticketId: tapped[1] };
  if (choiceId !== undefined) return null;
  const thumb = thumbs.exec(text.trim())?.[1];
  return thumb === undefined ? null : { rating: thumb === '👍' ? 'good' : 'bad' };
};

/** Null where it is no rating, or nothing of this resident's waits for one. What was open stays open. */
export const takeRating = (speech: Speech): Settled | null => {
  const read = readRating(speech.turn);
  if (!read) return null;
  const { rating, ticketId } = read;
  const rated = speech.need({ fact: 'rated-ticket', ...(ticketId === undefined ? {} : { ticketId }) });
  if (!rated) return null;
  const said = speech.say(`rating.${rating}`, { ticket: rated.receipt });
  return {
    ...reply(speech, { parts: { must: [said] }, outcome: 'small:thanks', expecting: speech.state.expecting }),
    rates: { ticketId: rated.id, rating },
  };
};
