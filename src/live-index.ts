/** Keeps the understanding in step with what staff publish: learnt beside the service when its material changes, and swapped in whole. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { handedModel, type KeptModel, keepModel, readModel, wholeModel } from './kept-models.js';
import { type LearntOnce, learnOnce } from './learn-once.js';
import type { Changes } from './store/changes.js';
import { createTrainingThread, type TrainingThread, type Urgency } from './train-apart.js';
import type { IndexMaterial, Understand } from './understand/contract.js';
import { createExplain, type Explain } from './understand/explain.js';
import type { Model } from './understand/model.js';
import { serialiseModel } from './understand/serialise.js';
import { digestOf, hashing, materialHash, type TrainingPhrase, trainIndex } from './understand/train.js';
import { createUnderstand, makingSteps } from './understand/understand.js';

export interface LiveIndexParts {
  readonly readMaterial: () => Promise<IndexMaterial>;
  readonly phrases: readonly TrainingPhrase[];
  readonly logger: Logger;
  /** Folder in which trained models are kept between starts; without it every start trains. */
  readonly modelFolder?: string;
  /** How long after `follow` the training thread recalls what is known, so that the first change is soon learnt too. */
  readonly warmAfterMs?: number;
  /** How long staff rest before what was learnt in haste is trained whole, which takes a core some fifteen seconds: they save several times. */
  readonly settleAfterMs?: number;
}

/** Does the work beside the messages that come meanwhile. */
const aside = async <T>(work: Generator<void, T, undefined>): Promise<T> => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
};

interface Trained {
  readonly hash: string;
  readonly understand: Understand;
  readonly explain: Explain;
  /** Only what changed was learnt: the whole training follows. */
  readonly quick: boolean;
}
const readyToUse = async (hash: string, model: Model, quick = false): Promise<Trained> => {
  const take = await aside(makingSteps(model));
  let explain: Explain | undefined;
  return {
    hash,
    understand: createUnderstand(model, take),
    // Only staff ask for explanations: the first of them makes it.
    explain: (text, context) => {
      explain ??= createExplain(model, take);
      return explain(text, context);
    },
    quick,
  };
};
/** One trained understanding per material, shared by everything in the process (a test run trains once, not once a suite). */
let trained: Trained | undefined;
/** The last one that was tried: published as it was tried, it is in use at once. */
let tried: Trained | undefined;
/** A process has one training thread, which remembers what it learnt. */
let shared: { readonly phrases: string; readonly thread: TrainingThread } | undefined;

/** Logged when a change is in use. */
export const understoodAnew = 'What was published is understood.';

const warmAfter = 10_000;
const settleAfter = 20_000;

/** Reads the material and trains; whenever it changes, it is learnt beside the service, which goes on with the last one. */
export const createLiveIndex = async (parts: LiveIndexParts) => {
  const { readMaterial, phrases, logger, modelFolder, warmAfterMs = warmAfter, settleAfterMs = settleAfter } = parts;
  const notKept = (reason: string): void =>
    logger.warn({ error: reason }, 'The trained understanding is not kept; the next start trains again.');
  const learner = (): TrainingThread => {
    const digest = digestOf(phrases);
    if (shared?.phrases !== digest) shared = { phrases: digest, thread: createTrainingThread(phrases, notKept) };
    return shared.thread;
  };
  const known = (hash: string): Trained | undefined => [trained, tried].find((one) => one?.hash === hash);
  const told = (how: string, articles: number, started: number): void =>
    logger.info({ articles, ms: Math.round(performance.now() - started) }, how);

  /** Nobody is served yet: the first training is done here and waited for. */
  const first = async (): Promise<Trained> => {
    const material = await readMaterial();
    const hash = materialHash(material, phrases);
    if (trained?.hash === hash) return trained;
    const whole = modelFolder === undefined ? undefined : wholeModel(modelFolder, hash);
    const kept = whole && (await readModel(whole));
    if (kept) return readyToUse(hash, kept);
    const started = performance.now();
    const model = trainIndex(material, phrases);
    told('The understanding was trained.', material.articles.length, started);
    if (whole !== undefined)
      await keepModel(whole, serialiseModel(model)).catch((error: Error) => notKept(error.message));
    return readyToUse(hash, model);
  };
  let own = await first();
  trained = own;
  /** What one part of the process trained whole, the others use too. */
  const current = (): Trained => (trained?.hash === own.hash ? trained : own);
  /** What was trained whole and kept last: a thread that has learnt nothing yet goes on from there. */
  let lastWhole = modelFolder === undefined ? undefined : wholeModel(modelFolder, own.hash);
  const after = () => (lastWhole === undefined ? {} : { after: lastWhole });
  /** The thread knows more than what was in force at the start. */
  let hasLearnt = false;
  /** The model of this material, learnt by this process or, where they share a folder, by another one. */
  const modelOf = async (
    urgency: Extract<Urgency, 'publish' | 'settle'>,
    hash: string,
    material: IndexMaterial,
    isWanted: () => boolean,
  ): Promise<LearntOnce | null> => {
    const learn = (keepAs?: KeptModel) => {
      hasLearnt = true;
      return learner().train({ urgency, material, ...(keepAs && { keepAs }), ...(urgency === 'publish' && after()) });
    };
    if (modelFolder === undefined) return learn();
    const whole = wholeModel(modelFolder, hash);
    const kept = urgency === 'settle' ? whole : handedModel(modelFolder, hash);
    const orKept = urgency === 'settle' ? undefined : whole;
    return learnOnce({ kept, orKept, learn: () => learn(kept), isWanted });
  };

  /** What was learnt in haste is trained whole, and kept. */
  const settle = async (hash: string, material: IndexMaterial): Promise<void> => {
    const isWanted = (): boolean => own.hash === hash;
    const started = performance.now();
    const whole = await modelOf('settle', hash, material, isWanted);
    if (whole === null) return;
    if (modelFolder !== undefined) lastWhole = wholeModel(modelFolder, hash);
    const ready = await readyToUse(hash, whole.model);
    if (!isWanted()) return;
    own = ready;
    trained = own;
    told('The understanding was trained.', material.articles.length, started);
    // Another process trained it: what this one knows is older.
    if (whole.takenFrom !== undefined) await learner().train({ urgency: 'recall', material, after: whole.takenFrom });
  };
  const warn = (error: Error): void =>
    logger.error(
      { error: error.message },
      'The understanding could not be trained anew; the last one stays in use: look at what was published last.',
    );
  const learn = async (): Promise<void> => {
    const started = performance.now();
    const material = await readMaterial();
    const hash = await aside(hashing(material, phrases));
    if (own.hash === hash) return;
    const ready = known(hash);
    if (ready === undefined) {
      const learnt = await modelOf('publish', hash, material, () => true);
      if (learnt === null) return;
      own = await readyToUse(hash, learnt.model, learnt.takenFrom?.name !== hash);
    } else own = ready;
    trained = own;
    told(understoodAnew, material.articles.length, started);
    settleLater(hash, material);
  };
  let settling: Promise<void> = Promise.resolve();
  let settleNow = (): void => undefined;
  let rest: NodeJS.Timeout | undefined;
  const settleLater = (hash: string, material: IndexMaterial): void => {
    clearTimeout(rest);
    settleNow = () => {
      clearTimeout(rest);
      settleNow = () => undefined;
      settling = settle(hash, material).catch(warn);
    };
    rest = setTimeout(() => settleNow(), settleAfterMs).unref();
  };
  let refreshing: Promise<void> | undefined;
  let wanted = false;
  /** Calls during a refresh are joined into one more. */
  const refresh = (): Promise<void> => {
    wanted = true;
    refreshing ??= (async () => {
      while (wanted) {
        wanted = false;
        await learn();
      }
    })().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  const refreshOrWarn = (): void => void refresh().catch(warn);
  const warmUp = async (): Promise<void> => {
    if (hasLearnt) return;
    await learner().train({ urgency: 'recall', material: await readMaterial(), ...after() });
  };
  return {
    understand: ((text, context) => current().understand(text, context)) satisfies Understand,
    explain: ((text, context) => current().explain(text, context)) satisfies Explain,
    /** The understanding as other material would make it: trained aside and whole, in use nowhere. */
    async trial(change: Partial<IndexMaterial>): Promise<Understand> {
      const material = { ...(await readMaterial()), ...change };
      const hash = await aside(hashing(material, phrases));
      const before = known(hash);
      if (before && !before.quick) return before.understand;
      const keepAs = modelFolder === undefined ? {} : { keepAs: handedModel(modelFolder, hash) };
      const learnt = await learner().train({ urgency: 'try', material, ...keepAs });
      if (learnt === null) throw new Error('The trial was given up.');
      tried = await readyToUse(hash, learnt.model);
      return tried.understand;
    },
    /** Learns what is in force now. */
    refresh,
    /** Trains what was learnt last whole without waiting for staff to rest; resolves when that is done. */
    settled: (): Promise<void> => {
      settleNow();
      return settling;
    },
    /** Looks at the material again at every change of it, whichever process made it. */
    follow(changes: Pick<Changes, 'on' | 'onReset'>): void {
      for (const collection of ['articles', 'checkpoints', 'lexicon', 'programmes'])
        changes.on(collection, refreshOrWarn);
      changes.onReset(refreshOrWarn);
      if (modelFolder !== undefined) setTimeout(() => void warmUp().catch(warn), warmAfterMs).unref();
    },
  };
};
export type LiveIndex = Awaited<ReturnType<typeof createLiveIndex>>;
