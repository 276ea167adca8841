/** The rows that were not loaded, as a file for whoever made the list: lines, columns and reasons, never a number of a person. */
import type { CellFault, Finding } from './findings.js';

/** A cell that no spreadsheet runs as a formula. */
const cell = (value: string | number): string => {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};
const row = (...cells: readonly (string | number)[]): string => `${cells.map(cell).join(';')}\r\n`;

export interface FindingWords {
  /** Names of the columns: line, column, reason. */
  readonly head: readonly [string, string, string];
  readonly wholeRow: string;
  fault(fault: CellFault): string;
  other(kind: 'duplicate' | 'conflict', line: number): string;
}

/** UTF-8 with BOM and semicolons, which the region's Excel opens by a double click. */
export async function* findingsCsv(
  findings: AsyncIterable<readonly Finding[]>,
  words: FindingWords,
): AsyncGenerator<string> {
  yield `\ufeff${row(...words.head)}`;
  for await (const part of findings) yield part.map((finding) => lineOf(finding, words)).join('');
}
const lineOf = (finding: Finding, words: FindingWords): string => {
  if (finding.kind !== 'rejected') {
    return row(finding.line, finding.column, words.other(finding.kind, finding.other));
  }
  return [finding, ...(finding.more ?? [])]
    .map((fault) => row(finding.line, fault.column ?? words.wholeRow, words.fault(fault)))
    .join('');
};
