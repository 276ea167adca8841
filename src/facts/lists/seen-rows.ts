/**
 * Which rows of a file stood for whom, in little memory: an open-addressed table of numbers, 20 bytes a slot, so that a million rows
 * take less than 50 MB. It holds IINs and lives as long as the reading of the file.
 */
import { createHash } from 'node:crypto';

export interface SeenRow {
  /** Line of the first row of this person in this programme. */
  readonly line: number;
  /** It says the same, value for value. */
  readonly same: boolean;
  /** True the first time that something else is said of this person: the first row is in conflict from then on. */
  readonly firstConflict: boolean;
}

/** 52 bits of SHA-256: two different rows of one person are taken for the same once in 4.5 · 10^15. */
const digestOf = (values: string): number => {
  const bytes = createHash('sha256').update(values).digest();
  return bytes.readUIntBE(0, 6) * 16 + ((bytes[6] ?? 0) >> 4);
};

interface Table {
  keys: Float64Array;
  digests: Float64Array;
  lines: Int32Array;
}
const tableOf = (slots: number): Table => ({
  keys: new Float64Array(slots),
  digests: new Float64Array(slots),
  lines: new Int32Array(slots),
});

export const createSeenRows = () => {
  let slots = 1 << 12;
  let used = 0;
  let table = tableOf(slots);
  const slotOf = ({ keys }: Table, key: number, size: number): number => {
    let at = Math.imul((key % 0xffff_ffff) ^ Math.floor(key / 0x1_0000), 0x9e37_79b1) >>> 0;
    for (at %= size; keys[at] !== 0 && keys[at] !== key; at = (at + 1) % size);
    return at;
  };
  const grow = (): void => {
    const larger = tableOf(slots * 2);
    for (let at = 0; at < slots; at += 1) {
      const key = table.keys[at] ?? 0;
      if (key === 0) continue;
      const to = slotOf(larger, key, slots * 2);
      larger.keys[to] = key;
      larger.digests[to] = table.digests[at] ?? 0;
      larger.lines[to] = table.lines[at] ?? 0;
    }
    slots *= 2;
    table = larger;
  };
  return {
    /**
     * Takes a row in; null where it is the first of its person.
     * @param programme place of the programme, 0 to 8,000
     * @param values everything the row says, in one text
     */
    add(iin: string, programme: number, values: string, line: number): SeenRow | null {
      const key = (programme + 1) * 1e12 + Number(iin);
      const at = slotOf(table, key, slots);
      const digest = digestOf(values);
      if (table.keys[at] === 0) {
        table.keys[at] = key;
        table.digests[at] = digest;
        table.lines[at] = line;
        used += 1;
        if (used > slots * 0.7) grow();
        return null;
      }
      const first = table.lines[at] ?? 0;
      const same = table.digests[at] === digest;
      // A line below zero marks a person about whom the file contradicts itself.
      if (!same && first > 0) table.lines[at] = -first;
      return { line: Math.abs(first), same, firstConflict: !same && first > 0 };
    },
    /** Everybody about whom the file contradicts itself. */
    *inConflict(): Generator<{ readonly iin: string; readonly programme: number }> {
      for (let at = 0; at < slots; at += 1) {
        if ((table.lines[at] ?? 0) >= 0) continue;
        const key = table.keys[at] ?? 0;
        const programme = Math.floor(key / 1e12) - 1;
        yield { iin: String(key - (programme + 1) * 1e12).padStart(12, '0'), programme };
      }
    },
  };
};
