/**
 * The measurement behind `npm run -s bench -- understanding`: accuracy and speed beside two peers trained on the same samples in the same
 * run, speed with a thousand articles, and how long a message waits while an index of a thousand articles is built. No database.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../project-root.js';
import type { Understand } from '../understand/contract.js';
import { samplesOf } from '../understand/samples.js';
import { answerAt } from '../understand/thresholds.js';
import { trainIndex } from '../understand/train.js';
import { createUnderstand } from '../understand/understand.js';
import { language, type Message, manyArticles, messagesOf, sets, tooLongMs } from './bench-messages.js';
import { type Peer, trainPeers } from './bench-peers.js';
import type { Rebuild, Waits } from './bench-rebuild.js';
import { grownMaterial } from './grown-material.js';
import { packMaterial } from './pack-material.js';

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

/** What a process of its own measures: what this one still holds of the peers would be its garbage to collect. */
const rebuildApart = async (): Promise<Rebuild> => {
  const measure = [...process.execArgv, 'src/commands/bench-rebuild.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, measure, { cwd: projectRoot });
  return JSON.parse(stdout) as Rebuild;
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
  const rebuild = await rebuildApart();
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

const waitsText = (when: string, { messages, p99Ms, longestMs, tooLong, longestHoldMs }: Waits): string =>
  `${when}: ${messages} messages, p99 ${p99Ms}, longest ${longestMs}, ${tooLong} of them over ${tooLongMs}; longest hold of the event loop ${longestHoldMs}.`;

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
    `One of ${articles.few} articles is changed: in use after ${rebuild.fewInUseMs} ms, right after a start after ${rebuild.firstInUseMs} ms. One of ${articles.many}: in use after ${rebuild.inUseMs} ms, trained whole after ${rebuild.settledMs} ms.`,
    'Waits of a message each 2 ms meanwhile, and then at rest for as long, in ms (the machine itself stands still now and then):',
    waitsText('meanwhile', rebuild.meanwhile),
    waitsText('at rest', rebuild.atRest),
  ].join('\n');
};
