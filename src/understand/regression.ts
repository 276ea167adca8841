/** Softmax regression over sparse features, as it is kept and scored: few weights a column, one byte each. */

export interface Regression {
  readonly classes: number;
  /** Column c holds the entries starts[c] up to starts[c + 1]: weight of class labels[e] is weights[e] * scales[c]. */
  readonly starts: Int32Array;
  readonly labels: Uint16Array;
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** In place: logits to probabilities. */
export function softmax(logits: Float32Array | Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > top) top = logit;
  let sum = 0;
  for (let at = 0; at < logits.length; at += 1) {
    const value = Math.exp((logits[at] ?? 0) - top);
    logits[at] = value;
    sum += value;
  }
  for (let at = 0; at < logits.length; at += 1) logits[at] = (logits[at] ?? 0) / sum;
}

/** Adds the logits of one sparse row to `into` (length: classes). */
export function addLogits(model: Regression, columns: Int32Array, values: Float32Array, into: Float64Array): void {
  const { classes, starts, labels, weights, scales, bias } = model;
  for (let one = 0; one < classes; one += 1) (into[one] as number) += bias[one] as number;
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] as number;
    const value = (values[at] as number) * (scales[column] as number);
    const to = starts[column + 1] as number;
    for (let entry = starts[column] as number; entry < to; entry += 1)
      (into[labels[entry] as number] as number) += value * (weights[entry] as number);
  }
}

/** What one column says for one class (index) at value 1. */
export function weightOf({ starts, labels, weights, scales }: Regression, column: number, label: number): number {
  for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry += 1)
    if (labels[entry] === label) return (weights[entry] as number) * (scales[column] as number);
  return 0;
}
