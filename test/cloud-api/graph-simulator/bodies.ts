/** What Meta takes at /messages, as strictly as its pages say: unknown fields, missing ones and lengths are refused with its codes. */
import { z } from 'zod';

/** Counted in characters as Meta's pages give them. */
const upTo = (longest: number) => z.string().min(1).max(longest);
const media = z.strictObject({ id: z.string().min(1), caption: upTo(1024).optional() });
const differ = <T>(items: readonly T[], of: (item: T) => string): boolean =>
  new Set(items.map(of)).size === items.length;

const buttons = z.strictObject({
  type: z.literal('button'),
  body: z.strictObject({ text: upTo(1024) }),
  action: z.strictObject({
    buttons: z
      .array(z.strictObject({ type: z.literal('reply'), reply: z.strictObject({ id: upTo(256), title: upTo(20) }) }))
      .min(1)
      .max(3)
      .refine((all) => differ(all, ({ reply }) => reply.title) && differ(all, ({ reply }) => reply.id)),
  }),
});
const list = z.strictObject({
  type: z.literal('list'),
  body: z.strictObject({ text: upTo(4096) }),
  action: z.strictObject({
    button: upTo(20),
    sections: z
      .array(
        z.strictObject({
          title: upTo(24).optional(),
          rows: z.array(z.strictObject({ id: upTo(200), title: upTo(24), description: upTo(72).optional() })).min(1),
        }),
      )
      .min(1)
      .max(10)
      .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined))
      .refine((all) => all.flatMap(({ rows }) => rows).length <= 10)
      .refine((all) =>
        differ(
          all.flatMap(({ rows }) => rows),
          ({ id }) => id,
        ),
      ),
  }),
});
const locationRequest = z.strictObject({
  type: z.literal('location_request_message'),
  body: z.strictObject({ text: upTo(1024) }),
  action: z.strictObject({ name: z.literal('send_location') }),
});

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\+?\d{5,20}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  biz_opaque_callback_data: upTo(512).optional(),
};
const message = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    text: z.strictObject({ body: upTo(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('interactive'),
    interactive: z.discriminatedUnion('type', [buttons, list, locationRequest]),
  }),
  z.strictObject({
    ...common,
    type: z.literal('template'),
    template: z.strictObject({ name: upTo(512), language: z.strictObject({ code: z.string().min(2) }) }),
  }),
  z.strictObject({ ...common, type: z.literal('image'), image: media }),
  z.strictObject({ ...common, type: z.literal('video'), video: media }),
  z.strictObject({ ...common, type: z.literal('audio'), audio: z.strictObject({ id: z.string().min(1) }) }),
  z.strictObject({
    ...common,
    type: z.literal('document'),
    document: z.strictObject({
      id: z.string().min(1),
      caption: upTo(1024).optional(),
      filename: z.string().optional(),
    }),
  }),
]);
export type SentBody = z.infer<typeof message>;

const readMark = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});
export type ReadBody = z.infer<typeof readMark>;

export interface Refused {
  readonly code: number;
  readonly subcode?: number;
  readonly type?: string;
  readonly details: string;
}

/** The body as Meta understands it, or the code it refuses it with. */
export const understandBody = (json: unknown): SentBody | ReadBody | Refused => {
  if (typeof json === 'object' && json !== null && 'status' in json) {
    return readMark.safeParse(json).data ?? { code: 100, details: 'Invalid parameter' };
  }
  const parsed = message.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const isShape = issue?.code === 'unrecognized_keys' || issue?.code === 'invalid_type';
    return { code: isShape ? 100 : 131009, details: `${issue?.path.join('.')}: ${issue?.message}` };
  }
  const { to, recipient } = parsed.data;
  return to === undefined && recipient === undefined
    ? { code: 131008, details: 'A required parameter is missing: to' }
    : parsed.data;
};
