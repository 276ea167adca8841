/** What a posted form may hold; a form that does not fit is answered with a sentence, never with a stack. */
import type { Request } from 'express';
import { z } from 'zod';
import { longestReply } from '../../facts/tickets/answering.js';
import { longestNote } from '../../facts/tickets/passing-on.js';
import { languages } from '../../language.js';
import { modes } from '../../store/settings.js';

/**
 * Longest form of the staff pages: an article filled to its limits is 140,000 characters, and a Cyrillic letter takes six bytes on its
 * way. What is longer is refused before it is read.
 */
export const longestForm = '1mb';

/** Thrown for input a person can mend; `key` is a sentence of staff.yaml. */
export class BadForm extends Error {
  override readonly name = 'BadForm';
  constructor(
    readonly key: string,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(key);
  }
}

/** @throws BadForm where the body does not fit */
export const parseForm = <T extends z.ZodType>(form: T, req: Request, key = 'error.badForm'): z.infer<T> => {
  const parsed = form.safeParse(req.body ?? {});
  if (!parsed.success) throw new BadForm(key);
  return parsed.data;
};

/** One value of the path. */
export const pathId = (req: Request, name = 'id'): string => {
  const parsed = z.string().min(1).max(128).safeParse(req.params[name]);
  if (!parsed.success) throw new BadForm('error.badForm');
  return parsed.data;
};

/** Where to go on to after a form: a page of ours, never another site's. */
export const localPath = z
  .string()
  .max(500)
  .regex(/^\/staff(?:[/?][\w\-./?=&%:]*)?$/)
  .catch('/staff');

export const signInForm = z.object({
  email: z.string().trim().min(3).max(200),
  password: z.string().min(1).max(200),
  next: localPath.optional(),
});
export const languageForm = z.object({ language: z.enum(languages), back: localPath });
export const modeForm = z.object({ mode: z.enum(modes), confirmed: z.literal('yes') });
/** Made by the page: the same form posted twice is carried out once. */
export const requestId = z.string().min(8).max(100);
/** A browser counts a line break as two characters; what is too long after trimming is refused by the tickets with its own sentence. */
export const replyForm = z.object({
  text: z.string().max(longestReply * 3),
  requestId,
  /** The warnings about this reply were read. */
  confirmed: z.literal('yes').optional(),
});
export const fileForm = z.object({ requestId });
export const draftForm = z.object({
  verdict: z.enum(['send', 'edited', 'discard']),
  text: z.string().max(longestReply * 3),
});
export const resolveForm = z.object({ spam: z.literal('yes').optional() });
export const urgencyForm = z.object({ urgent: z.enum(['yes', 'no']) });
export const noteForm = z.object({ text: z.string().max(longestNote * 3), requestId });
/** A queue, or a person in one: "payments" or "payments:ID". */
export const transferForm = z.object({
  target: z.string().regex(/^[\w-]{1,40}(?::[\w-]{1,64})?$/),
  note: z.string().max(longestNote * 3),
});
export const presenceForm = z.object({ state: z.enum(['looking', 'typing', 'away']) });
export const shiftForm = z.object({ to: z.string().max(64), confirmed: z.enum(['yes', 'leave']) });
/** Tickets that are left claimed were seen. */
export const signOutForm = z.object({ anyway: z.literal('yes').optional() });
export const undeliveredForm = z.object({ verdict: z.enum(['arrived', 'again']) });
