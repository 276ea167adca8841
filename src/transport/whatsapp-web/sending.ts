/** The way out: a message counts as accepted when the server has it, not when the page took it; what broke off is looked for in the chat. */
import wweb from 'whatsapp-web.js';
import type { Clock } from '../../clock.js';
import { inTime } from '../../in-time.js';
import type { Store } from '../../store/store.js';
import type { Alias, Lookup, OutgoingFile, OutgoingMessage, SendResult, TransportHandlers } from '../contract.js';
import { channel, externalIdOf, isResident, type LibraryMessage, sentAtOf, withServer } from './from-library.js';
import type { Session } from './session.js';

/** Both together stay below what the sender waits for; a file is uploaded by the page before it is handed over. */
const longestHandOverMs = { text: 10_000, file: 20_000 } as const;
const longestAckMs = { text: 15_000, file: 8_000 } as const;
/** Own messages that are looked through for one whose sending broke off. */
const lookedThrough = 50;
const undelivered = { kind: 'refused', error: 'WhatsApp could not deliver it.', reason: 'unreachable' } as const;
/** The server's clock may be behind ours by so much. */
const clockSkewMs = 120_000;
/** News of delivery that comes before the row is recorded is told once more after so long. */
const recordedAfterMs = 1_000;

const mediaOf = ({ mimeType, bytes, name }: OutgoingFile): wweb.MessageMedia =>
  new wweb.MessageMedia(mimeType, Buffer.from(bytes).toString('base64'), name, bytes.length);
/** Pictures are shown in the chat; everything else comes as the file that it is. */
const asDocument = ({ mimeType }: OutgoingFile) => (mimeType.startsWith('image/') ? {} : { sendMediaAsDocument: true });

export interface SendingParts {
  readonly session: () => Session | undefined;
  readonly store: Pick<Store, 'outbox'>;
  readonly handlers: () => TransportHandlers | undefined;
  readonly clock: Clock;
}

export const createSending = ({ session, store, handlers, clock }: SendingParts) => {
  /** Sends that wait for their acknowledgement, by the message's id; the highest one so far where nobody waits yet. */
  const waiting = new Map<string, (ack: number) => void>();
  const early = new Map<string, number>();
  /** Rows that were found lying with the page, by the message's id: it may send them long after nobody waits any more. */
  const lying = new Map<string, string>();

  const acknowledged = (id: string, ack: number): Promise<number> =>
    new Promise((resolve) => {
      const known = Math.max(ack, early.get(id) ?? ack);
      if (known !== 0) resolve(known);
      else waiting.set(id, resolve);
    });

  /** Hands over and waits for the server. @throws where nobody knows whether it left */
  const handOver = async (live: Session, to: string, text: string, file?: OutgoingFile): Promise<SendResult> => {
    const options = { sendSeen: false, linkPreview: false, parseVCards: false };
    const kind = file === undefined ? 'text' : 'file';
    const handed =
      file === undefined
        ? live.client.sendMessage(to, text, options)
        : live.client.sendMessage(to, mediaOf(file), { ...options, caption: text, ...asDocument(file) });
    const sent = await live.ask(handed, longestHandOverMs[kind]);
    if (!sent) return { kind: 'refused', error: 'This number is not on WhatsApp.', reason: 'unreachable' };
    const externalId = externalIdOf(sent);
    try {
      const ack = await inTime(
        acknowledged(externalId, sent.ack),
        longestAckMs[kind],
        'The server did not acknowledge the message.',
      );
      if (ack < 0) return { kind: 'retry', error: 'WhatsApp reports that the message could not be sent.' };
      return { kind: 'accepted', externalId };
    } finally {
      waiting.delete(externalId);
      setTimeout(() => early.delete(externalId), 60_000).unref();
    }
  };

  return {
    async send(to: Alias, { text, file }: Pick<OutgoingMessage, 'text' | 'file'>): Promise<SendResult> {
      if (!isResident(to.id))
        return { kind: 'refused', error: 'This is no resident’s address on WhatsApp.', reason: 'unreachable' };
      const live = session();
      if (!live?.isReady()) return { kind: 'retry', error: 'WhatsApp is not connected.', busy: true };
      return handOver(live, to.id, text, file);
    },

    /**
     * The row's words among the last own messages of the chat, sent since the row was marked, that no other row is known to be. The
     * library lets nobody choose a message's id, so that the words and the time have to tell.
     */
    async lookup(to: Alias, outboxId: string): Promise<Lookup> {
      const live = session();
      const row = await store.outbox.find(outboxId);
      if (!live?.isReady() || !row) return { kind: 'unknown' };
      const since = (row.sendingSince ?? row.createdAt).getTime() - clockSkewMs;
      const chat = await live.ask(live.client.getChatById(to.id));
      if (!chat) return { kind: 'not-sent' };
      const own: readonly LibraryMessage[] = await live.ask(chat.fetchMessages({ limit: lookedThrough, fromMe: true }));
      for (const message of own) {
        if (message.body !== row.text || sentAtOf(message).getTime() < since) continue;
        const externalId = externalIdOf(message);
        if (await store.outbox.byExternal(channel, externalId)) continue;
        if (message.ack >= withServer) return { kind: 'sent', externalId };
        // It lies with the page, which sends it when it can: neither sent nor not.
        if (message.ack === 0) {
          lying.set(externalId, outboxId);
          return { kind: 'unknown' };
        }
      }
      return { kind: 'not-sent' };
    },

    /** The page's news of an own message. */
    onAck(id: string, ack: number): void {
      early.set(id, Math.max(ack, early.get(id) ?? ack));
      const wasWaiting = waiting.get(id);
      if (ack !== 0) wasWaiting?.(ack);
      const at = clock.now();
      const heard = handlers();
      const outboxId = lying.get(id);
      if (heard && outboxId !== undefined && ack >= withServer) {
        lying.delete(id);
        heard.onDelivery({ externalId: id, outboxId, state: 'sent', at }).catch(() => lying.set(id, outboxId));
      }
      const tell = (): void => {
        if (!heard || ack === 0 || ack === withServer) return;
        const news =
          ack < 0
            ? ({ externalId: id, state: 'failed', at, result: undelivered } as const)
            : ({ externalId: id, state: ack === 2 ? 'delivered' : 'read', at } as const);
        heard.onDelivery(news).catch(() => undefined);
      };
      tell();
      setTimeout(tell, recordedAfterMs).unref();
    },
    handOver,
  };
};
export type Sending = ReturnType<typeof createSending>;
