/** Puts what was learnt into the order of a model: labels, columns and phrasings, and only those that are left. */
import { byClass } from './beginnings.js';
import { packedColumns } from './columns.js';
import type { IndexMaterial, Label } from './contract.js';
import { byKey, type Learnt, type Reading, type Row } from './grown.js';
import { quantised } from './learn.js';
import type { Model } from './model.js';
import { packTexts } from './packed-texts.js';
import { packedPostings } from './postings.js';
import type { Sample } from './samples.js';

/** What a model has of the material besides what it learnt. */
export type TrainingMaterial = Pick<IndexMaterial, 'checkpoints' | 'lexicon' | 'payments'>;

/** The model of what was learnt of these samples; `rows` and `target` have the row and the class of each. */
export function* packed(
  { classes, columns, places, postings, learner, spelling, language }: Learnt<Reading>,
  samples: readonly Sample[],
  rows: readonly Row<Reading>[],
  target: Int32Array,
  { checkpoints, lexicon, payments = [] }: TrainingMaterial,
): Generator<void, Model, undefined> {
  const order = byKey(columns);
  const isLeft = new Set(target);
  const left = [...classes.keys()].filter((label) => isLeft.has(label));
  const classPlace = new Int32Array(classes.length).fill(-1);
  left.forEach((label, place) => {
    classPlace[label] = place;
  });
  // The model holds its phrasings label by label, so that those nearest to a message are found in one walk.
  const byLabel = byClass(target);
  const phrasePlace = new Int32Array(places).fill(-1);
  byLabel.forEach((at, place) => {
    phrasePlace[(rows[at] as Row<Reading>).at] = place;
  });
  yield;
  const regression = quantised(learner, order, classPlace);
  yield;
  const holders = packedPostings(postings, columns.ofLetters, order, phrasePlace);
  yield;
  const gathered = new Float32Array(order.length);
  for (let place = 0; place < order.length; place += 1)
    gathered[place] = learner.gathered[order[place] as number] as number;
  return {
    labels: left.map((label) => classes[label] as Label),
    ...packedColumns(columns, order, regression, holders),
    weights: regression.weights,
    bias: regression.bias,
    gathered,
    holders: holders.entries,
    phrases: packTexts(byLabel.map((at) => samples[at]?.text ?? '')),
    phraseLabels: Uint16Array.from(byLabel, (at) => classPlace[target[at] as number] as number),
    ...{ spelling, language, checkpoints, lexicon, payments },
  };
}
