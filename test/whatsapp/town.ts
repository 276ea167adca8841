/** Residents who write to the number while it is being broken, and what must hold of their messages whatever happened. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { MessageDocument } from '../../src/store/messages.js';
import type { Store } from '../../src/store/store.js';
import type { SimulatedWhatsApp } from './simulated-whatsapp.js';

export const questions = [
  'Какой штраф за то, что без маски?',
  'Как подать заявление на 42500?',
  'Маскасыз жүрсе қанша айыппұл салады?',
] as const;
const channel = 'whatsapp-web' as const;

export interface TownParts {
  readonly whatsapp: SimulatedWhatsApp;
  readonly store: Store;
  readonly patienceMs: number;
}

/** What stands of who writes under this id, in order. */
export const messagesOf = async (store: Store, id: string): Promise<readonly MessageDocument[]> => {
  const contact = await store.contacts.findByAlias({ channel, id });
  return contact ? store.messages.latest(contact, 1_000) : [];
};

export const createTown = ({ whatsapp, store, patienceMs }: TownParts) => {
  /** Ids of messages by resident, in the order in which they were written. */
  const written = new Map<string, string[]>();
  const isQuiet = async (): Promise<boolean> => {
    const { queued, sending } = await store.outbox.counts();
    if (queued + sending > 0) return false;
    for (const [id, ids] of written) {
      const messages = await messagesOf(store, id);
      if (messages.length < ids.length || messages.some((message) => !message.outcome)) return false;
    }
    return true;
  };
  return {
    residents: () => [...written.keys()],
    /** One resident writes the next question. */
    writes(id: string): void {
      const ids = written.get(id) ?? [];
      const stanza = `${id.split('@')[0]}-${ids.length}`;
      written.set(id, [...ids, `false_${id}_${stanza}`]);
      whatsapp.telephone(id).writes(questions[ids.length % questions.length] ?? '', { stanza });
    },
    /** Waits until every message has its outcome and nothing is left to send. */
    async quiet(): Promise<void> {
      for (const until = Date.now() + patienceMs; !(await isQuiet()); await pause(200)) {
        if (Date.now() > until) {
          const counts = await store.outbox.counts();
          throw new Error(`Not all is settled in ${patienceMs / 1_000} s: ${JSON.stringify(counts)}.`);
        }
      }
    },
    /** Every message was stored once and has one outcome, and each reply left once, in order. */
    async expectExactlyOnce(): Promise<void> {
      expect(await store.outbox.counts()).to.include({ uncertain: 0, failed: 0 });
      for (const [id, ids] of written) {
        const messages = await messagesOf(store, id);
        expect(
          messages.map((message) => message.externalId),
          'stored once, in order',
        ).to.deep.equal(ids);
        const rows = await store.outbox.latest(messages[0]?.conversationId ?? '', 1_000);
        expect(
          rows.flatMap((row) => row.answers),
          'each is answered by one reply',
        ).to.deep.equal(messages.map((message) => message._id));
        expect(whatsapp.telephone(id).texts(), 'the resident got each reply once, in order').to.deep.equal(
          rows.map((row) => row.text),
        );
      }
    },
  };
};
export type Town = ReturnType<typeof createTown>;
