/** Decides on each row of a list: taken, a repetition, a contradiction, or at fault and why. Knows no file and no database. */
import type { Bilingual } from '../../language.js';
import { type ListStatus, statuses } from '../eligibility/programme-fields.js';
import { plainWord, type Read, readAmount, readDate, readIin, readWords, trimmed } from './cells.js';
import type { ColumnMapping, ListField } from './columns.js';
import type { CellFault, Finding, ListCounts } from './findings.js';
import { says } from './says.js';
import { createSeenRows } from './seen-rows.js';

/** One row as a reader gives it. */
export interface RawRow {
  /** Its first line in the physical file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** It could not be divided into cells. */
  readonly fault?: CellFault;
}
/** One row that may be loaded: the only place besides the file where an IIN stands in clear, and only in memory. */
export interface ListRow {
  readonly line: number;
  readonly iin: string;
  readonly programmeId: string;
  readonly status: ListStatus;
  /** Tenge. */
  readonly amount: number;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly district: string;
  readonly reason: string;
  /** All of this as one number. */
  readonly says: number;
}
/** A row that was accepted and turned out to be contradicted further on. */
export type TakenBack = Pick<ListRow, 'iin' | 'programmeId' | 'says'>;
export interface ListProgramme {
  readonly id: string;
  readonly amount: number;
  readonly shortName: Bilingual;
  readonly statuses: readonly ListStatus[];
  readonly statusNames: Readonly<Partial<Record<ListStatus, Bilingual>>>;
}
export interface CheckPlan {
  readonly header: readonly string[];
  readonly places: Partial<Readonly<Record<ListField, number>>>;
  readonly mapping: ColumnMapping;
  /** The programme of rows that name none. */
  readonly programmeId: string;
  readonly programmes: readonly ListProgramme[];
  /** Day for rows without a date of their own, YYYY-MM-DD. */
  readonly asOf: string;
  /** Latest day that a row may name, YYYY-MM-DD. */
  readonly latestDay: string;
  readonly mask: (text: string) => string;
}
const longestWords = { district: 100, reason: 200 } as const;
const longestDetail = 60;

export type Verdict =
  | { readonly kind: 'accepted'; readonly row: ListRow }
  | { readonly kind: 'found'; readonly findings: readonly Finding[] };

export const createRowChecker = (plan: CheckPlan) => {
  const { header, places, mapping, programmes, mask } = plan;
  const seen = createSeenRows();
  const counts = { loaded: 0, duplicates: 0, conflicts: 0, rejected: 0 };
  const programmeBy = new Map(programmes.flatMap((each) => namesOf(each).map((name) => [plainWord(name), each])));
  const statusBy = new Map(
    programmes.map((programme) => [
      programme.id,
      new Map(
        statuses
          .filter((status) => programme.statuses.includes(status))
          .flatMap((status) =>
            [status, ...Object.values(programme.statusNames[status] ?? {})].map((word) => [plainWord(word), status]),
          ),
      ),
    ]),
  );
  const iinColumn = header[places.iin ?? 0] ?? 'iin';
  /** A cell as it may be shown: short, without what may be an IIN. */
  const shown = (cell: string): string => mask(trimmed(cell)).slice(0, longestDetail);

  const reject = (line: number, [first, ...more]: readonly CellFault[]): Verdict => {
    counts.rejected += 1;
    const finding = { kind: 'rejected' as const, line, ...(first ?? { code: 'empty' as const }) };
    return { kind: 'found', findings: [more.length > 0 ? { ...finding, more } : finding] };
  };

  const read = ({ line, cells, fault }: RawRow): ListRow | readonly CellFault[] => {
    if (fault) return [fault];
    if (cells.length !== header.length) {
      return [{ code: 'columns', detail: `${cells.length}/${header.length}` }];
    }
    const faults: CellFault[] = [];
    const take = <T>(field: ListField, reader: (cell: string) => Read<T>, absent: T): T => {
      const place = places[field];
      if (place === undefined) return absent;
      const result = reader(cells[place] ?? '');
      if ('value' in result) return result.value;
      const column = header[place] ?? field;
      faults.push({ column, code: result.code, ...(result.detail === undefined ? {} : { detail: result.detail }) });
      return absent;
    };
    const iin = take('iin', readIin, '');
    const programme = take<ListProgramme | undefined>(
      'programme',
      (cell) => {
        const found = programmeBy.get(plainWord(cell));
        if (found) return { value: found };
        return trimmed(cell) === '' ? { code: 'empty' } : { code: 'unknown-programme', detail: shown(cell) };
      },
      programmes.find(({ id }) => id === plan.programmeId),
    );
    const status = take<ListStatus | undefined>(
      'status',
      (cell) => {
        const found = statusBy.get(programme?.id ?? plan.programmeId)?.get(plainWord(cell));
        if (found) return { value: found };
        return trimmed(cell) === '' ? { code: 'empty' } : { code: 'unknown-status', detail: shown(cell) };
      },
      mapping.status,
    );
    const amount = take('amount', readAmount, programme?.amount ?? 0);
    const date = take('date', (cell) => readDate(cell, plan.latestDay), plan.asOf);
    const district = take('district', (cell) => readWords(cell, longestWords.district, mask), '');
    const reason = take('reason', (cell) => readWords(cell, longestWords.reason, mask), '');
    if (faults.length > 0) return faults;
    if (!programme || !status) return [{ code: programme ? 'unknown-status' : 'unknown-programme' }];
    const told = { status, amount, date, district, reason };
    return { line, iin, programmeId: programme.id, ...told, says: says(told) };
  };

  return {
    take(raw: RawRow): Verdict {
      const row = read(raw);
      if (!('iin' in row)) return reject(raw.line, row);
      const place = programmes.findIndex(({ id }) => id === row.programmeId);
      const earlier = seen.add(row.iin, place, row.says, row.line);
      if (!earlier) {
        counts.loaded += 1;
        return { kind: 'accepted', row };
      }
      const { line: other, same, firstConflict } = earlier;
      if (same) {
        counts.duplicates += 1;
        return { kind: 'found', findings: [{ kind: 'duplicate', line: row.line, other, column: iinColumn }] };
      }
      const findings: Finding[] = [{ kind: 'conflict', line: row.line, other, column: iinColumn }];
      counts.conflicts += 1;
      if (firstConflict) {
        // The first row was taken in good faith; it goes too.
        counts.loaded -= 1;
        counts.conflicts += 1;
        findings.unshift({ kind: 'conflict', line: other, other: row.line, column: iinColumn });
      }
      return { kind: 'found', findings };
    },
    /** Rows to be taken back out. */
    *takenBack(): Generator<TakenBack> {
      for (const { iin, programme, says } of seen.inConflict()) {
        yield { iin, programmeId: programmes[programme]?.id ?? '', says };
      }
    },
    counts: (): ListCounts => ({ ...counts }),
  };
};
export type RowChecker = ReturnType<typeof createRowChecker>;

const namesOf = ({ id, shortName }: ListProgramme): readonly string[] => [id, shortName.kk, shortName.ru];
