/** What a message says in words, also where it is a photo or a place. */
import { withDots } from '../../inbound/masked.js';
import type { MessageDocument } from '../../store/messages.js';
import type { Translate } from './staff-texts.js';

export const messageWords = (message: MessageDocument, t: Translate): string => {
  if (message.kind === 'location') {
    const { latitude = 0, longitude = 0 } = message.location ?? {};
    return t('message.location', { latitude: latitude.toFixed(4), longitude: longitude.toFixed(4) });
  }
  const text = withDots(message.text);
  if (message.kind === 'media') return `[${t(`media.${message.media ?? 'document'}`)}] ${text}`.trim();
  if (message.kind === 'call' || message.kind === 'unsupported') return `[${t(`media.${message.kind}`)}]`;
  return text;
};
