/**
 * What is remembered of a million people in little memory: an open-addressed table of numbers, 20 bytes a slot, so that a million take
 * less than 50 MB. Keys are whole numbers from 1 to 2^53.
 */

export interface Remembered {
  /** What was said of them, as a number. */
  readonly says: number;
  /** A line of the file, or 0. */
  readonly line: number;
}
interface Slots {
  readonly keys: Float64Array;
  readonly says: Float64Array;
  readonly lines: Int32Array;
}
const slotsOf = (size: number): Slots => ({
  keys: new Float64Array(size),
  says: new Float64Array(size),
  lines: new Int32Array(size),
});

export const createNumberTable = () => {
  let size = 1 << 12;
  let used = 0;
  let table = slotsOf(size);
  const slotOf = ({ keys }: Slots, key: number, among: number): number => {
    let at = Math.imul((key % 0xffff_ffff) ^ Math.floor(key / 0x1_0000), 0x9e37_79b1) >>> 0;
    for (at %= among; keys[at] !== 0 && keys[at] !== key; at = (at + 1) % among);
    return at;
  };
  const write = (to: Slots, at: number, key: number, says: number, line: number): void => {
    to.keys[at] = key;
    to.says[at] = says;
    to.lines[at] = line;
  };
  const grow = (): void => {
    const larger = slotsOf(size * 2);
    for (let at = 0; at < size; at += 1) {
      const key = table.keys[at] ?? 0;
      if (key !== 0) write(larger, slotOf(larger, key, size * 2), key, table.says[at] ?? 0, table.lines[at] ?? 0);
    }
    size *= 2;
    table = larger;
  };
  return {
    get(key: number): Remembered | undefined {
      const at = slotOf(table, key, size);
      return table.keys[at] === 0 ? undefined : { says: table.says[at] ?? 0, line: table.lines[at] ?? 0 };
    },
    set(key: number, { says, line }: Remembered): void {
      const at = slotOf(table, key, size);
      if (table.keys[at] === 0) used += 1;
      write(table, at, key, says, line);
      if (used > size * 0.7) grow();
    },
    /** Everybody, in no order. */
    *all(): Generator<Remembered & { readonly key: number }> {
      for (let at = 0; at < size; at += 1) {
        const key = table.keys[at] ?? 0;
        if (key !== 0) yield { key, says: table.says[at] ?? 0, line: table.lines[at] ?? 0 };
      }
    },
  };
};
