/** What the benches share: residents who write the next question when the last one has its outcome, and latencies as numbers. */
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../clock.js';
import type { Outcome } from '../store/messages.js';
import type { TemporaryService } from './temporary-service.js';

export interface Latencies {
  readonly messages: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface PathResult extends Latencies {
  /** Commands sent to the database from a message's intake to its sent reply, without the sweeps. */
  readonly commandsPerMessage: number;
}

/** The latencies of a run of `totalMs` milliseconds. */
export const summary = (times: readonly number[], totalMs: number): Latencies => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
  return {
    messages: times.length,
    perSecond: Math.round((times.length / totalMs) * 1000),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
};

/** Questions that articles answer, in both languages. */
export const questionsOf = async ({ core }: TemporaryService): Promise<string[]> =>
  (await core.articles.indexMaterial()).flatMap((article) => [...article.examples.kk, ...article.examples.ru]);

/**
 * Each resident writes the next question when the last one has its outcome: as many in flight as there are residents. The commands are
 * counted until the last reply was sent.
 */
export const benchPath = async (
  { core, changes, commands }: TemporaryService,
  questions: readonly string[],
  residents: number,
  messages: number,
  name = 'bench',
): Promise<PathResult> => {
  const times: number[] = [];
  const waiting = new Map<string, () => void>();
  const replies = { written: new Set<string>(), sent: new Set<string>() };
  const unsubscribe = [
    changes.on('messages', ({ document }) => {
      const outcome = document?.outcome as Outcome | undefined;
      if (outcome && 'outboxId' in outcome && outcome.outboxId) replies.written.add(outcome.outboxId);
      if (outcome) waiting.get(String(document?.externalId))?.();
    }),
    changes.on('outbox', ({ id, document }) => {
      if (document?.status === 'sent') replies.sent.add(id);
    }),
  ];
  const converse = async (resident: number): Promise<void> => {
    for (let number = 0; number < messages; number += 1) {
      const text = questions[(resident * messages + number) % questions.length] ?? '';
      const externalId = `${name}-${resident}-${number}`;
      const settled = new Promise<void>((resolve) => waiting.set(externalId, resolve));
      const before = performance.now();
      await core.intake.receive({
        externalId,
        from: [{ channel: 'web', id: `${name}-${resident}` }],
        content: { kind: 'text', text },
        sentAt: systemClock.now(),
      });
      await settled;
      times.push(performance.now() - before);
      waiting.delete(externalId);
    }
  };
  const before = commands();
  const started = performance.now();
  await Promise.all(Array.from({ length: residents }, (_, resident) => converse(resident)));
  const path = summary(times, performance.now() - started);
  while (replies.sent.size < replies.written.size) await setTimeout(20);
  for (const end of unsubscribe) end();
  return { ...path, commandsPerMessage: Number(((commands() - before) / times.length).toFixed(1)) };
};
