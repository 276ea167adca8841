/** Trains in a process of its own: a training takes seconds, and residents who write meanwhile must not wait for it. */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IndexMaterial } from './understand/contract.js';
import type { Model } from './understand/model.js';
import { restoreModel } from './understand/serialise.js';
import type { TrainingPhrase } from './understand/train.js';

const here = fileURLToPath(import.meta.url);
/** As built or as written, like this file. */
const script = here.replace(/[^/\\]+$/u, `train-process${extname(here)}`);

/** A training that takes longer is ended: the next ones wait for it. */
const longestMs = 300_000;

/** @throws where the process ends before it is done. */
export const trainApart = (material: IndexMaterial, phrases: readonly TrainingPhrase[]): Promise<Model> =>
  new Promise((resolve, reject) => {
    const child = fork(script, { serialization: 'advanced', timeout: longestMs });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The training ended (${signal ?? code}) before it was done.`)),
    );
    child.once('message', (bytes: Uint8Array) => resolve(restoreModel(Buffer.from(bytes))));
    child.send({ material, phrases });
  });
