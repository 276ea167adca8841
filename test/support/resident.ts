/** A resident who writes to the service through its front door and reads what the channel got. */
import { randomUUID } from 'node:crypto';
import type { OutboxDocument } from '../../src/store/outbox.js';
import type { ArrivedMessage, ChannelName, IncomingContent } from '../../src/transport/contract.js';
import type { Service } from './service.js';

const patienceMs = 45_000;
const lookEveryMs = 20;

/** What a resident writes on: hands the content to the channel. `quotes` is the channel's id of the quoted reply. */
export interface Telephone {
  readonly channel: ChannelName;
  send(content: IncomingContent, externalId: string, quotes?: string): Promise<void>;
}
/** The embedded chat, without a browser. */
const chatOf = (service: Service, id: string): Telephone => ({
  channel: 'web',
  async send(content, externalId, quotes) {
    const arrived: ArrivedMessage = {
      externalId,
      from: [{ channel: 'web', id }],
      content,
      sentAt: new Date(),
      ...(quotes === undefined ? {} : { quotes }),
    };
    await service.core.intake.receive(arrived);
  },
});

export const createResident = (service: Service, id: string = randomUUID(), telephone = chatOf(service, id)) => {
  const heard = new Set<string>();
  const { channel } = telephone;
  /** Null until the first message stands. */
  const contact = (): Promise<string | null> => service.store.contacts.findByAlias({ channel, id });
  const conversationId = async (): Promise<string> => {
    const found = await contact();
    if (!found) throw new Error('The resident has not written yet.');
    return found;
  };
  const written = new Set<string>();
  const send = (content: IncomingContent, externalId: string = randomUUID(), quotes?: string): Promise<void> => {
    written.add(externalId);
    return telephone.send(content, externalId, quotes);
  };
  const sentRows = async (): Promise<OutboxDocument[]> => {
    const known = await contact();
    const rows = known === null ? [] : await service.store.outbox.latest(known, 500);
    return rows.filter((row) => row.status === 'sent' && row.origin !== 'phone');
  };
  /** The next reply that the channel got and that was not heard yet. */
  const hears = async (): Promise<OutboxDocument> => {
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const next = (await sentRows()).find((row) => !heard.has(row._id));
      if (next) {
        heard.add(next._id);
        return next;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    throw new Error('The resident heard nothing.');
  };
  return {
    id,
    conversationId,
    hears,
    writes: (text: string, externalId?: string) => send({ kind: 'text', text }, externalId),
    /** Writes and gives the text of the answer. */
    async says(text: string): Promise<string> {
      await send({ kind: 'text', text });
      return (await hears()).text;
    },
    /** Quotes the heard reply that has these words, writes under it and gives the text of the answer. */
    async quotes(words: string, text: string): Promise<string> {
      const row = (await sentRows()).find((each) => heard.has(each._id) && each.text.includes(words));
      if (!row?.externalId) throw new Error(`No heard reply has “${words}”.`);
      await send({ kind: 'text', text }, randomUUID(), row.externalId);
      return (await hears()).text;
    },
    /** Taps the choice of the last heard reply whose title holds the words. */
    async taps(words: string): Promise<string> {
      const rows = (await sentRows()).filter((row) => heard.has(row._id));
      const choice = rows.at(-1)?.choices.find((candidate) => candidate.title.includes(words));
      if (!choice) throw new Error(`The last reply offers no “${words}”.`);
      await send({ kind: 'choice', choiceId: choice.id, title: choice.title });
      return (await hears()).text;
    },
    async shares(latitude: number, longitude: number): Promise<string> {
      await send({ kind: 'location', latitude, longitude });
      return (await hears()).text;
    },
    /** Marks the last heard reply. */
    async reacts(emoji: string): Promise<void> {
      const last = (await sentRows()).filter((row) => heard.has(row._id)).at(-1);
      await send({ kind: 'reaction', emoji, to: last?.externalId ?? '' });
    },
    /** Sends a photo with words under it. */
    async showsPhoto(caption: string): Promise<string> {
      await send({ kind: 'media', media: 'photo', caption });
      return (await hears()).text;
    },
    async calls(): Promise<string> {
      await send({ kind: 'call' });
      return (await hears()).text;
    },
    /** Changes the text of a message that was written under this id. */
    edits: (externalId: string, text: string) =>
      service.core.intake.edit({ channel, externalId, text, at: new Date() }),
    /** Somebody writes to the resident on the telephone itself. */
    isAnsweredByPhone: (text: string, externalId: string = randomUUID(), sentAt = new Date()) =>
      service.core.ownMessage({ channel, externalId, to: [{ channel, id }], text, sentAt, withServer: true }),
    /** Every message of the resident with its outcome, in order. */
    messages: async () => service.store.messages.latest(await conversationId(), 500),
    /** Waits until every message that was written is stored and has its outcome. */
    async settles() {
      const until = Date.now() + patienceMs;
      while (Date.now() < until) {
        const known = await contact();
        const messages = known === null ? [] : await service.store.messages.latest(known, 500);
        if (messages.length >= written.size && messages.every((message) => message.outcome)) return messages;
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      }
      throw new Error('A message has no outcome.');
    },
  };
};
export type TestResident = ReturnType<typeof createResident>;
