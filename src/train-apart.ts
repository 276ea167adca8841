/** Trains in a thread of its own, which remembers what it learnt: residents who write meanwhile do not wait, and a change is soon learnt. */
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { KeptModel } from './kept-models.js';
import type { IndexMaterial } from './understand/contract.js';
import type { Model } from './understand/model.js';
import type { TrainingPhrase } from './understand/phrases.js';

/**
 * `publish`: what changed is learnt beside what is known, at once (all is learnt where nothing is known). `try`: trained whole, for a
 * comparison. `recall`: no training, but what a kept model knows, so that what changes later is soon learnt. `settle`: trained whole when
 * there is nothing more urgent; a newer one takes its place.
 */
export type Urgency = 'publish' | 'try' | 'recall' | 'settle';
export interface TrainingJob {
  readonly id: number;
  readonly urgency: Urgency;
  readonly material: IndexMaterial;
  /** Where the model is kept. */
  readonly keepAs?: KeptModel;
  /** What is recalled: by this job, or first by a thread that has learnt nothing yet. */
  readonly after?: KeptModel;
}
/** Some of the articles of a job that is still to come: a thousand at once would hold up who answers. */
export interface TrainingPart {
  readonly id: number;
  readonly articles: IndexMaterial['articles'];
}
export type TrainingAnswer =
  | { readonly id: number; readonly model: Model }
  | { readonly id: number; readonly failed: string }
  /** A newer settling took its place, or it was only recalled. */
  | { readonly id: number; readonly none: true }
  /** After the model, of each job that is to be kept; what it could not be kept for. */
  | { readonly id: number; readonly kept: true | string };

/** What a training gives. */
export interface Learnt {
  readonly model: Model;
  /** Resolves when it is kept, or could not be, or was not to be. */
  readonly kept: Promise<void>;
}

/** Articles in a part. */
const articlesAtOnce = 20;
/** A training that takes longer is ended, and the thread with it: the next ones wait for it. */
const longestMs = 300_000;
const here = fileURLToPath(import.meta.url);
/** As built or as written, like this file. */
const script = new URL(`./train-worker${extname(here)}`, import.meta.url);
/** A thread does not inherit the loader of sources on every Node.js: as written, it is told to take it. */
const startThread = (phrases: readonly TrainingPhrase[]): Worker =>
  extname(here) === '.ts'
    ? new Worker(`import('tsx/esm/api').then(({ register }) => (register(), import('${script.href}')));`, {
        eval: true,
        workerData: phrases,
      })
    : new Worker(script, { workerData: phrases });

interface Waiting {
  readonly resolve: (learnt: Learnt | null) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  /** Another answer will tell that the model is kept. */
  readonly isToBeKept: boolean;
}
export interface TrainingThread {
  /**
   * The model of this material; null where a newer settling took its place, or where it was only recalled.
   * @throws Error where the training failed, took too long, or its thread ended.
   */
  train(job: Omit<TrainingJob, 'id'>): Promise<Learnt | null>;
}

/** Starts its thread with the first training, and anew after one that ended; it keeps no process alive once nothing is asked of it. */
export const createTrainingThread = (
  phrases: readonly TrainingPhrase[],
  notKept: (reason: string) => void,
): TrainingThread => {
  let worker: Worker | undefined;
  let jobs = 0;
  const waiting = new Map<number, Waiting>();
  /** To be told when a model is kept, by its job. */
  const keeping = new Map<number, () => void>();
  const told = (id: number): void => {
    keeping.get(id)?.();
    keeping.delete(id);
  };
  const settle = (id: number, how: (one: Waiting) => void): void => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (one === undefined) return;
    clearTimeout(one.timer);
    if (waiting.size === 0) worker?.unref();
    how(one);
  };
  const hear = (answer: TrainingAnswer): void => {
    const { id } = answer;
    if ('kept' in answer) {
      if (answer.kept !== true) notKept(answer.kept);
      told(id);
      return;
    }
    settle(id, ({ resolve, reject, isToBeKept }) => {
      if ('failed' in answer) reject(new Error(`The training failed: ${answer.failed}`));
      else if ('none' in answer) resolve(null);
      else {
        const kept = isToBeKept ? new Promise<void>((done) => keeping.set(id, done)) : Promise.resolve();
        resolve({ model: answer.model, kept });
      }
    });
  };
  const end = (why: string): void => {
    worker?.removeAllListeners();
    void worker?.terminate();
    worker = undefined;
    for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(new Error(why)));
    for (const id of [...keeping.keys()]) told(id);
  };
  const started = (): Worker => {
    if (worker !== undefined) return worker;
    worker = startThread(phrases);
    worker.on('message', hear);
    worker.on('error', (error: Error) => end(`The training ended before it was done: ${error.message}`));
    worker.on('exit', (code) => end(`The training ended (${code}) before it was done.`));
    return worker;
  };
  const postJob = async (thread: Worker, { material, ...job }: TrainingJob): Promise<void> => {
    const { articles } = material;
    for (let at = 0; at < articles.length; at += articlesAtOnce) {
      thread.postMessage({ id: job.id, articles: articles.slice(at, at + articlesAtOnce) } satisfies TrainingPart);
      await setImmediate();
    }
    thread.postMessage({ ...job, material: { ...material, articles: [] } } satisfies TrainingJob);
  };
  return {
    train: (job) =>
      new Promise((resolve, reject) => {
        const thread = started();
        jobs += 1;
        const id = jobs;
        const timer = setTimeout(() => end(`A training took longer than ${longestMs / 1000} seconds.`), longestMs);
        timer.unref();
        waiting.set(id, { resolve, reject, timer, isToBeKept: job.keepAs !== undefined });
        thread.ref();
        postJob(thread, { ...job, id }).catch((error: Error) => end(error.message));
      }),
  };
};
