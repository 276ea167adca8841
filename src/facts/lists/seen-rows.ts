/** Which rows of a file stood for whom. It holds IINs and lives as long as the reading of the file. */
import { createNumberTable } from './number-table.js';

export interface SeenRow {
  /** Line of the first row of this person in this programme. */
  readonly line: number;
  /** It says the same, value for value. */
  readonly same: boolean;
  /** True the first time that something else is said of this person: the first row is in conflict from then on. */
  readonly firstConflict: boolean;
}
export interface ContradictedRow {
  readonly iin: string;
  readonly programme: number;
  /** What the first row said. */
  readonly says: number;
}

export const createSeenRows = () => {
  const table = createNumberTable();
  return {
    /**
     * Takes a row in; null where it is the first of its person.
     * @param programme place of the programme, 0 to 8,000
     * @param says everything the row says, as `says` makes a number of it
     */
    add(iin: string, programme: number, says: number, line: number): SeenRow | null {
      const key = (programme + 1) * 1e12 + Number(iin);
      const first = table.get(key);
      if (!first) {
        table.set(key, { says, line });
        return null;
      }
      const same = first.says === says;
      // A line below zero marks a person about whom the file contradicts itself.
      const firstConflict = !same && first.line > 0;
      if (firstConflict) table.set(key, { says: first.says, line: -first.line });
      return { line: Math.abs(first.line), same, firstConflict };
    },
    /** Everybody about whom the file contradicts itself. */
    *inConflict(): Generator<ContradictedRow> {
      for (const { key, says, line } of table.all()) {
        if (line >= 0) continue;
        const programme = Math.floor(key / 1e12) - 1;
        yield { iin: String(key - (programme + 1) * 1e12).padStart(12, '0'), programme, says };
      }
    },
  };
};
