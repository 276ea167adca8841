/** What Meta posts to a webhook, in the shapes of its reference pages, and the signature over it. */
import { createHmac } from 'node:crypto';

export interface Person {
  /** Figures; absent where the number is withheld. */
  readonly phone?: string;
  readonly userId?: string;
  readonly username?: string;
}

const wrap = <Part extends object>(phoneNumberId: string, part: Part) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '77051435131', phone_number_id: phoneNumberId },
            ...part,
          },
          field: 'messages',
        },
      ],
    },
  ],
});

const contactOf = ({ phone, userId, username }: Person) => ({
  profile: { name: 'Айгүл', ...(username === undefined ? {} : { username }) },
  ...(phone === undefined ? {} : { wa_id: phone }),
  ...(userId === undefined ? {} : { user_id: userId }),
});

/** One message of a person, with the fields of its type. */
export const messageOf = (
  { phone, userId }: Person,
  id: string,
  at: Date,
  fields: Readonly<Record<string, unknown>> & { readonly type: string },
  quotes?: string,
) => ({
  ...(phone === undefined ? {} : { from: phone }),
  ...(userId === undefined ? {} : { from_user_id: userId }),
  id,
  timestamp: String(Math.floor(at.getTime() / 1000)),
  ...(quotes === undefined ? {} : { context: { from: '77051435131', id: quotes } }),
  ...fields,
});

export const messagesPost = (phoneNumberId: string, person: Person, messages: readonly object[]) =>
  wrap(phoneNumberId, { contacts: [contactOf(person)], messages });

/** What Meta could not process at all: it speaks of no message. */
export const errorsPost = (phoneNumberId: string, code: number, details: string) =>
  wrap(phoneNumberId, { errors: [{ code, title: 'failed', message: 'failed', error_data: { details }, href: '…' }] });

export interface StatusNews {
  readonly id: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly to: string;
  readonly at: Date;
  readonly callbackData?: string;
  readonly errorCode?: number;
}
export const statusPost = (phoneNumberId: string, { id, status, to, at, callbackData, errorCode }: StatusNews) =>
  wrap(phoneNumberId, {
    statuses: [
      {
        id,
        status,
        timestamp: String(Math.floor(at.getTime() / 1000)),
        recipient_id: to,
        ...(callbackData === undefined ? {} : { biz_opaque_callback_data: callbackData }),
        ...(errorCode === undefined
          ? { pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' } }
          : { errors: [{ code: errorCode, title: 'failed', error_data: { details: 'as asked by the test' } }] }),
      },
    ],
  });

export const signed = (body: string | Buffer, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
