/** One outgoing message in the words of the Graph API's /messages. Pure. Limits: the pages of each kind under
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages */
import type { Language } from '../../language.js';
import type { Alias, Capabilities, Choice, OutgoingMessage } from '../contract.js';

/** The service window is 24 hours; a minute is left for the way. */
const replyWindowMs = 24 * 3_600_000 - 60_000;

/** What Cloud API shows: buttons ≤ 3 of 20 characters under 1,024; lists ≤ 10 rows of 24 under 4,096; text 4,096; captions 1,024. */
export const cloudApiCapabilities: Capabilities = {
  buttons: { most: 3, titleLength: 20, bodyLength: 1_024 },
  list: { most: 10, titleLength: 24, bodyLength: 4_096 },
  locationRequest: 'alone',
  bodyLength: 4_096,
  captionLength: 1_024,
  replyWindowMs,
};

/** To whom: a phone number goes in `to`, a business-scoped id in `recipient`. */
const addressee = ({ id }: Alias) => (/^\d+$/.test(id) ? { to: id } : { recipient: id });

const row = ({ id, title, description }: Choice) => ({
  id,
  title,
  ...(description === undefined ? {} : { description }),
});

/** What kind of message a file goes out as; the types that Meta takes as pictures, sounds and films, all others as documents. */
export const fileKind = (mimeType: string): 'image' | 'audio' | 'video' | 'document' => {
  if (mimeType === 'image/jpeg' || mimeType === 'image/png') return 'image';
  if (/^audio\/(?:aac|amr|mpeg|mp4|ogg)$/.test(mimeType)) return 'audio';
  if (mimeType === 'video/mp4' || mimeType === 'video/3gp') return 'video';
  return 'document';
};

const fileBody = (mediaId: string, { mimeType, name }: { mimeType: string; name: string }, caption: string) => {
  const kind = fileKind(mimeType);
  const withCaption = caption === '' || kind === 'audio' ? {} : { caption };
  return { type: kind, [kind]: { id: mediaId, ...withCaption, ...(kind === 'document' ? { filename: name } : {}) } };
};

const bodyOf = (message: OutgoingMessage, listLabel: (language: Language) => string, mediaId?: string) => {
  const { form, text, choices, language, template, file } = message;
  const body = { text };
  if (template !== undefined) return { type: 'template', template: { name: template, language: { code: language } } };
  if (file && mediaId !== undefined) return fileBody(mediaId, file, text);
  switch (form) {
    case 'text':
      return { type: 'text', text: { body: text, preview_url: false } };
    case 'buttons': {
      const buttons = choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
      return { type: 'interactive', interactive: { type: 'button', body, action: { buttons } } };
    }
    case 'list': {
      const sections = [{ rows: choices.map(row) }];
      const action = { button: listLabel(language), sections };
      return { type: 'interactive', interactive: { type: 'list', body, action } };
    }
    case 'location':
      return {
        type: 'interactive',
        interactive: { type: 'location_request_message', body, action: { name: 'send_location' } },
      };
  }
};

/** The JSON to post. `biz_opaque_callback_data` comes back in every status of the message: by it a row is found again after a crash. */
export const messageBody = (
  to: Alias,
  message: OutgoingMessage,
  listLabel: (language: Language) => string,
  mediaId?: string,
) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  ...addressee(to),
  ...bodyOf(message, listLabel, mediaId),
  biz_opaque_callback_data: message.id,
});

/** Marks a message as read and shows that an answer is being written; the mark goes by itself after 25 seconds or with the answer. */
export const readMark = (externalId: string) => ({
  messaging_product: 'whatsapp',
  status: 'read',
  message_id: externalId,
  typing_indicator: { type: 'text' },
});
