/** Lists as bytes and as workbooks, for tests: made in memory, read as a file is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ListProgramme } from '../../../src/facts/lists/check-rows.js';
import type { ColumnMapping } from '../../../src/facts/lists/columns.js';
import type { Finding, ListCounts } from '../../../src/facts/lists/findings.js';
import { readList } from '../../../src/facts/lists/read-list.js';
import type { ListSource } from '../../../src/facts/lists/source.js';
import { checkDigit } from '../../../src/inbound/iin.js';
import { maskText } from '../../../src/inbound/mask.js';
import { withDots } from '../../../src/inbound/masked.js';

export const bytesSource = (bytes: Buffer, chunk = 7919): ListSource => ({
  size: bytes.length,
  read: (from = 0, to = bytes.length) => {
    const part = bytes.subarray(from, to);
    const pieces: Buffer[] = [];
    for (let at = 0; at < part.length; at += chunk) pieces.push(part.subarray(at, at + chunk));
    return Readable.from(pieces);
  },
});
export const brokenList = (): Promise<Buffer> =>
  readFile(join(import.meta.dirname, '../../lists/recipients-broken.csv'));

const statusNames = {
  approved: { kk: 'мақұлданды', ru: 'одобрено' },
  paid: { kk: 'төленді', ru: 'выплачено' },
  'in-review': { kk: 'қаралуда', ru: 'на рассмотрении' },
  refused: { kk: 'бас тартылды', ru: 'отказано' },
};
const programme = (id: string, amount: number): ListProgramme => ({
  id,
  amount,
  shortName: { kk: `${amount} ₸ төлем`, ru: `выплата ${amount} ₸` },
  statuses: ['approved', 'paid', 'in-review', 'refused'],
  statusNames,
});
export const programmes = [programme('pay-42500', 42500), programme('pay-50000', 50000), programme('pay-15000', 15000)];

export interface Checked extends ListCounts {
  readonly findings: readonly Finding[];
  readonly accepted: readonly {
    readonly line: number;
    readonly iin: string;
    readonly amount: number;
    readonly date: string;
    readonly status: string;
    readonly reason: string;
    readonly programmeId: string;
  }[];
}
/** Reads the bytes as a list of pay-42500, as of 23 April 2020. */
export const check = async (
  bytes: Buffer | string,
  more: { readonly mapping?: ColumnMapping; readonly sheet?: string; readonly chunk?: number } = {},
): Promise<Checked> => {
  const findings: Finding[] = [];
  const accepted: Checked['accepted'][number][] = [];
  const { counts, takenBack } = await readList(
    {
      source: bytesSource(Buffer.from(bytes as Buffer), more.chunk),
      programmeId: 'pay-42500',
      programmes,
      asOf: '2020-04-23',
      mask: (text) => withDots(maskText(text, { secret: 'a'.repeat(64), expectsIin: true }).text),
      ...more,
    },
    {
      accept: async (rows) => void accepted.push(...rows),
      find: async (found) => void findings.push(...found),
    },
  );
  const gone = new Set([...takenBack].map(({ iin, programmeId }) => `${programmeId} ${iin}`));
  return {
    ...counts,
    findings: findings.toSorted((a, b) => a.line - b.line),
    accepted: accepted.filter(({ iin, programmeId }) => !gone.has(`${programmeId} ${iin}`)),
  };
};
/** "4 iin check-digit" of each finding, in the order of lines. */
export const lines = ({ findings }: Pick<Checked, 'findings'>): string[] =>
  findings.map((finding) =>
    finding.kind === 'rejected'
      ? `${finding.line} ${finding.column ?? '-'} ${finding.code}`
      : `${finding.line} ${finding.kind} ${finding.other}`,
  );

/** A fictitious IIN: serial 99xx, as in the samples. @param number other numbers below 500,000 are other people */
export const iinOf = (number: number): string => {
  const day = new Date(Date.UTC(1960, 0, 1 + Math.floor(number / 50))).toISOString().slice(2, 10).replaceAll('-', '');
  for (const serial of [(number % 50) * 2, (number % 50) * 2 + 1]) {
    const eleven = `${day}399${String(serial).padStart(2, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) return `${eleven}${digit}`;
  }
  throw new Error(`No check digit for person ${number}.`);
};

interface ZipEntry {
  readonly name: string;
  readonly text: string;
}
/** A zip file of deflated entries. Source: PKWARE APPNOTE 4.3. */
export const zip = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const raw = Buffer.from(text);
    const packed = deflateRawSync(raw);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(raw.length, 18);
    fields.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('504b0304', 'hex'), fields, title, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), fields, tail, title);
    offset += 30 + title.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('504b0506', 'hex'), end]);
};

export type Cell =
  | string
  | number
  | { readonly formula: string; readonly value: string }
  | { readonly day: number }
  | { readonly raw: string };
const xmlEscaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);

/** A workbook as Excel writes it: shared strings, numbers as numbers, days with a style. Rows that are null are left out. */
export const workbook = (sheets: Readonly<Record<string, readonly (readonly Cell[] | null)[]>>): Buffer => {
  const strings: string[] = [];
  const cellXml = (cell: Cell, reference: string): string => {
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
    if (typeof cell === 'string') {
      if (cell === '') return '';
      strings.push(cell);
      return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
    }
    if ('formula' in cell) return `<c r="${reference}"><f>${xmlEscaped(cell.formula)}</f><v>${cell.value}</v></c>`;
    if ('day' in cell) return `<c r="${reference}" s="1"><v>${cell.day}</v></c>`;
    return `<c r="${reference}">${cell.raw}</c>`;
  };
  const names = Object.keys(sheets);
  const bodies = Object.values(sheets).map((rows) =>
    rows
      .map((row, place) =>
        row
          ? `<row r="${place + 1}">${row.map((cell, column) => cellXml(cell, `${letters(column)}${place + 1}`)).join('')}</row>`
          : '',
      )
      .join(''),
  );
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zip([
    {
      name: 'xl/workbook.xml',
      text: `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, place) => `<sheet name="${xmlEscaped(name)}" sheetId="${place + 1}" r:id="rId${place + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, place) => `<Relationship Id="rId${place + 1}" Type="t" Target="worksheets/sheet${place + 1}.xml"/>`).join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      text: `${head}<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    ...bodies.map((body, place) => ({
      name: `xl/worksheets/sheet${place + 1}.xml`,
      text: `${head}<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`,
    })),
    {
      name: 'xl/sharedStrings.xml',
      text: `${head}<sst xmlns="${main}">${strings.map((text) => `<si><t xml:space="preserve">${xmlEscaped(text)}</t></si>`).join('')}</sst>`,
    },
  ]);
};
