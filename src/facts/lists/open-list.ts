/** Opens a file as a list: what it is, where its header stands, and its rows one batch after the other. */
import { checkIin } from '../../inbound/iin.js';
import { trimmed } from './cells.js';
import type { RawRow } from './check-rows.js';
import { type ColumnMapping, guessColumns, isComplete, isWellKnown, placesOf, plainName } from './columns.js';
import { createCsvRows, type Delimiter, delimiterOf, toldDelimiter } from './csv-rows.js';
import { UnreadableList } from './findings.js';
import { sniff } from './sniff.js';
import type { ListSource } from './source.js';
import { longestLine, textLines } from './text-lines.js';
import { openWorkbook } from './xlsx-rows.js';

/** Lines in which the header is looked for: a title may stand above it. */
const headerWithin = 10;

export interface OpenedList {
  /** As the file writes it; without spaces around. */
  readonly header: readonly string[];
  /** Names of the sheets, where it is a workbook. */
  readonly sheets: readonly string[];
  /** @param passed told the share of the file that was read, 0 to 1 */
  rows(passed?: (share: number) => void): AsyncGenerator<readonly RawRow[]>;
}
export interface OpenOptions {
  /** Sheet of a workbook; needed where several hold something. */
  readonly sheet?: string | undefined;
  /** Tells a header whose names are not well known. */
  readonly mapping?: ColumnMapping | undefined;
}

/** @throws UnreadableList with the reason why no row of it can be read */
export const openList = async (source: ListSource, options: OpenOptions = {}): Promise<OpenedList> => {
  const form = await sniff(source);
  return form.kind === 'xlsx' ? openSheet(source, options) : openText(source, form, options);
};

interface Header {
  readonly line: number;
  readonly names: readonly string[];
}
/** The first row, or a later one that is plainly the header, where nothing before it looks like a person's row. */
const headerAmong = (rows: readonly RawRow[], mapping: ColumnMapping | undefined): Header => {
  const first = rows[0];
  if (!first) throw new UnreadableList('no-rows');
  const namesOf = ({ cells }: RawRow): string[] => cells.map(trimmed);
  const isHeader = (names: readonly string[]): boolean =>
    (mapping !== undefined && placesOf(names, mapping) !== undefined) ||
    isComplete({ columns: guessColumns(names), status: 'approved' });
  const found = rows.findIndex((row) => isHeader(namesOf(row)));
  const titles = rows.slice(0, Math.max(0, found));
  const passedOver = titles.some(({ cells }) => cells.some((cell) => /\d{9}/.test(cell.replace(/\s/g, ''))));
  const row = found > 0 && !passedOver ? (rows[found] ?? first) : first;
  const names = namesOf(row);
  if (names.some((name) => checkIin(name.replace(/\s/g, '')).ok)) throw new UnreadableList('no-header');
  const plain = names.map(plainName).filter((name) => name !== '');
  const told = Object.values(mapping?.columns ?? {}).map(plainName);
  // Columns that are not read may be called alike.
  const twice = names.filter(
    (name) =>
      plain.filter((each) => each === plainName(name)).length > 1 &&
      (isWellKnown(name) || told.includes(plainName(name))),
  );
  if (twice.length > 0) throw new UnreadableList('header-twice', [...new Set(twice)]);
  return { line: row.line, names };
};

const openText = async (
  source: ListSource,
  form: { readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'windows-1251'; readonly bomBytes: number },
  { mapping }: OpenOptions,
): Promise<OpenedList> => {
  const first = await firstLines(source, form);
  const start = first.findIndex((line) => line.trim() !== '');
  const told = toldDelimiter(first[start] ?? '');
  const lines = first.slice(start + (told ? 1 : 0));
  if (lines.every((line) => line.trim() === '')) throw new UnreadableList('no-rows');
  if ((lines[0] ?? '').length > longestLine) throw new UnreadableList('not-a-table');
  let found: { readonly header: Header; readonly delimiter: Delimiter } | undefined;
  // A title above the header holds other signs than the header: each line's own separator is tried.
  for (const delimiter of new Set([told ?? delimiterOf(lines[0] ?? ''), ...lines.map(delimiterOf)])) {
    const reader = createCsvRows(delimiter, 0, first.length - lines.length + 1);
    const rows = [...reader.take(lines), ...reader.end()].filter(({ fault }) => !fault);
    if (rows.length === 0) continue;
    const header = headerAmong(rows, mapping);
    const isKnown = guessColumns(header.names).iin !== undefined || (mapping && placesOf(header.names, mapping));
    if (!found || isKnown) found = { header, delimiter };
    if (isKnown || told) break;
  }
  if (!found) throw new UnreadableList('not-a-table');
  const { header, delimiter } = found;
  const headerEnd = header.line;
  return {
    header: header.names,
    sheets: [],
    async *rows(passed) {
      const reader = createCsvRows(delimiter, header.names.length, 1);
      const after = (rows: readonly RawRow[]): readonly RawRow[] => rows.filter(({ line }) => line > headerEnd);
      for await (const batch of textLines(source, form, (bytes) => passed?.(bytes / source.size))) {
        const rows = after(reader.take(batch));
        if (rows.length > 0) yield rows;
      }
      const rows = after(reader.end());
      if (rows.length > 0) yield rows;
    },
  };
};

const firstLines = async (
  source: ListSource,
  form: { readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'windows-1251'; readonly bomBytes: number },
): Promise<string[]> => {
  const lines: string[] = [];
  for await (const batch of textLines(source, form)) {
    lines.push(...batch.slice(0, 100));
    if (lines.filter((line) => line.trim() !== '').length >= headerWithin) break;
  }
  let rest = headerWithin;
  return lines.filter((line) => {
    if (line.trim() !== '') rest -= 1;
    return rest >= 0;
  });
};

const openSheet = async (source: ListSource, { sheet, mapping }: OpenOptions): Promise<OpenedList> => {
  const book = await openWorkbook(source);
  const { sheets } = book;
  const firstRows = async (name: string): Promise<RawRow[]> => {
    const rows: RawRow[] = [];
    for await (const batch of book.rows(name)) {
      rows.push(...batch);
      if (rows.length >= headerWithin) break;
    }
    return rows.slice(0, headerWithin);
  };
  let chosen = sheet;
  if (chosen === undefined) {
    const filled: string[] = [];
    for (const name of sheets) if ((await firstRows(name)).length > 0) filled.push(name);
    if (filled.length === 0) throw new UnreadableList('no-rows');
    if (filled.length > 1) throw new UnreadableList('several-sheets', filled);
    chosen = filled[0] ?? '';
  }
  const name = chosen;
  const header = headerAmong(await firstRows(name), mapping);
  const width = header.names.length;
  return {
    header: header.names,
    sheets,
    async *rows(passed) {
      for await (const batch of book.rows(name, passed)) {
        yield batch
          .filter(({ line }) => line > header.line)
          .map((row) => ({ ...row, cells: asWide(row.cells, width) }));
      }
    },
  };
};

/** A workbook writes no cells that hold nothing, or writes them for their colour: neither counts. */
const asWide = (cells: readonly string[], width: number): readonly string[] => {
  const kept = cells.slice(0, width);
  const more = cells.slice(width);
  while (kept.length < width) kept.push('');
  return more.some((cell) => cell.trim() !== '') ? [...kept, ...more] : kept;
};
