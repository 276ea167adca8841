/**
 * The measurement behind `npm run -s bench -- publishing`: the service as several processes over one throw-away database, as PM2 runs it;
 * how long after staff publish a synonym or an article each process answers by it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { systemClocks } from '../clock.js';
import { readConfig } from '../config.js';
import { withTemporaryEngine } from '../engine/temporary.js';
import { createArticles } from '../facts/articles/articles.js';
import { createLexicon } from '../facts/lexicon/lexicon.js';
import { modelFolderOfSources } from '../kept-models.js';
import { understoodAnew } from '../live-index.js';
import { projectRoot } from '../project-root.js';
import { openDatabase } from '../store/connect.js';
import { createStore } from '../store/store.js';

export interface PublishingOrder {
  /** Roles of each process. */
  readonly processes: readonly string[];
  /** How many changes are published, synonyms and articles by turns. */
  readonly changes: number;
  /** How long the processes rest before the first: each recalls what it knows ten seconds after its start. */
  readonly restMs: number;
}
interface ChangeResult {
  readonly what: 'synonym' | 'article';
  /** From the call that publishes to its end. */
  readonly writtenMs: number;
  /** From that call until each process answers by the change, ascending. */
  readonly inUseMs: readonly number[];
}
export interface PublishingResult {
  readonly changes: readonly ChangeResult[];
  /** Changes that some process did not come to know. */
  readonly lost: number;
}
/** As ecosystem.config.js has them. */
export const usualProcesses = ['web', 'worker', 'worker', 'sender'] as const;

const patienceMs = 60_000;

/** A process of the service, as its own start makes it. */
const startProcess = async (roles: string, uri: string, dataDir: string, heard: (at: number) => void) => {
  // With the flags of this process, which are the service's.
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, 'src/main.ts'], {
    cwd: projectRoot,
    env: { ...process.env, MONGODB_URI: uri, ROLES: roles, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  if (child.stdout)
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes(understoodAnew)) heard(Date.parse((JSON.parse(line) as { time: string }).time));
    });
  const ready = once(child, 'message');
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`The process ${roles} ended while it started; what it says stands above.`);
    }),
  ]);
  return {
    stop: async (): Promise<void> => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Runs everything; `tell` hears of each step. */
export const benchPublishing = (order: PublishingOrder, tell: (step: string) => void): Promise<PublishingResult> =>
  withTemporaryEngine(async (uri) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'naqty-bench-'));
    // What these sources were trained to before, the processes need not train again.
    await cp(modelFolderOfSources(readConfig({}).dataDir), join(dataDir, 'models'), { recursive: true }).catch(
      () => undefined,
    );
    let heard: number[] = [];
    const running: { stop(): Promise<void> }[] = [];
    const connection = await openDatabase(uri);
    try {
      for (const roles of order.processes) {
        tell(`starting ${roles}`);
        running.push(await startProcess(roles, uri, dataDir, (at) => void heard.push(at)));
      }
      const store = createStore(connection);
      const lexicon = createLexicon({ store, clocks: systemClocks });
      const articles = createArticles({ store, clocks: systemClocks });
      const publishSynonym = async (word: string): Promise<() => Promise<unknown>> => {
        const [concept] = await lexicon.list();
        if (!concept) throw new Error('The lexicon is empty.');
        const { id, name, words, version } = concept;
        return () => lexicon.publish(id, { name, words: { ...words, ru: [...words.ru, word] } }, 'bench', version);
      };
      const publishArticle = async (word: string): Promise<() => Promise<unknown>> => {
        const article = (await articles.list()).find(({ published }) => published !== undefined);
        if (!article?.published) throw new Error('No article is published.');
        const { id, published, version } = article;
        const fields = { ...published, keywords: [...published.keywords, word] };
        const drafted = await articles.saveDraft(id, fields, 'bench', version);
        return () => articles.publish(id, 'bench', drafted.version);
      };
      await setTimeout(order.restMs);
      const changes: ChangeResult[] = [];
      for (let turn = 0; turn < order.changes; turn += 1) {
        const what = turn % 2 === 0 ? 'synonym' : 'article';
        tell(`publishing: ${what}`);
        const word = `зюзель${String.fromCharCode('а'.charCodeAt(0) + turn)}`;
        const publish = await (what === 'synonym' ? publishSynonym(word) : publishArticle(word));
        heard = [];
        const began = Date.now();
        await publish();
        const writtenMs = Date.now() - began;
        for (const until = began + patienceMs; heard.length < order.processes.length && Date.now() < until; )
          await setTimeout(20);
        changes.push({ what, writtenMs, inUseMs: heard.map((at) => at - began).sort((a, b) => a - b) });
        await setTimeout(1000);
      }
      return { changes, lost: changes.filter(({ inUseMs }) => inUseMs.length < order.processes.length).length };
    } finally {
      await Promise.all(running.map((one) => one.stop()));
      await connection.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

/** The measurement as people read it. */
export const publishingText = ({ processes }: PublishingOrder, { changes, lost }: PublishingResult): string =>
  [
    `From the click on "publish" until each of ${processes.length} processes (${processes.join('; ')}) answers by it:`,
    ...changes.map(
      ({ what, writtenMs, inUseMs }) =>
        `${what.padEnd(10)}written after ${writtenMs} ms, in use after ${inUseMs.join(', ')} ms`,
    ),
    `lost: ${lost}`,
  ].join('\n');
