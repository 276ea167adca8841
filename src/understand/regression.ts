/** Softmax regression over sparse features, as it is kept and scored: few weights a column, one byte each. */
import { type Columns, field, fractionsOf, recordWidth } from './columns.js';

export interface Regression {
  /** Column c holds weights[starts[c]..starts[c+1]], each a class and its weight, to be multiplied by scales[c]. */
  readonly starts: Int32Array;
  readonly weights: Int32Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}
/** A class (index) and its weight, −127 to 127, in one number. */
export const weightEntry = (label: number, weight: number): number => (label << 8) | (weight & 0xff);
export const labelIn = (entry: number): number => entry >> 8;
export const weightIn = (entry: number): number => (entry << 24) >> 24;

/** In place: logits to probabilities. */
export function softmax(logits: Float32Array | Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > top) top = logit;
  let sum = 0;
  for (let at = 0; at < logits.length; at += 1) {
    const value = Math.exp((logits[at] as number) - top);
    logits[at] = value;
    sum += value;
  }
  for (let at = 0; at < logits.length; at += 1) (logits[at] as number) /= sum;
}

/** The regression of a model. */
interface Weighed extends Columns, Pick<Regression, 'weights' | 'bias'> {}

/** Makes the function that gives the logits of one sparse row by class. */
export function createLogits(model: Weighed): (columns: Int32Array, values: Float32Array) => Float64Array {
  const { records, weights, bias } = model;
  const fractions = fractionsOf(model);
  return (columns, values) => {
    const logits = new Float64Array(bias);
    for (let at = 0; at < columns.length; at += 1) {
      const record = (columns[at] as number) * recordWidth;
      const value = (values[at] as number) * (fractions[record + field.weightScale] as number);
      addWeights(
        logits,
        weights,
        records[record + field.weightsFrom] as number,
        records[record + field.weightsTo] as number,
        value,
      );
    }
    return logits;
  };
}
/** Adds what one feature of some value says: a loop over its arguments stays quick, however many models a process makes. */
function addWeights(logits: Float64Array, weights: Int32Array, from: number, to: number, value: number): void {
  for (let place = from; place < to; place += 1) {
    const entry = weights[place] as number;
    (logits[labelIn(entry)] as number) += value * weightIn(entry);
  }
}

/** What one column says for one class (index) at value 1. */
export function weightOf(model: Weighed, column: number, label: number): number {
  const record = column * recordWidth;
  const to = model.records[record + field.weightsTo] as number;
  for (let place = model.records[record + field.weightsFrom] as number; place < to; place += 1) {
    const entry = model.weights[place] as number;
    if (labelIn(entry) === label) return weightIn(entry) * (fractionsOf(model)[record + field.weightScale] as number);
  }
  return 0;
}
