/** Gathers the features of one message, kind by kind and each once, in room that is used again by the next message. */

/** More than any message has of one kind, and of all: a power of two. */
const room = 2 ** 14;
/** The features of the message that is being read. */
const gathered = {
  keys: new Uint32Array(room),
  weights: new Float32Array(room),
  size: 0,
  /** Places of keys in the kind at hand, by their hash; a slot counts where its turn is the kind's. */
  slots: new Int32Array(room),
  turns: new Int32Array(room),
  turn: 0,
};
/** What is gathered from here on is of another kind. */
export function beginKind(): void {
  if (gathered.turn === 2 ** 31 - 1) {
    gathered.turns.fill(0);
    gathered.turn = 0;
  }
  gathered.turn += 1;
}
/** One feature with its weight; of the same key in a kind the greatest weight counts. Gives the weight that it had before, else 0. */
export function gather(key: number, weight: number): number {
  const { keys, weights, slots, turns, turn } = gathered;
  for (let slot = key & (room - 1); ; slot = (slot + 1) & (room - 1)) {
    if (turns[slot] !== turn) {
      turns[slot] = turn;
      slots[slot] = gathered.size;
      keys[gathered.size] = key;
      weights[gathered.size] = weight;
      gathered.size += 1;
      return 0;
    }
    const place = slots[slot] as number;
    if (keys[place] !== key) continue;
    const before = weights[place] as number;
    if (before < weight) weights[place] = weight;
    return before;
  }
}

/** Begins a message. */
export function beginGathering(): void {
  gathered.size = 0;
}
/** How many features were gathered so far. */
export const gatheredSize = (): number => gathered.size;
/** Copies of what was gathered. */
export const gatheredKeys = (): Uint32Array => gathered.keys.slice(0, gathered.size);
export const gatheredWeights = (): Float32Array => gathered.weights.slice(0, gathered.size);
