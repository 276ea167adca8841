/** The page's line to the server: pairing, resuming, what arrives, what goes out and its acknowledgements. */
import type { Me, ToPage, ToServer, WireMessage } from '../frames.js';
import { Chat, chatOf, contactOf, fromWire, Msg, type MsgModel, ofStanza, save, show, toWire } from './chats.js';
import { Wid } from './ids.js';
import { Events, Model } from './models.js';
import { keep, kept, wipe } from './storage.js';

class SocketModel extends Model {
  declare state: string;
  declare hasSynced: boolean;
  logout = async (): Promise<void> => {
    transmit({ op: 'logout' });
    await wipe();
  };
  takeover = (): void => undefined;
}
export const Socket = new SocketModel({ state: 'UNLAUNCHED', hasSynced: false });
export const Conn = new Model({ ref: null, platform: 'android', pushname: '' });
export const Cmd = new Events();

export let me: { readonly pn: Wid; readonly lid: Wid } | undefined;
const becomes = (known: Me): void => {
  me = { pn: new Wid(known.pn), lid: new Wid(known.lid) };
  Conn.set({ pushname: known.pushname, wid: me.pn });
};

let line: WebSocket | undefined;
export const transmit = (frame: ToServer): void => {
  if (line?.readyState === WebSocket.OPEN) line.send(JSON.stringify(frame));
};

/** Sent, and not acknowledged by the server: goes out again with the next connection, as a clock beside the words promises. */
const unacknowledged = new Map<string, MsgModel>();
/** What the profile holds unacknowledged goes out with the next connection too. */
export const resendLater = (message: MsgModel): void => void unacknowledged.set(message.id.id, message);
const acknowledgements = new Map<string, () => void>();

/** Saves before it sends: what the server may have stands in the profile. Resolves as the library expects, before the server has it. */
export const sendOut = (message: MsgModel): [Promise<MsgModel>, Promise<{ messageSendResult: string }>] => {
  const acknowledged = new Promise<{ messageSendResult: string }>((resolve) => {
    acknowledgements.set(message.id.id, () => resolve({ messageSendResult: 'OK' }));
  });
  show(message);
  unacknowledged.set(message.id.id, message);
  const saved = save(message).then(() => {
    transmit({ op: 'send', message: toWire(message) });
    return message;
  });
  return [saved, acknowledged];
};

/** Questions to the server that wait for its word. */
const asked = new Map<number, (exists: boolean) => void>();
export const askExists = (user: string): Promise<boolean> =>
  new Promise((resolve) => {
    const ask = asked.size + Math.floor(Math.random() * 1e9);
    asked.set(ask, resolve);
    transmit({ op: 'ask-exists', ask, user });
  });

let unreadable: ReadonlySet<string> = new Set();
export const isUnreadable = (chat: Wid): boolean => unreadable.has(chat._serialized);

let offline = { expected: 0, arrived: 0 };
export const offlineProgress = (): number =>
  offline.expected === 0 ? 100 : Math.round((100 * offline.arrived) / offline.expected);

const keyOfWire = ({ id }: WireMessage): string =>
  [id.fromMe, id.remote, id.id, ...(id.participant === undefined ? [] : [id.participant])].join('_');

/** Shows and saves what came; the receipt says that the page has it, not that anyone handled it. */
const takeIn = async (wire: WireMessage): Promise<void> => {
  const receipt = () => transmit({ op: 'receipt', id: wire.id.id });
  if (Msg.get(keyOfWire(wire))) return receipt();
  const message = fromWire(wire, true);
  contactOf(new Wid(wire.author ?? wire.from));
  show(message);
  await save(message);
  receipt();
  if (message.id.fromMe) return;
  const chat = chatOf(message.id.remote);
  chat.set({ unreadCount: chat.unreadCount + 1 });
};

const sync = (frame: Extract<ToPage, { op: 'synced' }>): void => {
  Cmd.trigger('offline_progress_update_from_bridge', frame);
  if (!Socket.hasSynced) Socket.set({ hasSynced: true });
};

type Handlers = { readonly [Op in ToPage['op']]: (frame: Extract<ToPage, { op: Op }>) => Promise<void> | void };
const handlers: Handlers = {
  ref: ({ ref }) => {
    Conn.set({ ref });
    if (Socket.state !== 'UNPAIRED') Socket.set({ state: 'UNPAIRED' });
  },
  'pair-success': async ({ session, me: known }) => {
    Socket.set({ state: 'PAIRING' });
    await keep('session', session);
    becomes(known);
    Socket.set({ state: 'CONNECTED' });
  },
  'resume-ok': ({ me: known, unreadable: chats }) => {
    unreadable = new Set(chats);
    becomes(known);
    Socket.set({ state: 'CONNECTED' });
    for (const message of unacknowledged.values()) transmit({ op: 'send', message: toWire(message) });
  },
  'resume-fail': async () => {
    await wipe();
    Socket.set({ state: 'UNPAIRED' });
    transmit({ op: 'hello' });
  },
  'offline-begin': ({ count }) => {
    offline = { expected: count, arrived: 0 };
  },
  'offline-message': async ({ message }) => {
    offline.arrived += 1;
    Cmd.trigger('offline_progress_update_from_bridge');
    await takeIn(message);
  },
  message: ({ message }) => takeIn(message),
  synced: sync,
  ack: async ({ id, ack }) => {
    const message = ofStanza(id);
    if (!message || message.ack >= ack) return;
    message.set({ ack });
    await save(message);
    unacknowledged.delete(id);
    acknowledgements.get(id)?.();
    acknowledgements.delete(id);
  },
  edit: async ({ key, body }) => {
    const message = Msg.get(key);
    if (!message) return;
    message.set({ body, latestEditSenderTimestampMs: Date.now() });
    await save(message);
  },
  reaction: ({ key, emoji, author }) => {
    const row = {
      id: { _serialized: `reaction_${key}_${author}`, fromMe: false, remote: author, id: `reaction_${key}_${author}` },
      reactionText: emoji,
      reactionTimestamp: Date.now(),
      reactionParentKey: { _serialized: key },
      author: new Wid(author),
    };
    const table = window.require('WAWebAddonReactionTableMode') as {
      reactionTableMode: { bulkUpsert(rows: readonly unknown[]): void };
    };
    table.reactionTableMode.bulkUpsert([row]);
  },
  call: ({ id, from }) => {
    const calls = window.require('WAWebCallCollection') as { ringing: Map<string, unknown> };
    const call = { id, peerJid: from, isVideo: false, isGroup: false, canHandleLocally: true, outgoing: false };
    calls.ringing.set(id, { ...call, webClientShouldHandle: false, participants: [] });
  },
  exists: ({ ask, exists }) => {
    asked.get(ask)?.(exists);
    asked.delete(ask);
  },
  decrypted: async ({ key, body }) => {
    const message = Msg.get(key);
    if (!message) return;
    message.body = body;
    message.set({ type: 'chat' });
    await save(message);
  },
  logout: async () => {
    await wipe();
    Cmd.trigger('logout');
    location.href = 'https://web.whatsapp.com/?post_logout=1';
  },
  state: ({ state }) => void Socket.set({ state }),
};

const reconnectMs = 300;

/** One frame after the other, in the order in which they came. */
export const connect = async (): Promise<void> => {
  const session = await kept('session');
  if (typeof session === 'string') Socket.set({ state: 'OPENING' });
  const socket = new WebSocket(`wss://${location.host}/ws/chat`);
  line = socket;
  let turn = Promise.resolve();
  socket.onopen = () => transmit(typeof session === 'string' ? { op: 'hello', session } : { op: 'hello' });
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as ToPage;
    const handle = handlers[frame.op] as (frame: ToPage) => Promise<void> | void;
    turn = turn
      .then(() => handle(frame))
      .catch((error: unknown) => console.error('A frame could not be handled.', frame.op, error));
  };
  socket.onclose = () => {
    if (Socket.state === 'CONNECTED') Socket.set({ state: 'TIMEOUT' });
    setTimeout(() => void connect(), reconnectMs);
  };
};

/** Unread counts are the page's own memory. */
export const rememberUnread = (): void => {
  Chat.on('change:unreadCount', (chat: Model) => void keep(`unread:${String(chat.id)}`, chat.unreadCount));
};
