/** The same conversations on WhatsApp: taps become numbers, everything else is as in the chat. */
import { describeConversations } from '../dialogue/conversations.js';
import { createRoom } from '../dialogue/room.js';
import { openWhatsAppDoor } from './door.js';

describe('on WhatsApp', () => {
  for (const language of ['kk', 'ru'] as const) {
    describeConversations(language, async () => createRoom({}, await openWhatsAppDoor()));
  }
});
