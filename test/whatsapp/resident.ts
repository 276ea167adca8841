/** A resident with a telephone of their own on the simulated WhatsApp: writes, calls, edits, and reads what came for them. */
import { randomBytes } from 'node:crypto';
import type { WireMessage } from './frames.js';
import type { SimulatedServer } from './server.js';

const stanza = (): string => randomBytes(10).toString('hex').toUpperCase();

/** @param id such as `77010000001@c.us` or `1234@lid` */
export const createTelephone = (server: SimulatedServer, id: string) => {
  const message = (fields: Partial<WireMessage> & { readonly stanza?: string }): WireMessage => {
    const { stanza: given, ...rest } = fields;
    return {
      id: { fromMe: false, remote: id, id: given ?? stanza() },
      ...{ from: id, to: server.me.pn, type: 'chat', t: Math.floor(Date.now() / 1000), ack: 1 },
      ...{ notifyName: 'Resident', star: false },
      ...rest,
    };
  };
  const send = (fields: Parameters<typeof message>[0]): WireMessage => {
    const sent = message(fields);
    server.deliver(sent);
    return sent;
  };
  return {
    id,
    send,
    writes: (body: string, more: Partial<WireMessage> & { readonly stanza?: string } = {}) => send({ ...more, body }),
    shares: (lat: number, lng: number) => send({ type: 'location', lat, lng, body: '/9j/4AAQSkZJRg' }),
    /** @param type such as `image`, `ptt`, `document` */
    sendsFile: (type: string, mimetype: string, bytes: Uint8Array, more: Partial<WireMessage> = {}) =>
      send({ type, mimetype, size: bytes.length, directPath: server.keep(bytes), body: '', ...more }),
    calls: (): void => server.say({ op: 'call', id: stanza(), from: id }),
    edits: (sent: WireMessage, body: string): void =>
      server.say({ op: 'edit', key: `false_${id}_${sent.id.id}`, body }),
    reacts: (to: WireMessage, emoji: string): void =>
      server.say({ op: 'reaction', key: `true_${id}_${to.id.id}`, emoji, author: id }),
    /** Somebody answers this resident on the telephone of the number itself. */
    isAnsweredOnThePhone: (body: string, more: Partial<WireMessage> = {}): WireMessage => {
      const { pn } = server.me;
      return send({ ...more, id: { fromMe: true, remote: id, id: stanza() }, from: pn, to: id, body });
    },
    /** What came for this resident, in the order in which it came. */
    received: (): readonly WireMessage[] => server.outgoing.filter((sent) => sent.to === id),
    texts: (): readonly string[] => server.outgoing.filter((sent) => sent.to === id).map((sent) => sent.body ?? ''),
  };
};
export type Telephone = ReturnType<typeof createTelephone>;
