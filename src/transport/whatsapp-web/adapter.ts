/** The number on WhatsApp through a linked device: whatsapp-web.js in a browser of its own, held by one process at a time. */
import type { Logger } from 'pino';
import type { Message } from 'whatsapp-web.js';
import type { Clock } from '../../clock.js';
import type { Config } from '../../config.js';
import { inTime } from '../../in-time.js';
import type { Store } from '../../store/store.js';
import type { ChannelStatus, Transport, TransportHandlers } from '../contract.js';
import { downSince } from '../down-since.js';
import { createAlarm } from './alarm.js';
import { fetchFile } from './fetch-file.js';
import { channel, externalIdOf } from './from-library.js';
import { createIncoming, type Incoming } from './incoming.js';
import { createLinkRecord } from './link-record.js';
import { createPace } from './pace.js';
import { chatsSince, readChats } from './reconcile.js';
import { createRequests } from './requests.js';
import { createSending } from './sending.js';
import { openSession, type Session, type SessionEvents } from './session.js';
import { showCode } from './show-code.js';
import { supervise } from './supervise.js';

export interface WhatsAppWebParts {
  readonly config: Pick<Config, 'roles' | 'whatsAppWeb' | 'channelAlarm'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** Read again at each connection: what was late on its way, or written while nobody was sure to listen. */
const overlapMs = 60 * 60_000;
/** The record tells where to go on; without an answer for so long, in milliseconds, the session is begun anew. */
const longestBeginningMs = 30_000;
/** A chat that cannot be read is tried so often, a minute apart; then a person has to look. */
const mostTries = 30;
const tryAgainMs = 60_000;
interface Behind {
  readonly chats: readonly string[];
  readonly from: Date;
  readonly tries: number;
  readonly at: Date;
}

/** Numbered text is all that a linked device may send: buttons and lists are not shown by telephones any more. */
export const createWhatsAppWeb = ({ config, store, clock, logger, random }: WhatsAppWebParts): Transport => {
  const { folder, gapMs, heartbeatMs, browserArguments } = config.whatsAppWeb;
  const holds = config.roles.includes('sender');
  const record = createLinkRecord({ store, clock, logger });
  const pace = createPace(gapMs, clock, random);
  let handlers: TransportHandlers | undefined;
  let incoming: Incoming | undefined;
  let notBefore = new Date(0);
  /** Live messages wait until what had come before them was taken in. */
  let caughtUp: Promise<void> = Promise.resolve();
  /** The session that was caught up with; any other's word of being connected comes too early. */
  let inStep: Session | undefined;
  /** What could not be read yet of the time before, by the session that tries: until then the cursor stays. */
  let behind: Behind | undefined;

  /** The first pairing of a number is the beginning: nothing from before it is answered. */
  const beginning = async (session: Session): Promise<Date> => {
    const me = session.me();
    const known = await record.read();
    const isSame = known?.me?.id === me?.id && known?.pairedAt !== undefined;
    const now = clock.now();
    notBefore = isSame && known?.pairedAt ? known.pairedAt : now;
    const seenUntil = isSame && known?.seenUntil ? known.seenUntil : now;
    await record.set({ ...(me ? { me } : {}), pairedAt: notBefore, seenUntil });
    // Times of the channel are whole seconds.
    const from = Math.max(notBefore.getTime(), seenUntil.getTime() - overlapMs);
    return new Date(Math.floor(from / 1_000) * 1_000);
  };
  const read = async (session: Session, chats: readonly string[], from: Date, tries: number): Promise<void> => {
    const { messages, unread } = await readChats(session, chats, from, logger);
    for (const message of messages) void incoming?.add(session, message);
    const isGivenUp = tries >= mostTries;
    behind = unread.length === 0 || isGivenUp ? undefined : { chats: unread, from, tries, at: clock.now() };
    if (unread.length > 0 && isGivenUp)
      logger.error({ chats: unread.length }, 'Chats cannot be read: see /staff/channel, and look on the telephone.');
    if (unread.length > 0) await record.set({ unreadChats: unread.length });
    else await record.set({}, ['unreadChats']);
  };
  const catchUp = async (session: Session): Promise<void> => {
    const from = await inTime(beginning(session), longestBeginningMs, 'Where to go on could not be read in time.');
    await read(session, await chatsSince(session, from), from, 1);
  };
  /** The chats that could not be read, once a minute. */
  const readAgain = (session: Session): void => {
    if (!behind || clock.now().getTime() - behind.at.getTime() < tryAgainMs) return;
    const { chats, from, tries } = behind;
    behind = { chats, from, tries, at: clock.now() };
    read(session, chats, from, tries + 1).catch((error: Error) =>
      logger.warn({ error: error.message }, 'Chats that could not be read were not read this time either.'),
    );
  };

  const events: SessionEvents = {
    onQr(qr) {
      showCode(qr);
      void record.is('waiting-for-scan', { qr });
    },
    onPairingCode: (pairingCode) => void record.is('waiting-for-scan', { pairingCode }),
    async onReady(session) {
      behind = undefined;
      caughtUp = catchUp(session);
      await caughtUp;
      inStep = session;
      await record.is('connected', { aliveAt: clock.now(), provenAt: clock.now() });
    },
    onMessage(message: Message) {
      const session = link.session();
      if (session) void caughtUp.then(() => incoming?.add(session, message)).catch(() => undefined);
    },
    onEdit(message, body) {
      const session = link.session();
      if (session) incoming?.edit(session, message, body);
    },
    onAck(message, ack) {
      sending.onAck(externalIdOf(message), ack);
    },
    onReaction(reaction) {
      const session = link.session();
      if (session) incoming?.react(session, reaction);
    },
    onCall(call) {
      const session = link.session();
      const wroteBefore = async (alias: { readonly id: string }): Promise<boolean> =>
        (await store.contacts.findByAlias({ channel, id: alias.id })) !== null;
      if (session) incoming?.call(session, call, wroteBefore);
    },
    onHeartbeat({ state, provenAt }) {
      const at = clock.now();
      const session = link.session();
      record.note({ aliveAt: at, ...(provenAt ? { provenAt } : {}) });
      // Until the chats are read, neither is it connected nor may the cursor move: what it passes is never read again.
      if (session === undefined || session !== inStep) return;
      if (!provenAt) return void record.is('reconnecting', { detail: `the line is ${state}` });
      if (record.state() !== 'connected') void record.is('connected', { provenAt });
      readAgain(session);
      // A minute back: what is on its way through the page now is read again if this process ends now.
      if (incoming?.lanes.isEmpty() && !behind) record.note({ seenUntil: new Date(at.getTime() - 60_000) });
    },
  };
  const open = (): Session => openSession({ folder, browserArguments, heartbeatMs, clock, logger, events });
  const link = supervise({ folder, open, record, store, clock, logger, random });
  const live = (): Session | undefined => (link.session()?.isReady() ? link.session() : undefined);
  const sending = createSending({ session: live, store, handlers: () => handlers, clock });
  const requests = createRequests({ session: link.session, sending, record, store, clock, logger });
  const alarm = createAlarm({ store, clock, logger, ...config.channelAlarm });

  return {
    channel,
    capabilities: { buttons: null, list: null, locationRequest: 'none', bodyLength: 4096, captionLength: 1024 },
    async start(given) {
      handlers = given;
      alarm.start();
      if (!holds) return;
      incoming = createIncoming({
        ...{ handlers: given, clock, logger, notBefore: () => notBefore },
        onTaken: () => record.note({ lastInAt: clock.now() }),
      });
      link.start();
      requests.start();
    },
    canSend: () => live() !== undefined && record.state() === 'connected',
    turn: pace,
    async send(to, message) {
      const result = await sending.send(to, message);
      if (result.kind === 'accepted') record.note({ lastOutAt: clock.now() });
      return result;
    },
    lookup: sending.lookup,
    fetchFile: (file, mostBytes) => fetchFile(live(), file, mostBytes),
    async status(): Promise<ChannelStatus> {
      const known = await record.read();
      const since = downSince(known, clock.now());
      if (!known) return { state: 'down', since: clock.now(), detail: 'no process has held the session yet' };
      if (since === undefined) return { state: 'up', since: known.since };
      const needsPerson = known.state === 'waiting-for-scan' || known.state === 'needs-person';
      return { state: needsPerson ? 'needs-person' : 'down', since, detail: known.detail ?? known.state };
    },
    async stop() {
      await alarm.stop();
      if (!holds) return;
      await requests.stop();
      incoming?.lanes.stop();
      await link.stop();
    },
  };
};
