/**
 * The part of `npm run -s bench -- understanding` that runs in a process of its own, as the service does: how soon a change is in use, and
 * how long messages wait while an index of a thousand articles learns it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLiveIndex, type LiveIndex } from '../live-index.js';
import { silentLogger } from '../log.js';
import type { IndexMaterial } from '../understand/contract.js';
import { language, type Message, manyArticles, messagesOf, sets, tooLongMs } from './bench-messages.js';
import { grownMaterial } from './grown-material.js';
import { packMaterial } from './pack-material.js';

const betweenMs = 2;
const warmUpMs = 4_000;

/** From the moment that a message was due to its answer. */
export interface Waits {
  readonly messages: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Messages that waited longer than `tooLongMs`. */
  readonly tooLong: number;
  readonly longestHoldMs: number;
}
export interface Rebuild {
  /** From the change of one of the pack's articles right after a start, of another, and of one of many, until messages are answered by it. */
  readonly firstInUseMs: number;
  readonly fewInUseMs: number;
  readonly inUseMs: number;
  /** To the whole training of many. */
  readonly settledMs: number;
  readonly meanwhile: Waits;
  /** For as long, while nothing is learnt. */
  readonly atRest: Waits;
}

/** Writes a message every other millisecond until `done`. */
const ask = async (index: LiveIndex, messages: readonly Message[], done: () => boolean): Promise<Waits> => {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const waits: number[] = [];
  while (!done()) {
    const due = performance.now() + betweenMs;
    await sleep(betweenMs);
    index.understand(messages[waits.length % messages.length]?.text ?? '', { language });
    waits.push(performance.now() - due);
  }
  delays.disable();
  waits.sort((a, b) => a - b);
  const rounded = (ms = 0): number => Number(ms.toFixed(1));
  return {
    messages: waits.length,
    p99Ms: rounded(waits[Math.floor(waits.length * 0.99)]),
    longestMs: rounded(waits.at(-1)),
    tooLong: waits.filter((ms) => ms > tooLongMs).length,
    longestHoldMs: rounded(delays.max / 1e6),
  };
};

/** The material with a word more in one of its articles. */
const withWord = (material: IndexMaterial, word: string): IndexMaterial => {
  const [changed, ...others] = material.articles;
  if (changed === undefined) throw new Error('There are no articles.');
  return { ...material, articles: [...others, { ...changed, keywords: [...changed.keywords, word] }] };
};
const msOf = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started);
};

const measure = async (modelFolder: string): Promise<Rebuild> => {
  const { material: few, phrases } = await packMaterial();
  const many = grownMaterial(few, manyArticles);
  const messages = (await Promise.all(sets.map(messagesOf))).flat();
  let material = few;
  const index = await createLiveIndex({
    readMaterial: async () => material,
    phrases,
    logger: silentLogger,
    modelFolder,
  });
  const change = (changed: IndexMaterial): Promise<number> => {
    material = changed;
    return msOf(index.refresh);
  };
  const firstInUseMs = await change(withWord(few, 'зюзель'));
  const fewInUseMs = await change(withWord(few, 'зюзелька'));
  // The thread learns it whole first, as after a start: what is measured is the next change.
  await change(many);
  await index.settled();
  // A service answers for months: code that V8 has yet to compile is no wait for the training.
  const warm = performance.now() + warmUpMs;
  await ask(index, messages, () => performance.now() > warm);
  let finished = false;
  let inUseMs = 0;
  const rebuilt = msOf(async () => {
    inUseMs = await change(withWord(many, 'зюзелька'));
    await index.settled();
  }).finally(() => {
    finished = true;
  });
  const meanwhile = await ask(index, messages, () => finished);
  const settledMs = await rebuilt;
  const rested = performance.now() + settledMs;
  const atRest = await ask(index, messages, () => performance.now() > rested);
  return { firstInUseMs, fewInUseMs, inUseMs, settledMs, meanwhile, atRest };
};

const modelFolder = await mkdtemp(join(tmpdir(), 'naqty-bench-'));
const rebuild = await measure(modelFolder).finally(() => rm(modelFolder, { recursive: true, force: true }));
process.stdout.write(JSON.stringify(rebuild), () => process.exit());
