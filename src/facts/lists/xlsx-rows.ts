/**
 * Rows of a workbook (Office Open XML), streamed: yauzl takes the zip apart, saxes its XML. Of a cell only what was typed counts: a
 * formula is given as the text "=…", never as the value that some program computed.
 * Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
 */
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import yauzl from 'yauzl';
import type { RawRow } from './check-rows.js';
import { UnreadableList } from './findings.js';
import type { ListSource } from './source.js';

/** Bytes of shared strings and of one sheet, unpacked; what is more is a bomb or no list. */
const mostSharedBytes = 256 * 1024 * 1024;
const mostSheetBytes = 4 * 1024 * 1024 * 1024;
/** Of a sheet: Excel's own limit. */
const mostRows = 1_048_576;
/** A row that holds something further out has one cell more than any header. */
const mostColumns = 500;
/** Characters without a tag; a cell has at most 32,767. */
const mostText = 1024 * 1024;

class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: ListSource) {
    super();
  }
  override _readStreamForRange(start: number, end: number) {
    return this.source.read(start, end) as ReturnType<yauzl.RandomAccessReader['_readStreamForRange']>;
  }
}

export interface Workbook {
  readonly sheets: readonly string[];
  /** @param passed told the share of the sheet that was read, 0 to 1 */
  rows(sheet: string, passed?: (share: number) => void): AsyncGenerator<readonly RawRow[]>;
  close(): void;
}

const broken = (): UnreadableList => new UnreadableList('broken-file');

/** @throws UnreadableList where the file is no whole workbook */
export const openWorkbook = async (source: ListSource): Promise<Workbook> => {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new SourceReader(source),
      source.size,
      { lazyEntries: true, autoClose: false },
      (error, opened) => (error || !opened ? reject(broken()) : resolve(opened)),
    );
  });
  const entries = await listEntries(zip);
  const openEntry = promisify<yauzl.Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip));
  async function* chunks(name: string, most: number, passed?: (share: number) => void): AsyncGenerator<string> {
    const entry = entries.get(name);
    if (!entry) throw broken();
    if (entry.uncompressedSize > most) throw new UnreadableList('too-large');
    const decoder = new TextDecoder('utf-8');
    let [bytes, sum] = [0, 0];
    try {
      for await (const chunk of await openEntry(entry)) {
        bytes += (chunk as Buffer).length;
        sum = crc32(chunk as Buffer, sum);
        passed?.(bytes / Math.max(1, entry.uncompressedSize));
        yield decoder.decode(chunk as Buffer, { stream: true });
      }
    } catch {
      throw broken();
    }
    if (sum !== entry.crc32) throw broken();
    yield decoder.decode();
  }
  /** Reads a small part of the workbook whole. */
  const visit = async (name: string, onTag: (tag: SaxesTagPlain) => void): Promise<void> => {
    const parser = new SaxesParser();
    parser.on('opentag', onTag);
    for await (const _ of parsed(chunks(name, mostSharedBytes), parser));
  };

  if (!entries.has('xl/workbook.xml')) throw new UnreadableList('not-a-table');
  const sheetsByName = new Map<string, string>();
  const targets = new Map<string, string>();
  let since1904 = false;
  if (entries.has('xl/_rels/workbook.xml.rels')) {
    await visit('xl/_rels/workbook.xml.rels', ({ name, attributes }) => {
      if (local(name) !== 'Relationship') return;
      const target = String(attributes.Target ?? '');
      targets.set(String(attributes.Id), target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    });
  }
  await visit('xl/workbook.xml', ({ name, attributes }) => {
    if (local(name) === 'workbookPr') since1904 = ['1', 'true'].includes(String(attributes.date1904));
    if (local(name) !== 'sheet') return;
    const relation = Object.entries(attributes).find(([key]) => local(key) === 'id' && key !== 'sheetId')?.[1];
    const target = targets.get(String(relation));
    if (target && entries.has(target)) sheetsByName.set(String(attributes.name), target);
  });
  if (sheetsByName.size === 0) throw broken();
  const dateStyles = entries.has('xl/styles.xml') ? await readDateStyles(visit) : [];
  let shared: readonly string[] | undefined;

  return {
    sheets: [...sheetsByName.keys()],
    async *rows(sheet, passed) {
      const name = sheetsByName.get(sheet);
      if (name === undefined) throw new UnreadableList('no-such-sheet', [...sheetsByName.keys()]);
      shared ??= entries.has('xl/sharedStrings.xml')
        ? await readShared(chunks('xl/sharedStrings.xml', mostSharedBytes))
        : [];
      yield* sheetRows(chunks(name, mostSheetBytes, passed), { shared, dateStyles, since1904 });
    },
    close: () => zip.close(),
  };
};

const listEntries = (zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', () => reject(broken()));
    zip.readEntry();
  });

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
/** Hands a document to a parser piece by piece. The parser keeps a text until its end: one without end would fill the memory. */
async function* parsed(chunks: AsyncIterable<string>, parser: SaxesParser): AsyncGenerator<void> {
  const safely = (work: () => void): void => {
    try {
      work();
    } catch {
      throw broken();
    }
  };
  let untagged = 0;
  for await (const text of chunks) {
    const tag = text.lastIndexOf('<');
    untagged = tag < 0 ? untagged + text.length : text.length - tag;
    if (untagged > mostText) throw broken();
    safely(() => parser.write(text));
    yield;
  }
  // What is cut off in the middle is no document.
  safely(() => parser.close());
}

/** Whether each cell style shows its number as a date. */
const readDateStyles = async (
  visit: (name: string, onTag: (tag: SaxesTagPlain) => void) => Promise<void>,
): Promise<readonly boolean[]> => {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await visit('xl/styles.xml', ({ name, attributes }) => {
    const tag = local(name);
    if (tag === 'numFmt') {
      const code = String(attributes.formatCode ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
      own.set(Number(attributes.numFmtId), /[dy]/i.test(code));
    }
    if (tag === 'cellXfs') inCells = true;
    else if (tag === 'cellStyles' || tag === 'dxfs') inCells = false;
    else if (tag === 'xf' && inCells) {
      const id = Number(attributes.numFmtId);
      styles.push(
        own.get(id) ?? ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)),
      );
    }
  });
  return styles;
};

async function readShared(chunks: AsyncIterable<string>): Promise<readonly string[]> {
  const strings: string[] = [];
  /** The same word a million times is kept once. */
  const once = new Map<string, string>();
  const parser = new SaxesParser();
  let [text, inText, phonetic] = ['', false, false];
  parser.on('opentag', ({ name }) => {
    const tag = local(name);
    if (tag === 'si') text = '';
    if (tag === 'rPh') phonetic = true;
    if (tag === 't') inText = !phonetic;
  });
  parser.on('text', (piece) => {
    if (inText) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const tag = local(name);
    if (tag === 't') inText = false;
    if (tag === 'rPh') phonetic = false;
    if (tag !== 'si') return;
    const known = once.get(text);
    if (known === undefined && once.size < 10_000) once.set(text, text);
    strings.push(known ?? text);
  });
  for await (const _ of parsed(chunks, parser));
  return strings;
}

interface SheetContext {
  readonly shared: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly since1904: boolean;
}

/** Column of "AB12", from 0. */
const columnOf = (reference: string): number => {
  let column = 0;
  for (const sign of reference) {
    const code = sign.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
};

/** Number of a row as the sheet writes it, from 1; undefined where there is none that a workbook can have. */
const rowNumber = (written: string | undefined): number | undefined =>
  /^[1-9]\d{0,7}$/.test(written ?? '') ? Number(written) : undefined;

/** A number as it was typed; one with an exponent and too few digits stays as it stands, since the others are lost. */
const numberText = (written: string): string => {
  const parts = /^(-?)(\d)(?:\.(\d+))?[eE]\+?(\d+)$/.exec(written);
  if (parts) {
    const [, sign = '', first = '', decimals = '', exponent = ''] = parts;
    return decimals.length === Number(exponent) ? `${sign}${first}${decimals}` : written;
  }
  return written.replace(/^(-?\d+)\.0+$/, '$1');
};
/** Days since 30.12.1899 (or 1904) as YYYY-MM-DD. */
const dayText = (written: string, since1904: boolean): string => {
  const days = Math.floor(Number(written));
  if (!Number.isFinite(days) || days < 1 || days > 2_958_465) return written;
  return new Date(Date.UTC(since1904 ? 1904 : 1899, since1904 ? 0 : 11, since1904 ? 1 : 30) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
};

async function* sheetRows(chunks: AsyncIterable<string>, context: SheetContext): AsyncGenerator<readonly RawRow[]> {
  const { shared, dateStyles, since1904 } = context;
  const parser = new SaxesParser();
  let done: RawRow[] = [];
  let [line, rows] = [0, 0];
  let cells: string[] = [];
  let [column, type, style] = [-1, '', 0];
  let [value, inline, formula] = ['', '', ''];
  let [into, isFormula, phonetic] = ['' as '' | 'v' | 't' | 'f', false, false];

  const cellText = (): string => {
    if (isFormula) return `=${formula}`;
    // One that is not there is damage, and no empty cell.
    if (type === 's') return shared[Number(value)] ?? '\ufffd';
    if (type === 'inlineStr') return inline;
    if (type === 'str' || type === 'e' || type === 'd') return value;
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (value === '') return '';
    return dateStyles[style] ? dayText(value, since1904) : numberText(value);
  };
  parser.on('opentag', ({ name, attributes }) => {
    const tag = local(name);
    if (tag === 'row') {
      rows += 1;
      line = rowNumber(attributes.r) ?? line + 1;
      cells = [];
      column = -1;
    } else if (tag === 'c') {
      column = attributes.r === undefined ? column + 1 : columnOf(String(attributes.r));
      if (column < 0) throw broken();
      type = String(attributes.t ?? '');
      style = Number(attributes.s ?? 0);
      [value, inline, formula, isFormula] = ['', '', '', false];
    } else if (tag === 'rPh') phonetic = true;
    else if (tag === 'v') into = 'v';
    else if (tag === 't' && !phonetic) into = 't';
    else if (tag === 'f') [into, isFormula] = ['f', true];
  });
  parser.on('text', (piece) => {
    if (into === 'v') value += piece;
    else if (into === 't') inline += piece;
    else if (into === 'f') formula += piece;
  });
  parser.on('closetag', ({ name }) => {
    const tag = local(name);
    if (tag === 'v' || tag === 't' || tag === 'f') into = '';
    else if (tag === 'rPh') phonetic = false;
    else if (tag === 'c') cells[Math.min(column, mostColumns)] ||= cellText();
    else if (tag === 'row') {
      const row = Array.from(cells, (cell) => cell ?? '');
      if (row.some((cell) => cell.trim() !== '')) done.push({ line, cells: row });
    }
  });
  for await (const _ of parsed(chunks, parser)) {
    if (rows > mostRows) throw new UnreadableList('too-large');
    if (done.length > 0) yield done;
    done = [];
  }
}
