/** Work that is done bit by bit, so that others may come in between: a generator that yields at its pauses. */

/** Runs it to its end at once. */
export function finished<T>(work: Generator<void, T, undefined>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
