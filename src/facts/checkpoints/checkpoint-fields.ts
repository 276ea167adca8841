/** What is known of one checkpoint, and the rules it must keep. */
import { z } from 'zod';
import { bilingual } from '../articles/article-fields.js';

export const checkpointStatuses = ['open', 'restricted', 'closed'] as const;
const instant = z.iso.datetime({ offset: true, message: 'no-such-instant' });
/** "24/7" or "HH:MM-HH:MM", Asia/Qyzylorda. */
const hours = z.string().regex(/^(?:24\/7|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)$/, 'bad-hours');

export const checkpointFields = z.strictObject({
  name: bilingual(120),
  aliases: z.array(z.string().trim().min(1).max(80)),
  district: z.string().trim().min(1).max(40),
  location: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
  road: bilingual(200),
  status: z.enum(checkpointStatuses),
  hours,
  allowedVehicles: z.array(z.string()),
  rules: bilingual(400),
  registration: bilingual(400),
  /** When the state was last confirmed, with offset. */
  updatedAt: instant,
});
export type CheckpointFields = z.infer<typeof checkpointFields>;
