/** The same conversations on WhatsApp: taps become numbers, everything else is as in the chat, where both languages are tried. */
import { describeConversations } from '../dialogue/conversations.js';
import { createRoom } from '../dialogue/room.js';
import { openWhatsAppDoor } from './door.js';

describe('on WhatsApp', () => {
  describeConversations('kk', async () => createRoom({}, await openWhatsAppDoor()));
});
