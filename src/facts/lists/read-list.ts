/** Reads a list from its first row to its last: what may be loaded, what may not and why, and how many of each. */
import { createRowChecker, type ListProgramme, type ListRow, type RowChecker } from './check-rows.js';
import { type ColumnMapping, guessColumns, isComplete, placesOf } from './columns.js';
import { type Finding, type ListCounts, UnreadableList } from './findings.js';
import { type OpenedList, openList } from './open-list.js';
import type { ListSource } from './source.js';

export interface ListOrder {
  readonly source: ListSource;
  /** The programme of rows that name none. */
  readonly programmeId: string;
  readonly programmes: readonly ListProgramme[];
  /** Day since when the list is valid, YYYY-MM-DD. */
  readonly asOf: string;
  /** Takes out what may be an IIN. */
  readonly mask: (text: string) => string;
  readonly sheet?: string | undefined;
  /** Columns as staff told them; well-known names need none. */
  readonly mapping?: ColumnMapping | undefined;
}
/** Where rows and findings go, a batch at a time; reading waits for what these do. */
export interface ListSinks {
  accept?(rows: readonly ListRow[]): Promise<void>;
  find?(findings: readonly Finding[]): Promise<void>;
  /** @param share of the file that was read, 0 to 1 · @param rows so far */
  progress?(share: number, rows: number): Promise<void>;
}
export interface ReadResult {
  readonly counts: ListCounts;
  readonly mapping: ColumnMapping;
  readonly header: readonly string[];
  /** Rows that were handed to `accept` and are contradicted further on: to be taken back. */
  readonly takenBack: ReturnType<RowChecker['takenBack']>;
  /** The latest day that a loaded row names, YYYY-MM-DD; absent where there is none. */
  readonly latestDay?: string;
}

/** The mapping that fits the header: the told one, else the names that everybody knows. @throws UnreadableList mapping-needed */
export const mappingFor = ({ header }: OpenedList, told: ColumnMapping | undefined): ColumnMapping => {
  if (told && placesOf(header, told) && isComplete(told)) return told;
  const guessed = { columns: guessColumns(header), ...(told?.status === undefined ? {} : { status: told.status }) };
  if (isComplete(guessed)) return guessed;
  throw new UnreadableList('mapping-needed', header);
};

/** A date this far ahead of the list is a slip of the pen. */
const mostDaysAhead = 366;
const dayMs = 86_400_000;

/** @throws UnreadableList where the file as a whole is no list; nothing was accepted for good then */
export const readList = async (order: ListOrder, sinks: ListSinks = {}): Promise<ReadResult> => {
  const opened = await openList(order.source, order);
  const mapping = mappingFor(opened, order.mapping);
  const checker = createRowChecker({
    ...order,
    header: opened.header,
    mapping,
    places: placesOf(opened.header, mapping) ?? {},
    latestDay: new Date(Date.parse(order.asOf) + mostDaysAhead * dayMs).toISOString().slice(0, 10),
  });
  let [share, rows, latestDay] = [0, 0, ''];
  for await (const batch of opened.rows((read) => {
    share = read;
  })) {
    const accepted: ListRow[] = [];
    const found: Finding[] = [];
    for (const raw of batch) {
      const verdict = checker.take(raw);
      if (verdict.kind === 'found') found.push(...verdict.findings);
      else {
        accepted.push(verdict.row);
        if (verdict.row.date > latestDay) latestDay = verdict.row.date;
      }
    }
    rows += batch.length;
    if (accepted.length > 0) await sinks.accept?.(accepted);
    if (found.length > 0) await sinks.find?.(found);
    await sinks.progress?.(share, rows);
  }
  if (rows === 0) throw new UnreadableList('no-rows');
  return {
    counts: checker.counts(),
    mapping,
    header: opened.header,
    takenBack: checker.takenBack(),
    ...(latestDay === '' ? {} : { latestDay }),
  };
};
