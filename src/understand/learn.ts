/** Trains the softmax regression by Adagrad with a fixed seed, step by step so that whoever trains may breathe or stop in between. */
import { type Regression, softmax, weightEntry } from './regression.js';
import { seededRandom } from './seeded-random.js';
import { joined, type SparseRows } from './vocabulary.js';

/** Weights while they are learnt: as `Regression`, but in full precision, and with what each column has seen of gradients. */
export interface Learner {
  readonly classes: number;
  /** By column: the classes that it has weights for, and these. */
  readonly weights: SparseRows;
  readonly gathered: Float32Array;
  /** Of a class that is gone: minus infinity. */
  readonly bias: Float32Array;
}
export interface Lessons {
  readonly rows: SparseRows;
  /** Class (index) of each row, and how much the row counts. */
  readonly target: Int32Array;
  readonly importance: Float32Array;
}
export interface LearningOptions {
  readonly epochs: number;
  readonly rate: number;
  /** Share of a row's features that are left out at each look at it, so that none is relied on alone. */
  readonly dropped: number;
  /** Share of probability spread over all classes in the target, against overconfidence. */
  readonly smoothing: number;
}

/**
 * A column carries weights for the classes whose rows it was seen in. One that was seen in so large a share of the classes (and in so many)
 * carries all of them, since there its absence tells too.
 */
const everywhere = { share: 1 / 6, least: 8 };

/** A learner that knows nothing yet. `postings` are the rows by column; `target`, the class of each row, ascends. */
export function freshLearner(postings: SparseRows, target: ArrayLike<number>, classes: number): Learner {
  const { offsets, columns } = postings;
  const features = offsets.length - 1;
  const starts = new Int32Array(features + 1);
  /** Classes of the rows that a column stands in, each once. */
  const own = new Uint16Array(classes);
  const ownOf = (column: number): number => {
    let count = 0;
    for (let at = offsets[column] as number; at < (offsets[column + 1] as number); at += 1) {
      const label = target[columns[at] as number] as number;
      if (count === 0 || own[count - 1] !== label) own[count++] = label;
    }
    return count;
  };
  const least = Math.max(everywhere.least, classes * everywhere.share);
  for (let column = 0; column < features; column += 1) {
    const count = ownOf(column);
    starts[column + 1] = (starts[column] as number) + (count >= least ? classes : count);
  }
  const size = starts[features] as number;
  const labels = new Int32Array(size);
  for (let column = 0; column < features; column += 1) {
    const from = starts[column] as number;
    const room = (starts[column + 1] as number) - from;
    const count = ownOf(column);
    if (count === room) labels.set(own.subarray(0, count), from);
    else for (let label = 0; label < classes; label += 1) labels[from + label] = label;
  }
  return {
    classes,
    weights: { offsets: starts, columns: labels, values: new Float32Array(size) },
    gathered: new Float32Array(features),
    bias: new Float32Array(classes),
  };
}

/** What weights that go on learning remember of their gradients: less, so that what changed is learnt in few steps. */
const remembered = 0.25;
/** The learner with room for these weights beside its own, and for so many classes; it goes on from what it has learnt. */
export function withRoom({ weights, gathered, bias }: Learner, more: SparseRows, classes: number): Learner {
  const all = new Float32Array(more.offsets.length - 1);
  all.set(gathered.map((sum) => remembered * sum));
  const biases = new Float32Array(classes);
  biases.set(bias);
  return { classes, weights: joined(weights, more), gathered: all, bias: biases };
}

/** An error so small that a class need not learn from it. */
const settled = 0.002;
const biasRate = 0.02;
/** Rows between two pauses: a few milliseconds of work. */
const rowsAtOnce = 100;

/** Goes through the lessons; yields every few milliseconds of work. The learner's arrays are changed in place. */
export function* learn(learner: Learner, lessons: Lessons, options: LearningOptions): Generator<void, void> {
  const { classes, gathered, bias } = learner;
  const { offsets: starts, columns: labels, values: weights } = learner.weights;
  const { rows, target, importance } = lessons;
  const { offsets, columns, values } = rows;
  const logits = new Float32Array(classes);
  const order = Int32Array.from(target, (_, at) => at);
  const random = seededRandom(20_200_423);
  const smooth = options.smoothing / classes;
  let longest = 0;
  for (let row = 0; row + 1 < offsets.length; row += 1)
    longest = Math.max(longest, (offsets[row + 1] as number) - (offsets[row] as number));
  const looked = new Float32Array(longest);
  const kept = 1 / (1 - options.dropped);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      const moved = order[at] as number;
      order[at] = order[other] as number;
      order[other] = moved;
    }
    for (let turn = 0; turn < order.length; turn += 1) {
      if (turn % rowsAtOnce === 0) yield;
      const row = order[turn] as number;
      const from = offsets[row] as number;
      const to = offsets[row + 1] as number;
      logits.set(bias);
      for (let at = from; at < to; at += 1) {
        const value = random() < options.dropped ? 0 : (values[at] as number) * kept;
        looked[at - from] = value;
        if (value === 0) continue;
        const column = columns[at] as number;
        const end = starts[column + 1] as number;
        for (let entry = starts[column] as number; entry < end; entry += 1)
          (logits[labels[entry] as number] as number) += value * (weights[entry] as number);
      }
      softmax(logits);
      let square = 0;
      for (let one = 0; one < classes; one += 1) {
        const wanted = smooth + (one === target[row] ? 1 - options.smoothing : 0);
        const error = ((logits[one] as number) - wanted) * (importance[row] as number);
        square += error * error;
        // Classes that are settled for this row learn nothing more from it.
        logits[one] = error > settled || error < -settled ? error : 0;
        bias[one] = (bias[one] as number) - biasRate * (logits[one] as number);
      }
      for (let at = from; at < to; at += 1) {
        const value = looked[at - from] as number;
        if (value === 0) continue;
        const column = columns[at] as number;
        const sum = (gathered[column] as number) + square * value * value;
        gathered[column] = sum;
        const step = (options.rate * value) / Math.sqrt(sum + 1e-6);
        const end = starts[column + 1] as number;
        for (let entry = starts[column] as number; entry < end; entry += 1)
          (weights[entry] as number) -= step * (logits[labels[entry] as number] as number);
      }
    }
  }
}

/** Weights below this many 127ths of their column's greatest are left out: they change no decision. */
const leastByte = 4;

/**
 * The learnt weights in one byte each, without those that say nothing: of the columns in this order, the classes as `classPlace` numbers
 * them; it has -1 for those that are gone.
 */
export function quantised({ weights, bias }: Learner, order: Int32Array, classPlace: Int32Array): Regression {
  const { offsets, columns: labels, values } = weights;
  const scales = new Float32Array(order.length);
  const starts = new Int32Array(order.length + 1);
  const kept = new Int32Array(values.length);
  let size = 0;
  for (let place = 0; place < order.length; place += 1) {
    const from = offsets[order[place] as number] as number;
    const to = offsets[(order[place] as number) + 1] as number;
    let top = 0;
    for (let entry = from; entry < to; entry += 1) top = Math.max(top, Math.abs(values[entry] as number));
    scales[place] = top / 127;
    for (let entry = from; entry < to && top > 0; entry += 1) {
      const label = classPlace[labels[entry] as number] as number;
      const byte = Math.round(((values[entry] as number) / top) * 127);
      if (label < 0 || Math.abs(byte) < leastByte) continue;
      kept[size] = weightEntry(label, byte);
      size += 1;
    }
    starts[place + 1] = size;
  }
  return {
    ...{ starts, scales, weights: kept.slice(0, size) },
    bias: bias.filter((_, label) => (classPlace[label] as number) >= 0),
  };
}
