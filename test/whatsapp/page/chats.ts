/** The page's collections: messages, chats and contacts, and how a message on the wire becomes a model. */
import type { WireMessage } from '../frames.js';
import { createWid, MsgKey, Wid } from './ids.js';
import { Collection, type Key, keyOf, Model } from './models.js';
import { keepMessage } from './storage.js';

export class MsgModel extends Model {
  declare id: MsgKey;
  declare body: string;
  declare type: string;
  declare t: number;
  declare ack: number;
  msgContextInfo() {
    return { quotedMsg: { type: this.type, body: this.body }, quotedStanzaID: this.id.id };
  }
  canReply = (): boolean => true;
  downloadMedia = async (): Promise<void> => {
    this.set({ mediaData: { mediaStage: 'RESOLVED' } });
  };
}
export class ChatModel extends Model {
  declare id: Wid;
  declare unreadCount: number;
  declare t: number;
  declare lastReceivedKey: MsgKey;
  readonly msgs = new Collection<MsgModel>();
  override serialize() {
    const { msgs, groupMetadata: _metadata, ...attributes } = { ...this };
    return { ...attributes, msgs: msgs.length > 0 ? [1] : [] };
  }
}

class Messages extends Collection<MsgModel> {
  getMessagesById = async (ids: readonly string[]) => ({ messages: ids.flatMap((id) => this.get(id) ?? []) });
}
export const Msg = new Messages();
class Chats extends Collection<ChatModel> {
  find = async (id: Key): Promise<ChatModel> => chatOf(createWid(id));
}
export const Chat = new Chats();
class Contacts extends Collection {
  find = async (id: Key): Promise<Model> => contactOf(createWid(id));
}
export const Contact = new Contacts();

export const chatOf = (wid: Wid): ChatModel =>
  Chat.get(wid) ??
  Chat.add(
    new ChatModel({
      ...{ id: wid, formattedTitle: wid.user, unreadCount: 0, t: 0, archive: false, mute: { expiration: 0 } },
      ...(wid.isGroup() ? { groupMetadata: new Model({ id: wid, participants: [] }) } : {}),
    }),
  );
export const contactOf = (wid: Wid, pushname?: string): Model =>
  Contact.get(wid) ?? Contact.add(new Model({ id: wid, pushname, type: 'in' }));

export const toWire = (message: MsgModel): WireMessage =>
  JSON.parse(
    JSON.stringify({
      ...message.serialize(),
      id: {
        fromMe: message.id.fromMe,
        remote: keyOf(message.id.remote),
        id: message.id.id,
        ...(message.id.participant ? { participant: keyOf(message.id.participant) } : {}),
      },
      from: keyOf(message.from as Key),
      to: keyOf(message.to as Key),
    }),
  );
export const fromWire = (wire: WireMessage, isNewMsg: boolean): MsgModel => {
  const { participant } = wire.id;
  const id = new MsgKey({
    fromMe: wire.id.fromMe,
    remote: new Wid(wire.id.remote),
    id: wire.id.id,
    participant: participant === undefined ? undefined : new Wid(participant),
  });
  const author = wire.author === undefined ? {} : { author: new Wid(wire.author) };
  const media = wire.directPath === undefined ? {} : { mediaData: { mediaStage: 'NEED_POKE' } };
  return new MsgModel({ ...wire, ...media, id, from: new Wid(wire.from), to: new Wid(wire.to), ...author, isNewMsg });
};

/** Order of arrival on this page: messages of one second keep it through the profile. */
let rows = Date.now() * 1000;
const byStanza = new Map<string, MsgModel>();
export const ofStanza = (id: string): MsgModel | undefined => byStanza.get(id);

/** Shows the message in its chat; `add` is only heard by who listens already. */
export const show = (message: MsgModel): MsgModel => {
  const chat = chatOf(message.id.remote);
  rows += 1;
  message.row ??= rows;
  const shown = Msg.add(message);
  byStanza.set(shown.id.id, shown);
  chat.msgs.put(shown);
  chat.lastReceivedKey = message.id;
  chat.t = message.t;
  return shown;
};
export const save = (message: MsgModel) => keepMessage(message.id._serialized, toWire(message));
