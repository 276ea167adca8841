/** What came while nobody listened: no event ever tells of it, so that it is read from the chats themselves. */
import type { Logger } from 'pino';
import { TooLate } from '../../in-time.js';
import { isResident, type LibraryMessage, residentOf, sentAtOf } from './from-library.js';
import type { Session } from './session.js';

/** Read at first of a chat; doubled until the wanted time is reached. */
const firstRead = 50;
const mostRead = 3_200;
const longestReadMs = 60_000;

export interface Missed {
  /** In the order in which they are to be taken in: of each chat what was written on the telephone first, since it may answer the rest. */
  readonly messages: readonly LibraryMessage[];
  /** Ids of the chats that could not be read. */
  readonly unread: readonly string[];
}

/** The ids of the chat's messages that the page has, in its own order; empty where it does not tell. */
const orderOf = async (session: Session, chatId: string): Promise<ReadonlyMap<string, number>> => {
  const ids = await session.ask(session.client.pupPage?.evaluate(idsOf, chatId) ?? Promise.resolve([]));
  return new Map(ids.map((id, index) => [id, index]));
};

/**
 * The chat's messages of residents and to them since `from`, oldest first. More is read than is wanted: where the library has to cut, it
 * keeps the wrong ones of one second, and turns the order within a second round, so that the page is asked for it.
 */
const readChat = async (session: Session, chatId: string, from: Date): Promise<readonly LibraryMessage[]> => {
  const chat = await session.ask(session.client.getChatById(chatId), longestReadMs);
  for (let limit = firstRead; ; limit *= 2) {
    const read: readonly LibraryMessage[] = await session.ask(chat.fetchMessages({ limit }), longestReadMs);
    const whole = read.length < limit || read.some((message) => sentAtOf(message) < from);
    if (!whole && limit < mostRead) continue;
    const wanted = read.filter((message) => sentAtOf(message) >= from && residentOf(message) !== undefined);
    const seconds = new Set(wanted.map(({ timestamp }) => timestamp));
    const isCut = read.length === limit;
    const order = isCut && seconds.size < wanted.length ? await orderOf(session, chatId) : new Map<string, number>();
    const placeOf = ({ id }: LibraryMessage): number => order.get(id._serialized) ?? 0;
    return wanted.toSorted((one, other) => one.timestamp - other.timestamp || placeOf(one) - placeOf(other));
  }
};

/** Every message since `from` in these chats. A chat that cannot be read is named and costs the others nothing. @throws TooLate */
export const readChats = async (
  session: Session,
  chats: readonly string[],
  from: Date,
  logger: Logger,
): Promise<Missed> => {
  const messages: LibraryMessage[] = [];
  const unread: string[] = [];
  for (const id of chats) {
    try {
      const read = await readChat(session, id, from);
      messages.push(...read.filter(({ fromMe }) => fromMe), ...read.filter(({ fromMe }) => !fromMe));
    } catch (error) {
      // What hangs has ended the session.
      if (error instanceof TooLate) throw error;
      logger.error({ error: (error as Error).message }, 'A chat could not be read after an outage; it is tried again.');
      unread.push(id);
    }
  }
  return { messages, unread };
};

/** Ids of residents' chats in which something was written since `from`: asked without the library, which opens every group for it. */
export const chatsSince = async (session: Session, from: Date): Promise<readonly string[]> => {
  const chats = await session.ask(session.client.pupPage?.evaluate(chatsOf) ?? Promise.resolve([]), longestReadMs);
  return chats.filter(({ id, t }) => isResident(id) && t * 1_000 >= from.getTime() - 1_000).map(({ id }) => id);
};

/** In the page. */
const chatsOf = (): { id: string; t: number }[] =>
  (globalThis as unknown as PageOfLibrary)
    .require('WAWebCollections')
    .Chat.getModelsArray()
    .map(({ id, t }) => ({ id: id._serialized, t: t ?? 0 }));
const idsOf = (chatId: string): string[] =>
  (globalThis as unknown as PageOfLibrary)
    .require('WAWebCollections')
    .Chat.get(chatId)
    ?.msgs.getModelsArray()
    .map(({ id }) => id._serialized) ?? [];
interface PageOfLibrary {
  require(name: 'WAWebCollections'): {
    readonly Chat: {
      getModelsArray(): readonly { readonly id: { readonly _serialized: string }; readonly t?: number }[];
      get(
        id: string,
      ):
        | { readonly msgs: { getModelsArray(): readonly { readonly id: { readonly _serialized: string } }[] } }
        | undefined;
    };
  };
}
