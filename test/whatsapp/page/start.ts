/** The page's start: what the profile holds is shown, the line is opened, and only then the library finds a page that is up. */
import type { WireMessage } from '../frames.js';
import { Chat, fromWire, show } from './chats.js';
import { connect, rememberUnread, resendLater } from './connection.js';
import { link, missing, requireModule } from './modules.js';
import { kept, keptMessages } from './storage.js';

declare global {
  interface Window {
    Debug?: { readonly VERSION: string };
    /** For tests: modules that were asked for and are not simulated, and the link of a number with a hidden id. */
    simulator: { readonly missing: readonly string[]; link(phone: string, lid: string): void };
  }
}

Reflect.set(window, 'require', requireModule);
window.simulator = { missing, link };
rememberUnread();
const messages = (await keptMessages()) as WireMessage[];
for (const wire of messages.toSorted((one, other) => Number(one.row) - Number(other.row))) {
  const message = show(fromWire(wire, false));
  if (message.id.fromMe && message.ack === 0) resendLater(message);
}
for (const chat of Chat.getModelsArray()) chat.unreadCount = Number((await kept(`unread:${chat.id}`)) ?? 0);
await connect();
window.Debug = { VERSION: '2.3000.1031490220' };
