/** Softmax regression over sparse features: trained by Adagrad with a fixed seed, kept in one byte a weight. */

/** Sparse rows: row r holds columns[offsets[r]..offsets[r+1]] with their values. */
export interface SparseRows {
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}
export interface Regression {
  readonly classes: number;
  /** weights[column * classes + class] * scales[column] */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}
export interface RegressionOptions {
  readonly epochs: number;
  readonly rate: number;
  /** Weight decay at the end of an epoch. */
  readonly decay: number;
  /** Share of probability spread over all classes in the target, against overconfidence. */
  readonly smoothing: number;
}

/** A small generator (mulberry32): the same material always gives the same model. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
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

/** An error so small that a class need not learn from it. */
const settled = 0.002;

/** Trains on rows with their class and their weight. `features` is the number of columns. */
export function trainRegression(
  rows: SparseRows,
  target: Int32Array,
  importance: Float32Array,
  shape: { readonly features: number; readonly classes: number },
  options: RegressionOptions,
): Regression {
  const { features, classes } = shape;
  const weights = new Float32Array(features * classes);
  const gradients = new Float32Array(features);
  const bias = new Float32Array(classes);
  const logits = new Float32Array(classes);
  const active = new Int32Array(classes);
  const order = Int32Array.from(target, (_, at) => at);
  const random = seededRandom(20_200_423);
  const { offsets, columns, values } = rows;
  const smooth = options.smoothing / classes;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      const kept = order[at] as number;
      order[at] = order[other] as number;
      order[other] = kept;
    }
    for (let turn = 0; turn < order.length; turn += 1) {
      const row = order[turn] as number;
      const from = offsets[row] as number;
      const to = offsets[row + 1] as number;
      logits.set(bias);
      for (let at = from; at < to; at += 1) {
        const base = (columns[at] as number) * classes;
        const value = values[at] as number;
        for (let one = 0; one < classes; one += 1) (logits[one] as number) += value * (weights[base + one] as number);
      }
      softmax(logits);
      let square = 0;
      for (let one = 0; one < classes; one += 1) {
        const wanted = smooth + (one === target[row] ? 1 - options.smoothing : 0);
        const error = ((logits[one] as number) - wanted) * (importance[row] as number);
        logits[one] = error;
        square += error * error;
      }
      // Classes that are settled for this row learn nothing more from it: late epochs touch only the contested ones.
      let contested = 0;
      for (let one = 0; one < classes; one += 1) {
        const error = logits[one] as number;
        if (error > settled || error < -settled) {
          active[contested] = one;
          contested += 1;
          bias[one] = (bias[one] as number) - 0.02 * error;
        }
      }
      for (let at = from; at < to; at += 1) {
        const column = columns[at] as number;
        const value = values[at] as number;
        const gathered = (gradients[column] as number) + square * value * value;
        gradients[column] = gathered;
        const step = (options.rate * value) / Math.sqrt(gathered + 1e-6);
        const base = column * classes;
        for (let entry = 0; entry < contested; entry += 1) {
          const one = active[entry] as number;
          (weights[base + one] as number) -= step * (logits[one] as number);
        }
      }
    }
    if (options.decay > 0) for (let at = 0; at < weights.length; at += 1) (weights[at] as number) *= 1 - options.decay;
  }
  return quantised(weights, bias, features, classes);
}

function quantised(weights: Float32Array, bias: Float32Array, features: number, classes: number): Regression {
  const bytes = new Int8Array(weights.length);
  const scales = new Float32Array(features);
  for (let column = 0; column < features; column += 1) {
    const base = column * classes;
    let top = 0;
    for (let one = 0; one < classes; one += 1) top = Math.max(top, Math.abs(weights[base + one] as number));
    scales[column] = top / 127;
    if (top === 0) continue;
    for (let one = 0; one < classes; one += 1)
      bytes[base + one] = Math.round(((weights[base + one] as number) / top) * 127);
  }
  return { classes, weights: bytes, scales, bias };
}

/** Adds the logits of one sparse row to `into` (length: classes). */
export function addLogits(model: Regression, columns: Int32Array, values: Float32Array, into: Float64Array): void {
  const { classes, weights, scales, bias } = model;
  for (let one = 0; one < classes; one += 1) (into[one] as number) += bias[one] as number;
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] as number;
    const value = (values[at] as number) * (scales[column] as number);
    const base = column * classes;
    for (let one = 0; one < classes; one += 1) (into[one] as number) += value * (weights[base + one] as number);
  }
}
