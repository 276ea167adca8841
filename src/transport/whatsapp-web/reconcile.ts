/** What came while nobody listened: no event ever tells of it, so that it is read from the chats themselves. */
import type { Chat } from 'whatsapp-web.js';
import { type LibraryMessage, residentOf, sentAtOf } from './from-library.js';
import type { Session } from './session.js';

/** Read at first of a chat; doubled until the wanted time is reached. */
const firstRead = 50;
const mostRead = 3_200;
const longestReadMs = 60_000;

/**
 * The chat's messages of residents and to them since `from`, in the order of the page. More is read than is wanted: where the library has
 * to cut, it mixes up messages of one second and keeps the wrong ones.
 */
const readChat = async (session: Session, chat: Chat, from: Date): Promise<readonly LibraryMessage[]> => {
  for (let limit = firstRead; ; limit *= 2) {
    const read = await session.ask(chat.fetchMessages({ limit }), longestReadMs);
    const whole = read.length < limit || read.some((message) => sentAtOf(message) < from);
    if (!whole && limit < mostRead) continue;
    return read
      .toSorted((one, other) => one.timestamp - other.timestamp)
      .filter((message) => sentAtOf(message) >= from && residentOf(message) !== undefined);
  }
};

/** Every message since `from` of each resident's chat, in order within a chat. */
export const readMissed = async (session: Session, from: Date): Promise<readonly LibraryMessage[]> => {
  const chats = await session.ask(session.client.getChats(), longestReadMs);
  const missed: LibraryMessage[] = [];
  for (const chat of chats) {
    if (chat.isGroup || chat.timestamp * 1_000 < from.getTime() - 1_000) continue;
    missed.push(...(await readChat(session, chat, from)));
  }
  return missed;
};
