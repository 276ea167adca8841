/** What is posted about a group: who is chosen, what is said in which language, and how far it has come. */
import { z } from 'zod';
import { longestMessage } from '../../facts/tickets/answering.js';
import { mostTickets } from '../../facts/tickets/group-replies.js';
import type { Language } from '../../language.js';
import { requestId } from './forms.js';

const ids = z
  .union([z.string().max(64), z.array(z.string().max(64)).max(mostTickets)])
  .optional()
  .transform((value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value));
const text = z
  .string()
  .max(longestMessage * 3)
  .default('');

export const groupForm = z.object({
  requestId,
  tickets: ids,
  textKk: text,
  textRu: text,
  closes: z.literal('yes').optional(),
  step: z.enum(['edit', 'preview', 'send']).default('preview'),
  /** Takes this ticket out of the group. */
  out: z.string().max(64).optional(),
  /** Puts the ticket of this receipt in; counts where its button was pressed. */
  receipt: z.string().trim().max(20).default(''),
  put: z.literal('yes').optional(),
});
export type GroupForm = z.infer<typeof groupForm>;
export const textsOf = ({ textKk, textRu }: Pick<GroupForm, 'textKk' | 'textRu'>): Record<Language, string> => ({
  kk: textKk,
  ru: textRu,
});
/** The name of a language's field. */
export const textField = { kk: 'textKk', ru: 'textRu' } as const;

export const groupReplyForm = z.object({ verdict: z.literal('undo') });
export const draftFromReplyForm = z.object({
  questionKk: z.string().max(600),
  questionRu: z.string().max(600),
  answerKk: z.string().max(6_000),
  answerRu: z.string().max(6_000),
});
