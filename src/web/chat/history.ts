/** What one browser's chat shows: its own messages and ours in one order, as plain values for the page and the stream. */
import { withDots } from '../../inbound/masked.js';
import type { MessageDocument } from '../../store/messages.js';
import type { Store } from '../../store/store.js';
import type { WebMessageDocument } from '../../store/web-messages.js';
import type { Choice } from '../../transport/contract.js';

export interface ChatEntry {
  /** Unique in the chat: `in-<the browser's id of the message>` or `out-<id of the row>`. */
  readonly key: string;
  readonly mine: boolean;
  readonly text: string;
  readonly at: Date;
  readonly location?: { readonly latitude: number; readonly longitude: number };
  /** Own messages only: stored, or settled too. */
  readonly state?: 'sent' | 'read';
  readonly choices: readonly Choice[];
  readonly asksLocation: boolean;
  readonly file?: NonNullable<WebMessageDocument['file']>;
}

/** How far a catching-up stream looks back before its mark: clocks of two processes differ, commits overtake each other. */
const overlapMs = 60_000;
/** A message that waits longer than this no longer shows the typing mark. */
const typingMs = 60_000;

/** The channel's id of a message: the browser's own id is unique only within that browser. */
export const externalIdOf = (aliasId: string, clientId: string): string => `${aliasId}:${clientId}`;
export const aliasIdOf = (externalId: string): string => externalId.slice(0, externalId.indexOf(':'));

export const ownEntry = (message: MessageDocument): ChatEntry => ({
  key: `in-${message.externalId.slice(message.externalId.indexOf(':') + 1)}`,
  mine: true,
  text: withDots(message.text),
  at: message.receivedAt,
  ...(message.location ? { location: message.location } : {}),
  state: message.outcome ? 'read' : 'sent',
  choices: [],
  asksLocation: false,
});

export const serviceEntry = (row: WebMessageDocument): ChatEntry => ({
  key: `out-${row._id}`,
  mine: false,
  text: row.text,
  at: row.at,
  choices: row.choices,
  asksLocation: row.asksLocation,
  ...(row.file === undefined ? {} : { file: row.file }),
});

/** True while the service still works on the message. */
export const isHandled = (message: MessageDocument, now: Date): boolean =>
  !message.outcome && !message.parked && now.getTime() - message.receivedAt.getTime() < typingMs;

export interface Chat {
  readonly entries: readonly ChatEntry[];
  readonly typing: boolean;
  /** Older entries exist that are not among these. */
  readonly more: boolean;
}

type Rooms = Pick<Store, 'contacts' | 'messages' | 'webMessages'>;
const inOrder = (entries: readonly ChatEntry[]): ChatEntry[] =>
  [...entries].sort((a, b) => a.at.getTime() - b.at.getTime());

export const createHistory = ({ contacts, messages, webMessages }: Rooms) => {
  /** The browser's own messages, newest `limit`, oldest first. Messages of the resident's other channels are not the browser's to show. */
  const own = async (aliasId: string, limit: number): Promise<MessageDocument[]> => {
    const contactId = await contacts.findByAlias({ channel: 'web', id: aliasId });
    if (!contactId) return [];
    const rows = await messages.latest(contactId, limit);
    return rows.filter((row) => row.channel === 'web' && aliasIdOf(row.externalId) === aliasId);
  };
  return {
    /** The page: the last `limit` messages of each side. */
    async latest(aliasId: string, limit: number, now: Date): Promise<Chat> {
      const [mine, theirs] = await Promise.all([own(aliasId, limit), webMessages.latest(aliasId, limit)]);
      const entries = inOrder([...mine.map(ownEntry), ...theirs.map(serviceEntry)]);
      // Where one side is cut, the other's older entries would stand without what they answer.
      const cuts = [
        mine.length === limit ? mine[0]?.receivedAt : undefined,
        theirs.length === limit ? theirs[0]?.at : undefined,
      ];
      const from = Math.max(...cuts.map((cut) => cut?.getTime() ?? 0));
      return {
        entries: entries.filter((entry) => entry.at.getTime() >= from),
        typing: mine.some((message) => isHandled(message, now)),
        more: from > 0,
      };
    },
    /** Everything that came or changed since `from` (and a little before: the browser knows entries by key). */
    async since(aliasId: string, from: Date, now: Date): Promise<Chat> {
      const start = new Date(from.getTime() - overlapMs);
      const [mine, theirs] = await Promise.all([own(aliasId, 200), webMessages.since(aliasId, start, 1000)]);
      const changed = mine.filter((message) => message.receivedAt >= start || (message.settledAt ?? start) > start);
      return {
        entries: inOrder([...changed.map(ownEntry), ...theirs.map(serviceEntry)]),
        typing: mine.some((message) => isHandled(message, now)),
        more: false,
      };
    },
    /** One own message by the browser's id of it. */
    async find(aliasId: string, clientId: string): Promise<ChatEntry | null> {
      const externalId = externalIdOf(aliasId, clientId);
      const found = (await own(aliasId, 100)).find((message) => message.externalId === externalId);
      return found ? ownEntry(found) : null;
    },
    /** Those of the rows that were sent to this browser: nobody marks what went to another. */
    async sentHere(aliasId: string, ids: readonly string[]): Promise<readonly string[]> {
      const rows = await webMessages.latest(aliasId, 200);
      return rows.map((row) => row._id).filter((id) => ids.includes(id));
    },
    /** Title of a choice among the last messages this browser got. */
    async choiceTitle(aliasId: string, choiceId: string): Promise<string | null> {
      const rows = await webMessages.latest(aliasId, 100);
      const choices = rows.reverse().flatMap((row) => row.choices);
      return choices.find((choice) => choice.id === choiceId)?.title ?? null;
    },
  };
};
export type History = ReturnType<typeof createHistory>;
