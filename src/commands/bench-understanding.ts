/**
 * The measurement behind `npm run -s bench -- understanding`: accuracy and speed beside two peers trained on the same samples in the same
 * run, speed with a thousand articles, and how long a message waits while an index of a thousand articles is built. No database.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Language } from '../language.js';
import { createLiveIndex, type LiveIndex } from '../live-index.js';
import { silentLogger } from '../log.js';
import { projectRoot } from '../project-root.js';
import type { IndexMaterial, Understand } from '../understand/contract.js';
import { parseEvaluationRows } from '../understand/evaluation-rows.js';
import { masked, samplesOf } from '../understand/samples.js';
import { answerAt } from '../understand/thresholds.js';
import { type TrainingPhrase, trainIndex } from '../understand/train.js';
import { createUnderstand } from '../understand/understand.js';
import { type Peer, trainPeers } from './bench-peers.js';
import { grownMaterial } from './grown-material.js';
import { packMaterial } from './pack-material.js';

/** Messages that are no training material: who they were written by, the pack does not know. */
const sets = ['development', 'kept-back-one', 'kept-back-two'] as const;
const manyArticles = 1000;
const language: Language = 'kk';

interface Message {
  readonly text: string;
  readonly expected: string;
}
interface Quickness {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}
interface Accuracy {
  /** Share of article messages whose label comes first, by set. */
  readonly first: Readonly<Record<(typeof sets)[number], number>>;
  /** Of what it would answer from its threshold up: the share that is wrong. */
  readonly answeredWrongly: number;
}
export interface Competitor extends Accuracy, Quickness {
  readonly name: string;
}
export interface UnderstandingResult {
  readonly competitors: readonly Competitor[];
  readonly articles: {
    readonly few: number;
    readonly many: number;
    readonly perSecondFew: number;
    readonly perSecondMany: number;
  };
  readonly rebuild: Rebuild;
}
interface Rebuild {
  /** From the change of one of the pack's articles right after a start, of another, and of one of many, until messages are answered by it. */
  readonly firstInUseMs: number;
  readonly fewInUseMs: number;
  readonly inUseMs: number;
  /** To the whole training of many. */
  readonly settledMs: number;
  /** The longest a message was held up, and the longest hold of the event loop, while the index of many was built and while nothing was. */
  readonly longestMessageMs: number;
  readonly longestHoldMs: number;
  readonly longestHoldAtRestMs: number;
}

const messagesOf = async (set: string): Promise<readonly Message[]> => {
  const file = `test/evaluation/${set}.tsv`;
  const rows = parseEvaluationRows(file, await readFile(join(projectRoot, file), 'utf8'));
  return rows.map(({ text, expected }) => ({ text: masked(text), expected }));
};

/** A service answers for months: a reader warms up for so long, and at least once through all messages. */
const warmUpMs = 4_000;
/** Times that it then reads all of them; a slow one no more once it has taken so long. */
const rounds = 5;
const longestMs = 10_000;
const readAll = async (messages: readonly Message[], read: (text: string) => unknown, times: number[]) => {
  for (const { text } of messages) {
    const before = performance.now();
    await read(text);
    times.push(performance.now() - before);
  }
};
const quicknessOf = (times: readonly number[]): Quickness => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3));
  const total = sorted.reduce((sum, ms) => sum + ms, 0);
  return { perSecond: Math.round((sorted.length / total) * 1000), p50Ms: at(0.5), p95Ms: at(0.95) };
};
/** How quickly each reads all messages, by its place; warm, and by turns, so that what else the machine does meets all of them. */
const race = async (
  messages: readonly Message[],
  readers: readonly ((text: string) => unknown)[],
): Promise<readonly Quickness[]> => {
  const lanes = readers.map((read) => ({ read, times: [] as number[] }));
  for (const { read } of lanes) {
    const warmAt = performance.now() + warmUpMs;
    do await readAll(messages, read, []);
    while (performance.now() < warmAt);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { read, times } of lanes)
      if (times.reduce((sum, ms) => sum + ms, 0) < longestMs) await readAll(messages, read, times);
  }
  return lanes.map(({ times }) => quicknessOf(times));
};

const accuracyOf = async (
  { first }: Peer,
  threshold: number,
  bySet: ReadonlyMap<(typeof sets)[number], readonly Message[]>,
): Promise<Accuracy> => {
  const share: Partial<Record<(typeof sets)[number], number>> = {};
  let answered = 0;
  let wrong = 0;
  for (const [set, all] of bySet) {
    const messages = all.filter(({ expected }) => expected.startsWith('faq:'));
    let right = 0;
    for (const { text, expected } of messages) {
      const best = await first(text);
      if (best?.label === expected) right += 1;
      if (best === undefined || best.score < threshold) continue;
      answered += 1;
      if (best.label !== expected) wrong += 1;
    }
    share[set] = right / messages.length;
  }
  return { first: share as Accuracy['first'], answeredWrongly: wrong / Math.max(1, answered) };
};

const ours = (understand: Understand): Peer => ({
  name: 'Naqty Aqparat',
  first: async (text) => {
    const [best] = understand(text, { language }).candidates;
    return best && { label: best.label, score: best.probability };
  },
});

/** Writes messages without a pause but for the event loop's turn, until `done`; gives the longest a message took from turn to answer. */
const ask = async (index: Pick<LiveIndex, 'understand'>, messages: readonly Message[], done: () => boolean) => {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let longest = 0;
  for (let turn = 0; !done(); turn += 1) {
    const due = performance.now() + 2;
    await sleep(2);
    index.understand(messages[turn % messages.length]?.text ?? '', { language });
    longest = Math.max(longest, performance.now() - due);
  }
  delays.disable();
  return { longestMessageMs: Number(longest.toFixed(1)), longestHoldMs: Number((delays.max / 1e6).toFixed(1)) };
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

const measureRebuild = async (
  few: IndexMaterial,
  many: IndexMaterial,
  phrases: readonly TrainingPhrase[],
  messages: readonly Message[],
  modelFolder: string,
): Promise<Rebuild> => {
  let material = few;
  const readMaterial = async (): Promise<IndexMaterial> => material;
  const index = await createLiveIndex({ readMaterial, phrases, logger: silentLogger, modelFolder });
  const change = (changed: IndexMaterial): Promise<number> => {
    material = changed;
    return msOf(index.refresh);
  };
  const firstInUseMs = await change(withWord(few, 'зюзель'));
  const fewInUseMs = await change(withWord(few, 'зюзелька'));
  /** The thread learns it whole first, as after a start: what is measured is the next change. */
  const learn = async (whole: IndexMaterial): Promise<void> => {
    await change(whole);
    await index.settled();
  };
  await learn(many);
  const rested = performance.now() + 3000;
  const rest = await ask(index, messages, () => performance.now() > rested);
  let finished = false;
  let inUseMs = 0;
  const rebuilt = msOf(async () => {
    inUseMs = await change(withWord(many, 'зюзелька'));
    await index.settled();
  }).finally(() => {
    finished = true;
  });
  const held = await ask(index, messages, () => finished);
  const settledMs = await rebuilt;
  return { firstInUseMs, fewInUseMs, inUseMs, settledMs, ...held, longestHoldAtRestMs: rest.longestHoldMs };
};

/** Runs everything; `tell` hears of each step. Minutes of work: a peer and a thousand articles are trained. */
export const benchUnderstanding = async (tell: (step: string) => void): Promise<UnderstandingResult> => {
  const { material, phrases } = await packMaterial();
  const samples = samplesOf(material, phrases);
  const bySet = new Map<(typeof sets)[number], readonly Message[]>();
  for (const set of sets) bySet.set(set, await messagesOf(set));
  const messages = [...bySet.values()].flat();
  tell(`training on ${samples.length} samples`);
  const understand = createUnderstand(trainIndex(material, phrases));
  tell('training the peers');
  const peers = [ours(understand), ...(await trainPeers(samples))];
  tell('reading the messages by turns');
  const quick = await race(
    messages,
    peers.map(({ first }) => first),
  );
  const competitors: Competitor[] = [];
  for (const [at, peer] of peers.entries()) {
    const accuracy = await accuracyOf(peer, at === 0 ? answerAt : 0.5, bySet);
    competitors.push({ name: peer.name, ...accuracy, ...(quick[at] as Quickness) });
  }
  const many = grownMaterial(material, manyArticles);
  tell(`training on ${samplesOf(many, phrases).length} samples of ${manyArticles} articles`);
  const grown = createUnderstand(trainIndex(many, phrases));
  const read = (one: Understand) => (text: string) => one(text, { language });
  // One after the other: what is known of a word is kept for one model at a time, as in a service.
  const [few] = await race(messages, [read(understand)]);
  const [lots] = await race(messages, [read(grown)]);
  if (few === undefined || lots === undefined) throw new Error('Nothing was read.');
  tell(`an index of ${manyArticles} articles is built beside messages`);
  const modelFolder = await mkdtemp(join(tmpdir(), 'naqty-bench-'));
  const rebuild = await measureRebuild(material, many, phrases, messages, modelFolder).finally(() =>
    rm(modelFolder, { recursive: true, force: true }),
  );
  return {
    competitors,
    articles: {
      few: material.articles.length,
      many: manyArticles,
      perSecondFew: few.perSecond,
      perSecondMany: lots.perSecond,
    },
    rebuild,
  };
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What was measured, for people. */
export const understandingText = ({ competitors, articles, rebuild }: UnderstandingResult): string => {
  const rows = [
    ['', ...sets, 'answered wrongly', 'per second', 'p50 ms', 'p95 ms'],
    ...competitors.map(({ name, first, answeredWrongly, perSecond, p50Ms, p95Ms }) => [
      name,
      ...sets.map((set) => percent(first[set])),
      percent(answeredWrongly),
      ...[perSecond, p50Ms, p95Ms].map(String),
    ]),
  ];
  return [
    'Article messages whose article comes first; of those answered (the peers from a score of 0.5 up), the wrong ones; speed over all messages:',
    ...rows.map((cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(17))).join('')),
    `${articles.many} instead of ${articles.few} articles: ${articles.perSecondMany} instead of ${articles.perSecondFew} messages per second (${(articles.perSecondMany / articles.perSecondFew).toFixed(2)} of the speed).`,
    `One of ${articles.few} articles is changed: in use after ${rebuild.fewInUseMs} ms, right after a start after ${rebuild.firstInUseMs} ms. One of ${articles.many}: in use after ${rebuild.inUseMs} ms, trained whole after ${rebuild.settledMs} ms; meanwhile a message waited ${rebuild.longestMessageMs} ms at most, the event loop was held ${rebuild.longestHoldMs} ms at most (at rest ${rebuild.longestHoldAtRestMs} ms).`,
  ].join('\n');
};
