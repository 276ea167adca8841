/** Trains the index from the published material and the phrasings, and names a training by the hash of what went in. */
import { createHash } from 'node:crypto';
import type { IndexMaterial } from './contract.js';
import { finished } from './finished.js';
import type { Model } from './model.js';
import type { TrainingPhrase } from './phrases.js';
import { samplesOf } from './samples.js';
import { modelVersion } from './serialise.js';
import { createTrainer } from './trainer.js';

export type { TrainingPhrase } from './phrases.js';

/**
 * Trains a model. Deterministic: the same material gives the same model. About a second for 4,000 phrasings.
 * Phrasings of an article that is not published are kept: better to know what is asked and hand it over than to take it for another.
 */
export function trainIndex(material: IndexMaterial, phrases: readonly TrainingPhrase[]): Model {
  return finished(createTrainer().train(samplesOf(material, phrases), material, 'whole'));
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
/** Thousands of phrasings that stay as they are as long as the process runs. */
const digests = new WeakMap<readonly TrainingPhrase[], string>();
/** SHA-256 (hex) of phrasings; worked out once for each list. */
export const digestOf = (phrases: readonly TrainingPhrase[]): string => {
  const found = digests.get(phrases) ?? digest(phrases);
  digests.set(phrases, found);
  return found;
};

/** Articles between two pauses. */
const articlesAtOnce = 20;
/** `materialHash` with pauses: yields each few articles, since a thousand at once would hold up who answers. */
export function* hashing(
  material: IndexMaterial,
  phrases: readonly TrainingPhrase[],
): Generator<void, string, undefined> {
  const { articles, ...others } = material;
  const hash = createHash('sha256').update(JSON.stringify([modelVersion, others, digestOf(phrases)]));
  for (let at = 0; at < articles.length; at += articlesAtOnce) {
    hash.update(JSON.stringify(articles.slice(at, at + articlesAtOnce)));
    yield;
  }
  return hash.digest('hex');
}
/** SHA-256 (hex) of all that a training depends on, the shape of stored models included: the same hash, the same model. */
export function materialHash(material: IndexMaterial, phrases: readonly TrainingPhrase[]): string {
  return finished(hashing(material, phrases));
}
