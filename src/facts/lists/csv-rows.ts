/**
 * Rows of a CSV file with the physical line each begins in. What is divided into fields by quotes is divided by csv-parse; this file
 * decides where a row ends, so that one stray quote costs one row and never the rest of the file.
 */
import { parse } from 'csv-parse/sync';
import type { RawRow } from './check-rows.js';
import type { FaultCode } from './findings.js';
import { longestLine } from './text-lines.js';

export type Delimiter = ',' | ';' | '\t' | '|';
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Lines that one quoted field may run over, and characters that its row may have. */
const mostLines = 20;
const mostCharacters = 8_192;

/** A separator told by Excel's own first line ("sep=;"), or undefined. */
export const toldDelimiter = (line: string): Delimiter | undefined => {
  const told = /^"?sep=(.)"?$/i.exec(line.trim())?.[1];
  return delimiters.find((each) => each === told);
};
/** The separator that divides the header most often; a comma where none does. */
export const delimiterOf = (header: string): Delimiter => {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter): number => bare.split(delimiter).length - 1;
  return delimiters.reduce((best, each) => (count(each) > count(best) ? each : best), ',');
};

type QuoteState = 'closed' | 'open' | 'wrong';
/** Where the quotes of a text leave off. `wrong`: a quoted field goes on after its closing quote. */
const quotesAfter = (text: string, delimiter: Delimiter): QuoteState => {
  let wrong = false;
  for (let at = 0; at <= text.length; ) {
    if (text[at] !== '"') {
      const next = text.indexOf(delimiter, at);
      if (next < 0) break;
      at = next + 1;
      continue;
    }
    let end = text.indexOf('"', at + 1);
    while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
    if (end < 0) return 'open';
    if (end + 1 < text.length && text[end + 1] !== delimiter) wrong = true;
    const next = text.indexOf(delimiter, end + 1);
    if (next < 0) break;
    at = next + 1;
  }
  return wrong ? 'wrong' : 'closed';
};

const options = (delimiter: Delimiter) => ({
  delimiter,
  record_delimiter: ['\n'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
});
/** The fields of rows that hold quotes; each text is one row. */
const divide = (texts: readonly string[], delimiter: Delimiter): readonly (readonly string[] | null)[] => {
  const parsed = safely(texts.join('\n'), delimiter);
  if (parsed?.length === texts.length) return parsed;
  return texts.map((text) => {
    const alone = safely(text, delimiter);
    return alone?.length === 1 ? (alone[0] ?? null) : null;
  });
};
const safely = (text: string, delimiter: Delimiter): string[][] | null => {
  try {
    return parse(text, options(delimiter)) as string[][];
  } catch {
    return null;
  }
};

interface Waiting {
  readonly line: number;
  readonly text: string;
}

/**
 * Takes lines and gives rows; blank lines are passed over. A row that a quote leaves open goes on over the next lines as far as the quote
 * is closed properly and the row has the header's columns; else its first line is at fault and the others are rows of their own.
 * @param columns of the header; 0 while the header itself is looked for
 */
export const createCsvRows = (delimiter: Delimiter, columns: number, firstLine: number) => {
  let line = firstLine;
  /** Lines of a row whose quotes are still open. */
  let open: string[] = [];

  const fieldsOf = (text: string): number =>
    text.includes('"') ? (divide([text], delimiter)[0]?.length ?? 0) : text.split(delimiter).length;
  const isRow = (text: string): boolean => columns > 1 && fieldsOf(text) === columns;

  const atFault = (at: number, code: FaultCode): RawRow => ({ line: at, cells: [], fault: { code } });
  const pushLine = (text: string, at: number, into: Waiting[], faulty: RawRow[]): void => {
    if (open.length === 0) {
      if (text.trim() === '') return;
      if (text.length > longestLine) faulty.push(atFault(at, 'too-long'));
      else if (text.includes('"') && quotesAfter(text, delimiter) === 'open') open = [text];
      else into.push({ line: at, text });
      return;
    }
    open.push(text);
    const joined = open.join('\n');
    const state = quotesAfter(joined, delimiter);
    const fits = open.length <= mostLines && joined.length <= mostCharacters;
    if (state === 'open' && fits && !isRow(text)) return;
    const lines = open;
    open = [];
    const whole =
      state === 'closed' && fits && !lines.slice(1).some(isRow) && (columns === 0 || fieldsOf(joined) === columns);
    if (whole) into.push({ line: at - lines.length + 1, text: joined });
    else giveUp(lines, at, into, faulty);
  };
  /** The first line is at fault; the others are looked at again. */
  const giveUp = (lines: readonly string[], last: number, into: Waiting[], faulty: RawRow[]): void => {
    const first = last - lines.length + 1;
    faulty.push(atFault(first, 'unclosed-quote'));
    for (const [place, text] of lines.slice(1).entries()) pushLine(text, first + 1 + place, into, faulty);
  };
  const rowsOf = (waiting: readonly Waiting[], faulty: readonly RawRow[]): RawRow[] => {
    const quoted = waiting.filter(({ text }) => text.includes('"'));
    const divided =
      quoted.length > 0
        ? divide(
            quoted.map(({ text }) => text),
            delimiter,
          )
        : [];
    let place = 0;
    const rows = waiting.map(({ line: at, text }): RawRow => {
      if (!text.includes('"')) return { line: at, cells: text.split(delimiter) };
      const cells = divided[place];
      place += 1;
      return cells ? { line: at, cells } : atFault(at, 'unclosed-quote');
    });
    return faulty.length === 0 ? rows : [...rows, ...faulty].sort((a, b) => a.line - b.line);
  };

  return {
    take(lines: readonly string[]): readonly RawRow[] {
      const waiting: Waiting[] = [];
      const faulty: RawRow[] = [];
      for (const text of lines) {
        pushLine(text, line, waiting, faulty);
        line += 1;
      }
      return rowsOf(waiting, faulty);
    },
    /** What is left when the file ends. */
    end(): readonly RawRow[] {
      const waiting: Waiting[] = [];
      const faulty: RawRow[] = [];
      while (open.length > 0) {
        const lines = open;
        open = [];
        giveUp(lines, line - 1, waiting, faulty);
      }
      return rowsOf(waiting, faulty);
    },
  };
};
