/** Parses what a browser posts into what the channel hands in; everything past this file trusts it. */
import { z } from 'zod';
import type { IncomingContent } from '../../transport/contract.js';

/** The key of the sentence that says what is wrong with a posted message. */
export type Refusal = 'errors.form' | 'errors.empty' | 'errors.tooLong' | 'errors.location' | 'errors.choiceGone';

export const longestText = 4096;

/** A script sends numbers, a form sends them as text. */
const degrees = z
  .union([z.number(), z.string().trim().min(1)])
  .transform(Number)
  .refine(Number.isFinite);
const posted = z.object({
  text: z.string().optional(),
  choiceId: z.string().max(64).optional(),
  latitude: degrees.optional(),
  longitude: degrees.optional(),
  /** Typed by hand: "44.85, 65.51". */
  location: z.string().max(100).optional(),
  clientId: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
  lang: z.enum(['kk', 'ru']).optional(),
});
export type Posted = z.infer<typeof posted>;

const seen = z.object({ ids: z.array(z.string().min(1).max(64)).min(1).max(200) });
/** Ids of our messages that the browser showed to its resident; null where the body is something else. */
export const parseSeen = (body: unknown): readonly string[] | null => seen.safeParse(body).data?.ids ?? null;

export const parsePosted = (body: unknown): Posted | null => {
  const parsed = posted.safeParse(body);
  return parsed.success ? parsed.data : null;
};

/** "44.85, 65.51", "44,85; 65,51", "44.85 65.51" → numbers; null where it is not a pair on the globe. */
export const parseCoordinates = (typed: string): { readonly latitude: number; readonly longitude: number } | null => {
  const pair =
    /^\s*(-?\d{1,2}(?:\.\d{1,10})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,10})?)\s*$/.exec(typed) ??
    /^\s*(-?\d{1,2}(?:,\d{1,10})?)(?:\s*;\s*|\s+)(-?\d{1,3}(?:,\d{1,10})?)\s*$/.exec(typed);
  if (!pair) return null;
  const [latitude, longitude] = [pair[1], pair[2]].map((part) => Number(part?.replace(',', '.')));
  return latitude !== undefined && longitude !== undefined && onGlobe(latitude, longitude)
    ? { latitude, longitude }
    : null;
};

const onGlobe = (latitude: number, longitude: number): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

/**
 * @param titleOf the title of a choice that this browser was offered, by id; its word, not the browser's, is taken
 * @returns the content, or the key of the sentence that says why there is none
 */
export const contentOf = async (
  message: Posted,
  titleOf: (choiceId: string) => Promise<string | null>,
): Promise<IncomingContent | Refusal> => {
  const { text, choiceId, latitude, longitude, location } = message;
  if (choiceId !== undefined) {
    const title = await titleOf(choiceId);
    return title === null ? 'errors.choiceGone' : { kind: 'choice', choiceId, title };
  }
  if (latitude !== undefined || longitude !== undefined) {
    if (latitude === undefined || longitude === undefined || !onGlobe(latitude, longitude)) return 'errors.location';
    return { kind: 'location', latitude, longitude };
  }
  if (location !== undefined) {
    const point = parseCoordinates(location);
    return point ? { kind: 'location', ...point } : 'errors.location';
  }
  if (text === undefined) return 'errors.form';
  if (text.trim() === '') return 'errors.empty';
  return [...text].length > longestText ? 'errors.tooLong' : { kind: 'text', text };
};
