/** When a new list comes into force, whoever asked for it and stands otherwise now gets one message, through the outbox. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import { noticeText } from '../dialogue/notice-text.js';
import { dayAt } from '../facts/day.js';
import { resultOf } from '../facts/eligibility/eligibility.js';
import type { Texts } from '../i18n.js';
import type { Language } from '../language.js';
import type { Changes } from '../store/changes.js';
import type { ProgrammeWithList } from '../store/programmes.js';
import type { Store } from '../store/store.js';
import type { WatchDocument } from '../store/watches.js';
import { createSweep } from '../sweep.js';
import type { ChannelName } from '../transport/contract.js';

export interface ListNoticesParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly texts: Texts;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly timeZone: string;
  readonly defaultLanguage: Language;
  /** Tells this process's sender that the conversation has something to send. */
  readonly sendSoon: (channel: ChannelName, conversationId: string) => void;
}
const lookEveryMs = 60_000;
const atOnce = 200;
/** Answers that may still get better: whoever got one goes on waiting. */
const open: ReadonlySet<string> = new Set(['not-listed', 'in-review']);

/**
 * Forgetting the wish and queueing its message are one transaction: killed in between, either both stand or neither, and two processes
 * never tell the same.
 */
export const createListNotices = (parts: ListNoticesParts) => {
  const { store, clocks, texts, logger, newId, timeZone, defaultLanguage, sendSoon } = parts;

  const tell = async (watch: WatchDocument, programme: ProgrammeWithList, batch: string): Promise<void> => {
    const [rows, contact, conversation] = await Promise.all([
      store.recipients.ofPerson([watch.iinHmac, ...(watch.formerHmac === undefined ? [] : [watch.formerHmac])]),
      store.contacts.find(watch.contactId),
      store.conversations.find(watch.contactId),
    ]);
    const result = resultOf(programme, rows, dayAt(clocks.business.now(), timeZone));
    const { outcome } = result;
    const stands = outcome.kind === 'listed' ? outcome.status : outcome.kind;
    const isTold = stands !== watch.seen && contact !== null && !contact.stopped && conversation !== null;
    const id = newId();
    const told = await store.transaction(async (session) => {
      const goesOn = open.has(stands) && contact?.stopped === false;
      const isOurs = await store.watches.settle(session, watch, batch, goesOn ? stands : undefined);
      if (!isOurs || !isTold || !conversation) return false;
      const now = clocks.real.now();
      const language = contact.language ?? defaultLanguage;
      await store.outbox.insert(session, [
        {
          _id: id,
          conversationId: watch.contactId,
          address: conversation.address,
          text: noticeText(texts, language, result),
          choices: [],
          asksLocation: false,
          language,
          answers: [],
          origin: 'job',
          requestId: `list:${batch}:${watch._id}`,
          status: 'queued',
          position: now.getTime(),
          attempts: 0,
          nextAttemptAt: now,
          createdAt: now,
        },
      ]);
      return true;
    });
    if (told && conversation) sendSoon(conversation.address.channel, watch.contactId);
  };

  const look = async (): Promise<void> => {
    for (const programme of await store.programmes.withLists()) {
      const batch = programme.list?.activeBatch;
      if (batch === undefined) continue;
      for (;;) {
        const behind = await store.watches.behind(programme._id, batch, atOnce);
        for (const watch of behind) await tell(watch, programme, batch);
        if (behind.length < atOnce) break;
      }
    }
  };
  let looking: Promise<void> = Promise.resolve();
  /** One look after the other. */
  const lookInTurn = (): Promise<void> => {
    const next = looking.then(look);
    looking = next.catch(() => undefined);
    return next;
  };
  const warn = (error: Error): void =>
    logger.warn({ error: error.message }, 'Those who wait for a new list could not be told; it is tried again.');
  const sweep = createSweep({ look: lookInTurn, everyMs: lookEveryMs, clock: clocks.real, onFailure: warn });
  let unsubscribe = (): void => undefined;
  return {
    /** Looks once; what is done twice is told once. */
    look: lookInTurn,
    start(changes: Changes): void {
      unsubscribe = changes.on('lists', () => void lookInTurn().catch(warn));
      sweep.start();
    },
    async stop(): Promise<void> {
      unsubscribe();
      await sweep.stop();
      await looking;
    },
  };
};
export type ListNotices = ReturnType<typeof createListNotices>;
