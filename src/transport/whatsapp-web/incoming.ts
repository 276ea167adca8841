/** What the session shows goes to the service: residents' messages and own words in their order, each again until it stands. */
import type { Logger } from 'pino';
import type { Call, Reaction } from 'whatsapp-web.js';
import type { Clock } from '../../clock.js';
import { inTime } from '../../in-time.js';
import type { Alias, TransportHandlers } from '../contract.js';
import { lateness } from '../lateness.js';
import {
  channel,
  contentOf,
  externalIdOf,
  isResident,
  type LibraryMessage,
  ownWordsOf,
  quotedIdOf,
  residentOf,
  sentAtOf,
  withServer,
} from './from-library.js';
import { createLanes } from './lanes.js';
import type { Session } from './session.js';

/** How long the other names of a resident are waited for. */
const longestLookUpMs = 5_000;

export interface IncomingParts {
  readonly handlers: TransportHandlers;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Messages from before it are nobody's question to the service. */
  readonly notBefore: () => Date;
  readonly onTaken: () => void;
}

export const createIncoming = ({ handlers, clock, logger, notBefore, onTaken }: IncomingParts) => {
  const lanes = createLanes(logger);
  const names = new Map<string, Promise<readonly [Alias, ...Alias[]]>>();

  /** The id that wrote first, then what else WhatsApp calls the same resident: a number and a hidden id. */
  const namesOf = (session: Session, id: string): Promise<readonly [Alias, ...Alias[]]> => {
    const known = names.get(id);
    if (known) return known;
    // Without an answer, which may need the line, the one name is enough.
    const asked = inTime(
      session.client.getContactLidAndPhone([id]),
      longestLookUpMs,
      'No other name was found in time.',
    )
      .then(([found]): readonly [Alias, ...Alias[]] => {
        const others = [found?.lid, found?.pn].filter(
          (other) => other !== undefined && isResident(other) && other !== id,
        );
        return [{ channel, id }, ...others.map((other) => ({ channel, id: String(other) }))];
      })
      .catch((): readonly [Alias] => {
        names.delete(id);
        return [{ channel, id }];
      });
    names.set(id, asked);
    return asked;
  };

  const take = async (session: Session, message: LibraryMessage, resident: string): Promise<void> => {
    const sentAt = sentAtOf(message);
    const externalId = externalIdOf(message);
    const aliases = await namesOf(session, resident);
    if (message.fromMe) {
      const isWithServer = message.ack >= withServer;
      const own = { channel, externalId, to: aliases, text: ownWordsOf(message), sentAt, withServer: isWithServer };
      await handlers.onOwnMessage(own);
      return;
    }
    const quotes = quotedIdOf(message);
    await handlers.onMessage({
      externalId,
      from: aliases,
      content: contentOf(message),
      sentAt,
      ...(quotes === undefined ? {} : { quotes }),
      ...lateness(sentAt, clock.now()),
    });
    onTaken();
  };

  return {
    lanes,
    /** @returns when it stands, or is no business of ours */
    async add(session: Session, message: LibraryMessage): Promise<void> {
      const resident = residentOf(message);
      // A word to oneself is a note of whoever holds the telephone.
      if (resident === undefined || resident === session.me()?.id) return;
      // Times of the channel are whole seconds.
      if (sentAtOf(message).getTime() + 999 < notBefore().getTime()) return;
      await lanes.add(resident, () => take(session, message, resident));
    },
    edit(session: Session, message: LibraryMessage, text: string): void {
      const resident = residentOf(message);
      if (resident === undefined || message.fromMe || session.me()?.id === resident) return;
      const edit = { channel, externalId: externalIdOf(message), text, at: clock.now() };
      void lanes.add(resident, () => handlers.onEdit(edit));
    },
    react(session: Session, { senderId, reaction, msgId, timestamp }: Reaction): void {
      const to = typeof msgId === 'string' ? msgId : (msgId as { _serialized?: string })._serialized;
      // A mark that is taken away again is no news, and neither is our own.
      if (!isResident(senderId) || senderId === session.me()?.id || !reaction || to === undefined) return;
      const sentAt = new Date(timestamp * 1_000);
      void lanes.add(senderId, async () => {
        await handlers.onMessage({
          externalId: `reaction_${to}_${senderId}_${Math.floor(sentAt.getTime() / 1_000)}`,
          from: await namesOf(session, senderId),
          content: { kind: 'reaction', emoji: reaction, to },
          sentAt,
        });
      });
    },
    /** A call is turned down; a resident who wrote before is told what to do instead, anybody else hears nothing of us. */
    call(session: Session, call: Call, wroteBefore: (id: Alias) => Promise<boolean>): void {
      const from = call.from ?? '';
      if (!isResident(from) || call.isGroup || call.fromMe) return;
      void session
        .ask(call.reject())
        .catch((error: Error) => logger.warn({ error: error.message }, 'A call could not be turned down.'));
      const sentAt = clock.now();
      void lanes.add(from, async () => {
        const aliases = await namesOf(session, from);
        if (!(await wroteBefore(aliases[0]))) return;
        await handlers.onMessage({ externalId: `call_${call.id}`, from: aliases, content: { kind: 'call' }, sentAt });
      });
    },
  };
};
export type Incoming = ReturnType<typeof createIncoming>;
