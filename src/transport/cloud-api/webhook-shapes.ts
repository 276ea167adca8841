/**
 * What Meta posts to the webhook, as far as we read it; what we do not read may be there or not. Shapes:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
import { z } from 'zod';

const short = z.string().min(1).max(512);
/** Seconds since the epoch, written as text. */
const timestamp = z
  .union([z.string(), z.number()])
  .transform(Number)
  .pipe(z.number().int().min(1_000_000_000).max(9_999_999_999))
  .transform((seconds) => new Date(seconds * 1_000));

/** A telephone number in figures (`wa_id`). */
const waId = z.string().regex(/^\d{5,20}$/);
/** A business-scoped user id such as `KZ.13491208655302741918`; with `ENT.` a parent's. */
const userId = z.string().regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/);

const media = z.object({
  id: z.string().min(1).max(256),
  mime_type: z.string().max(200).default('application/octet-stream'),
  caption: z.string().optional(),
  filename: z.string().max(500).optional(),
  file_size: z.number().int().nonnegative().optional(),
});

/** Who and when: without these nothing can be answered; the rest of a message is read by its type. */
export const messageHead = z.object({
  id: short,
  from: waId.optional().catch(undefined),
  from_user_id: userId.optional().catch(undefined),
  timestamp,
  type: z.string().min(1).max(64),
  context: z.object({ id: short.optional() }).optional().catch(undefined),
});
export type MessageHead = z.infer<typeof messageHead>;

/** A message to a group that the number is in, or the status of one of ours to it: groups are not spoken. */
export const ofGroup = z.union([z.object({ group_id: z.string() }), z.object({ recipient_type: z.literal('group') })]);

const interactive = z.discriminatedUnion('type', [
  z.object({ type: z.literal('button_reply'), button_reply: z.object({ id: short, title: z.string() }) }),
  z.object({ type: z.literal('list_reply'), list_reply: z.object({ id: short, title: z.string() }) }),
]);

export const bodies = {
  text: z.object({ text: z.object({ body: z.string() }) }),
  interactive: z.object({ interactive }),
  button: z.object({ button: z.object({ text: z.string(), payload: z.string().optional() }) }),
  location: z.object({
    location: z.object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().optional(),
    }),
  }),
  image: z.object({ image: media }),
  audio: z.object({ audio: media }),
  video: z.object({ video: media }),
  document: z.object({ document: media }),
  sticker: z.object({ sticker: media }),
  reaction: z.object({ reaction: z.object({ message_id: short, emoji: z.string().max(64).default('') }) }),
  /** The new number stands under one name or the other, as the version of the Graph API has it. */
  changedNumber: z.object({
    system: z.object({
      type: z.literal(['user_changed_number', 'customer_changed_number']),
      wa_id: waId.optional(),
      new_wa_id: waId.optional(),
    }),
  }),
  edit: z.object({
    edit: z.object({
      original_message_id: short,
      message: z.object({
        text: z.object({ body: z.string() }).optional(),
        image: z.object({ caption: z.string().optional() }).optional(),
        video: z.object({ caption: z.string().optional() }).optional(),
        document: z.object({ caption: z.string().optional() }).optional(),
      }),
    }),
  }),
} as const;

export const metaError = z.object({
  code: z.number().int(),
  error_subcode: z.number().int().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  title: z.string().optional(),
  message: z.string().optional(),
  error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
});
export type MetaError = z.infer<typeof metaError>;

export const status = z.object({
  id: short,
  status: z.string(),
  timestamp,
  biz_opaque_callback_data: z.string().max(512).optional(),
  errors: z.array(metaError).optional().catch(undefined),
  pricing: z.object({ billable: z.boolean().optional(), category: z.string().optional() }).optional().catch(undefined),
});
export type Status = z.infer<typeof status>;

export const contact = z.object({ wa_id: waId.optional(), user_id: userId.optional() });

/** The part of a post that speaks of our number's messages. */
export const messagesValue = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  /** What Meta could not process at all, or the account may not do: of no message. */
  errors: z.array(z.unknown()).default([]),
});

export const post = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })).min(1),
});

/** Answers of the Graph API. */
export const accepted = z.object({ messages: z.array(z.object({ id: short })).min(1) });
export const uploaded = z.object({ id: z.string().min(1) });
export const mediaPlace = z.object({
  url: z.url(),
  mime_type: z.string().optional(),
  file_size: z.coerce.number().int().nonnegative().optional(),
  sha256: z.string().optional(),
});
export const refusal = z.object({ error: metaError });
