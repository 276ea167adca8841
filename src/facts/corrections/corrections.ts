/** Putting it right: who was given an answer that turned out wrong gets the corrected one, in their language, each at most once. */
import type { Clocks } from '../../clock.js';
import { type Language, languages } from '../../language.js';
import type { CorrectionDocument, CorrectionSource } from '../../store/corrections.js';
import type { OutboxDocument, OutboxStatus } from '../../store/outbox.js';
import type { Store } from '../../store/store.js';
import { longestMessage } from '../tickets/answering.js';

export interface CorrectionsParts {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** Takes IINs out of a text before it is stored. */
  readonly mask: (text: string) => string;
}
export interface Recipients {
  readonly all: readonly { readonly conversationId: string; readonly language: Language }[];
  /** Left out: they said стоп, and are written to by nobody. */
  readonly stopped: number;
}
export interface CorrectionRequest {
  readonly source: CorrectionSource;
  readonly since: Date;
  readonly texts: Readonly<Partial<Record<Language, string>>>;
  readonly requestId: string;
  readonly staffId: string;
}
export type CorrectionRefusal = 'empty-text' | 'too-long' | 'nobody';
export class CorrectionError extends Error {
  override readonly name = 'CorrectionError';
  constructor(
    readonly code: CorrectionRefusal,
    readonly language?: Language,
  ) {
    super(code);
  }
}
/** Most residents that one correction reaches; more are reached by a second one with a later beginning. */
export const mostRecipients = 5_000;
/** Residents read at once. */
const batch = 500;

export const createCorrections = ({ store, clocks, newId, mask }: CorrectionsParts) => {
  /** Whoever was sent it, or will be as soon as they write again; in the language that they read it in, unless they chose another since. */
  const recipients = async (source: CorrectionSource, since: Date, until: Date): Promise<Recipients> => {
    const answered = await store.outbox.givenFrom(source, since, until, mostRecipients);
    const read = new Map(answered.map(({ conversationId, language }) => [conversationId, language]));
    const ids = [...read.keys()];
    const all: { conversationId: string; language: Language }[] = [];
    let stopped = 0;
    for (let from = 0; from < ids.length; from += batch) {
      const part = ids.slice(from, from + batch);
      const contacts = new Map((await store.contacts.findMany(part)).map((contact) => [contact._id, contact]));
      for (const conversationId of part) {
        const contact = contacts.get(conversationId);
        if (contact?.stopped) stopped += 1;
        else all.push({ conversationId, language: contact?.language ?? read.get(conversationId) ?? 'kk' });
      }
    }
    return { all, stopped };
  };
  /** Queues what is not queued yet: the key of each row is the correction with the resident. */
  const carryOn = async (correction: CorrectionDocument): Promise<void> => {
    const { _id: id, source, since, at, by, texts } = correction;
    const { all, stopped } = await recipients(source, since, at);
    for (let from = 0; from < all.length; from += batch) {
      const part = all.slice(from, from + batch);
      const conversations = await store.conversations.findMany(part.map(({ conversationId }) => conversationId));
      const addresses = new Map(conversations.map(({ _id, address }) => [_id, address]));
      await store.outbox.insertOnce(
        part.flatMap(({ conversationId, language }): OutboxDocument[] => {
          const address = addresses.get(conversationId);
          const text = texts[language] ?? texts.kk ?? texts.ru;
          if (!address || text === undefined) return [];
          return [
            {
              ...{ _id: newId(), conversationId, address, text, choices: [], asksLocation: false, language },
              ...{ answers: [], origin: 'specialist', staffId: by, correction: id },
              ...{ requestId: `correction:${id}:${conversationId}`, status: 'queued', position: at.getTime() },
              ...{ attempts: 0, nextAttemptAt: at, createdAt: at },
            },
          ];
        }),
      );
    }
    await store.corrections.finish(id, all.length, stopped);
  };

  return {
    /** Who would get it now. */
    recipients: (source: CorrectionSource, since: Date) => recipients(source, since, clocks.real.now()),
    /**
     * Queues the corrected text for everybody who was given the source since then. By the outbox's rules: outside a channel's window it is
     * held. The same request twice is carried out once.
     * @throws CorrectionError empty-text (a language of the recipients has none), too-long, nobody
     */
    async send({ source, since, texts, requestId, staffId }: CorrectionRequest): Promise<void> {
      const at = clocks.real.now();
      const { all } = await recipients(source, since, at);
      if (all.length === 0 && !(await store.corrections.find(requestId))) throw new CorrectionError('nobody');
      const clean: Partial<Record<Language, string>> = {};
      for (const language of languages) {
        if (!all.some((one) => one.language === language)) continue;
        const text = mask((texts[language] ?? '').replaceAll('\r\n', '\n').trim());
        if (text === '') throw new CorrectionError('empty-text', language);
        if (text.length > longestMessage) throw new CorrectionError('too-long', language);
        clean[language] = text;
      }
      const correction = { _id: requestId, source, since, at, by: staffId, texts: clean, finished: false };
      if (await store.corrections.begin(correction)) await carryOn(correction);
    },
    find: store.corrections.find,
    /** Earlier corrections of the same, the latest first. */
    of: (source: CorrectionSource): Promise<CorrectionDocument[]> => store.corrections.of(source, 5),
    /** How many of its messages stand where. */
    states: (id: string): Promise<ReadonlyMap<OutboxStatus, number>> => store.outbox.statesOf(id),
    /** What a dead process left half done. */
    async finish(begunBefore: Date): Promise<void> {
      for (const correction of await store.corrections.unfinished(begunBefore)) await carryOn(correction);
    },
  };
};
export type Corrections = ReturnType<typeof createCorrections>;
