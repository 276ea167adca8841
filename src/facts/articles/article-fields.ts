/** What an article holds and the rules it must keep, the same for staff's edits and for the content pack. */
import { z } from 'zod';
import type { Topic } from '../../dialogue/fact-requests.js';

export const topics = ['payments', 'checkpoints', 'business', 'health', 'services'] as const satisfies readonly Topic[];

/** WhatsApp shows this much without "read more" on most phones, and date and source must still fit beside it. */
export const longestAnswer = 600;
/** Most characters of each field; of an example and a keyword, of each one. */
export const longest = {
  question: 200,
  answer: longestAnswer,
  examples: 300,
  keywords: 100,
  source: 500,
  id: 60,
} as const;

/** Most examples in each language, and most keywords. */
export const most = 200;

const filled = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'empty')
    .refine((text) => [...text].length <= longest, { message: 'too-long' });
export const bilingual = (longest: number) => z.strictObject({ kk: filled(longest), ru: filled(longest) });

/** A day that exists, YYYY-MM-DD. */
export const isoDay = z.string().refine(
  (day) => {
    const date = new Date(`${day}T00:00:00Z`);
    return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  },
  { message: 'no-such-day' },
);

const phrases = z.array(filled(longest.examples)).max(most, 'too-many');

export const articleFields = z
  .strictObject({
    topic: z.enum(topics),
    question: bilingual(longest.question),
    answer: bilingual(longest.answer),
    examples: z.strictObject({ kk: phrases, ru: phrases }),
    keywords: z.array(filled(longest.keywords)).max(most, 'too-many'),
    source: bilingual(longest.source),
    verifiedOn: isoDay,
    reviewBy: isoDay,
    /** After this day the answer is not given any more. */
    validUntil: isoDay.optional(),
  })
  .refine((article) => article.reviewBy >= article.verifiedOn, { path: ['reviewBy'], message: 'before-verified' })
  .refine((article) => article.validUntil === undefined || article.validUntil >= article.verifiedOn, {
    path: ['validUntil'],
    message: 'before-verified',
  });

export interface ArticleFields {
  readonly topic: Topic;
  readonly question: { readonly kk: string; readonly ru: string };
  readonly answer: { readonly kk: string; readonly ru: string };
  readonly examples: { readonly kk: readonly string[]; readonly ru: readonly string[] };
  readonly keywords: readonly string[];
  /** Document or authority, as residents of each language read it under the answer. */
  readonly source: { readonly kk: string; readonly ru: string };
  readonly verifiedOn: string;
  readonly reviewBy: string;
  readonly validUntil?: string;
}

/** Ids are labels of the understanding: short words of Latin letters joined by dashes. */
export const contentId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'bad-id')
  .max(longest.id, 'too-long');
