/** What a payment programme holds: names, texts of each status and what to do next. Data that staff edit, not code. */
import { z } from 'zod';
import type { Label } from '../../understand/contract.js';
import { bilingual, isoDay } from '../articles/article-fields.js';

export const statuses = ['approved', 'paid', 'in-review', 'refused'] as const;
export type ListStatus = (typeof statuses)[number];

const placeholders = new Set(['amount', 'status', 'date', 'reason', 'listDate', 'shortName']);
/** A text with i18next placeholders; an unknown one would reach residents as it stands. */
const template = bilingual(400).refine(
  (texts) =>
    [...`${texts.kk}${texts.ru}`.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].every((match) =>
      placeholders.has(match[1] ?? ''),
    ),
  { message: 'unknown-placeholder' },
);
const perStatus = z.strictObject({
  approved: template,
  paid: template,
  'in-review': template,
  refused: template,
  notFound: template,
});

const phrasings = z.array(z.string().trim().min(2, 'empty').max(200, 'too-long')).max(100, 'too-many');

export const programmeFields = z.strictObject({
  amount: z.int().positive(),
  currency: z.literal('KZT'),
  name: bilingual(200),
  shortName: bilingual(60),
  organiser: bilingual(300),
  frequency: z.enum(['once', 'monthly']),
  intent: z.string().regex(/^service:eligibility-[a-z0-9-]+$/, 'bad-intent'),
  articles: z.array(z.string()),
  /** Promised refresh of the list, in days; an older list says so. */
  listRefreshDays: z.int().positive(),
  statuses: z.array(z.enum(statuses)).min(1),
  statusNames: z.record(z.enum(statuses), bilingual(60)),
  /** Texts of the reason codes that a list may carry; `unknown` stands for an empty one. */
  refusalReasons: z
    .record(z.string(), bilingual(200))
    .refine((reasons) => 'unknown' in reasons, { message: 'unknown-missing' }),
  resultTexts: perStatus.extend({ found: template }),
  nextSteps: perStatus,
  /** Words that name the programme in a message, beside its amount; a word stands for all that begin with it. */
  keywords: z.array(z.string().trim().min(3, 'empty').max(60, 'too-long')).max(30, 'too-many').optional(),
  /** Questions that lead to a check, as residents write them. */
  questions: z.strictObject({ kk: phrasings, ru: phrasings }).optional(),
  /** First and last day on which one can apply. */
  openFrom: isoDay.optional(),
  openUntil: isoDay.optional(),
});
type Parsed = z.infer<typeof programmeFields>;
export type ProgrammeFields = Omit<Parsed, 'intent'> & { readonly intent: Label };
