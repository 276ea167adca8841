/** What a training would know had it made this model itself: its features are read again from the phrasings, its weights taken from the model. */
import { rowKey } from './beginnings.js';
import { field, fractionsOf, recordWidth } from './columns.js';
import type { Label } from './contract.js';
import { columned, type Learnt, type Reading, type Row, vectorBy } from './grown.js';
import { freshLearner, type Learner } from './learn.js';
import type { Model } from './model.js';
import { textAt } from './packed-texts.js';
import { labelIn, weightIn } from './regression.js';
import type { Sample } from './samples.js';
import { letterKeysOf, rowsOf, transposed, type Vector, type Vocabulary } from './vocabulary.js';

const nothing: Vector = { columns: new Int32Array(0), values: new Float32Array(0), whole: 0 };

/** The columns of a model; which of them are of letters is seen by what was read. */
function columnsOfModel(model: Model, reads: readonly Reading[]): Vocabulary {
  const { records } = model;
  const fractions = fractionsOf(model);
  const letters = letterKeysOf(reads.map(({ features }) => features));
  const size = records.length / recordWidth;
  const keys = Uint32Array.from({ length: size }, (_, column) => records[column * recordWidth + field.key] as number);
  return {
    keys,
    rarity: Float32Array.from(keys, (_, column) => fractions[column * recordWidth + field.rarity] as number),
    ofLetters: Uint8Array.from(keys, (key) => Number(letters.has(key))),
  };
}

/** The model's weights in the room of a learner; what it left out as too small is nothing. */
function taught(learner: Learner, model: Model): Learner {
  const { records, weights } = model;
  const { offsets, columns: labels, values } = learner.weights;
  const fractions = fractionsOf(model);
  const byLabel = new Float32Array(learner.classes);
  for (let column = 0; column + 1 < offsets.length; column += 1) {
    const record = column * recordWidth;
    const scale = fractions[record + field.weightScale] as number;
    const [from, to] = [records[record + field.weightsFrom] as number, records[record + field.weightsTo] as number];
    for (let at = from; at < to; at += 1)
      byLabel[labelIn(weights[at] as number)] = scale * weightIn(weights[at] as number);
    for (let at = offsets[column] as number; at < (offsets[column + 1] as number); at += 1)
      values[at] = byLabel[labels[at] as number] as number;
    for (let at = from; at < to; at += 1) byLabel[labelIn(weights[at] as number)] = 0;
  }
  return { ...learner, gathered: model.gathered.slice(), bias: model.bias.slice() };
}

/** Of these samples, as they were read, those that the model was trained on are known. */
export function* recalled<R extends Reading>(
  model: Model,
  samples: readonly Sample[],
  reads: readonly R[],
): Generator<void, Learnt<R>, undefined> {
  const { labels, phraseLabels, phrases, spelling, language } = model;
  const columns = columned(columnsOfModel(model, reads));
  yield;
  const readOf = new Map(samples.map((sample, at) => [rowKey(sample), reads[at] as R]));
  const rows = new Map<string, Row<R>>();
  const vectors: Vector[] = [];
  for (let at = 0; at < phraseLabels.length; at += 1) {
    const key = rowKey({ label: labels[phraseLabels[at] as number] as Label, text: textAt(phrases, at) });
    const read = readOf.get(key);
    const vector = read === undefined ? nothing : vectorBy(columns, read.features);
    vectors.push(vector);
    if (read !== undefined) rows.set(key, { at, read, vector });
  }
  yield;
  const postings = transposed(rowsOf(vectors), columns.keys.length);
  yield;
  const learner = taught(freshLearner(postings, phraseLabels, labels.length), model);
  return { classes: labels, columns, rows, places: phraseLabels.length, postings, learner, spelling, language };
}
