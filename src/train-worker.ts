/** The thread that trains: takes the most urgent job first, a few milliseconds at a time, and hands the finished model over without a copy. */
import { setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { keepModel, readModelAtOnce } from './kept-models.js';
import type { TrainingAnswer, TrainingJob, TrainingPart, Urgency } from './train-apart.js';
import type { IndexMaterial } from './understand/contract.js';
import type { Model } from './understand/model.js';
import type { TrainingPhrase } from './understand/phrases.js';
import { samplesOf } from './understand/samples.js';
import { restoreModel, serialiseModel } from './understand/serialise.js';
import { createTrainer } from './understand/trainer.js';

/**
 * On Linux a priority is a thread's: whoever answers messages in this process comes first. What staff wait for is not done at the lowest: of a
 * processor that others keep busy this thread still gets a quarter, with the lowest a seventieth, and a change would be understood after
 * minutes. What nobody waits for is, where the system lets a thread take its priority back (as root, or by RLIMIT_NICE).
 */
const niceness = { waitedFor: 5, asideOfAll: 19 } as const;
const prioritise = (nice: number): boolean => {
  try {
    setPriority(0, nice);
    return true;
  } catch {
    return false;
  }
};
const isLinux = process.platform === 'linux';
const canGoBack = isLinux && prioritise(niceness.waitedFor + 1) && prioritise(niceness.waitedFor);
let niceNow: number = niceness.waitedFor;
const prioritiseFor = (urgency: Urgency): void => {
  const nice = urgency === 'publish' || urgency === 'try' ? niceness.waitedFor : niceness.asideOfAll;
  if (canGoBack && nice !== niceNow && prioritise(nice)) niceNow = nice;
};

const phrases = workerData as readonly TrainingPhrase[];
const trainer = createTrainer();
interface Running {
  readonly job: TrainingJob;
  readonly training: Generator<void, Model | null, undefined>;
}
let running: Running[] = [];
let busy = false;

const answer = (message: TrainingAnswer): void => parentPort?.postMessage(message);

/** The model or none, and what it is kept as. */
const finish = async ({ id, keepAs }: TrainingJob, model: Model | null): Promise<void> => {
  if (model === null) {
    answer({ id, none: true });
    return;
  }
  const bytes = serialiseModel(model);
  answer({ id, model: restoreModel(bytes) });
  if (keepAs === undefined) return;
  const kept = await keepModel(keepAs, bytes).then(
    () => true as const,
    (error: Error) => error.message,
  );
  answer({ id, kept });
};

function* training({ urgency, material, after }: TrainingJob): Generator<void, Model | null, undefined> {
  const samples = samplesOf(material, phrases);
  yield;
  const isRecall = urgency === 'recall';
  const known = (isRecall || trainer.isNew) && after !== undefined ? readModelAtOnce(after) : null;
  if (known !== null) yield* trainer.recall(samples, known);
  if (isRecall) {
    if (known !== null) yield* trainer.train(samples, material, 'rehearsed');
    return null;
  }
  return yield* trainer.train(samples, material, urgency === 'publish' ? 'quick' : 'whole');
}

const work = async (): Promise<void> => {
  if (busy) return;
  busy = true;
  for (let next = running[0]; next !== undefined; next = running[0]) {
    prioritiseFor(next.job.urgency);
    try {
      const step = next.training.next();
      if (step.done) {
        running = running.filter((one) => one !== next);
        await finish(next.job, step.value);
      }
    } catch (error) {
      running = running.filter((one) => one !== next);
      answer({ id: next.job.id, failed: error instanceof Error ? error.message : String(error) });
    }
    // Newer jobs come in between two steps.
    await setImmediate();
  }
  prioritiseFor('publish');
  busy = false;
};

/** Articles of jobs that are still to come, by the job's id. */
const parts = new Map<number, IndexMaterial['articles'][number][]>();

parentPort?.on('message', (message: TrainingJob | TrainingPart) => {
  if ('articles' in message) {
    const known = parts.get(message.id) ?? [];
    known.push(...message.articles);
    parts.set(message.id, known);
    return;
  }
  const job: TrainingJob = { ...message, material: { ...message.material, articles: parts.get(message.id) ?? [] } };
  parts.delete(message.id);
  // A newer settling takes the place of an older one, whose material nobody uses any more.
  const outdated = running.filter((one) => job.urgency === 'settle' && one.job.urgency === 'settle');
  for (const { job: dropped } of outdated) answer({ id: dropped.id, none: true });
  running = running.filter((one) => !outdated.includes(one));
  const order = ['publish', 'try', 'recall', 'settle'] as const;
  running.push({ job, training: training(job) });
  running.sort((a, b) => order.indexOf(a.job.urgency) - order.indexOf(b.job.urgency) || a.job.id - b.job.id);
  void work();
});
