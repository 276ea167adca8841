/** Of the processes of one machine one makes a model, and the others take it: that is sooner than each for itself, and all answer alike. */
import { setTimeout as sleep } from 'node:timers/promises';
import { claimModel, isKept, type KeptModel, readModel, removeModel } from './kept-models.js';
import type { Learnt } from './train-apart.js';
import type { Model } from './understand/model.js';

/** So often a process looks whether another has made what it waits for. */
const lookMs = 20;

export interface LearningOnce {
  /** The model that is wanted. */
  readonly kept: KeptModel;
  /** One that does as well where it is there. */
  readonly orKept: KeptModel | undefined;
  /** Makes it and keeps it there; null where it was given up. */
  readonly learn: () => Promise<Learnt | null>;
  /** Waiting ends where it is not. */
  readonly isWanted: () => boolean;
}
export interface LearntOnce {
  readonly model: Model;
  /** Where it was there, or another process made it. */
  readonly takenFrom?: KeptModel;
}

/**
 * The model, whoever makes it; null where it was given up or is not wanted any more. Where the process that makes it dies, another begins.
 * @throws what `learn` throws.
 */
export const learnOnce = async ({ kept, orKept, learn, isWanted }: LearningOnce): Promise<LearntOnce | null> => {
  const taken = async (): Promise<LearntOnce | null> => {
    for (const there of orKept === undefined ? [kept] : [orKept, kept]) {
      if (!(await isKept(there))) continue;
      const model = await readModel(there);
      if (model !== null) return { model, takenFrom: there };
      await removeModel(there);
    }
    return null;
  };
  while (isWanted()) {
    const before = await taken();
    if (before !== null) return before;
    const release = await claimModel(kept);
    if (release === null) {
      await sleep(lookMs);
      continue;
    }
    let learnt: Learnt | null = null;
    try {
      // It may have been finished between the look and the claim.
      const meanwhile = await taken();
      if (meanwhile !== null) return meanwhile;
      learnt = await learn();
      return learnt && { model: learnt.model };
    } finally {
      void (learnt?.kept ?? Promise.resolve()).then(release);
    }
  }
  return null;
};
