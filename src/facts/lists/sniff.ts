/** What a file is, by its bytes and never by its name: a workbook, text in which encoding, or no list at all. */
import { UnreadableList } from './findings.js';
import { firstBytes, type ListSource } from './source.js';

export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'windows-1251';
export type ListForm =
  | { readonly kind: 'xlsx' }
  | { readonly kind: 'text'; readonly encoding: TextEncoding; readonly bomBytes: number };

const beginnings: readonly (readonly [string, 'old-excel' | 'not-a-table'])[] = [
  // Excel 97–2003, and any workbook behind a password.
  ['d0cf11e0a1b11ae1', 'old-excel'],
  ['25504446', 'not-a-table'],
  ['89504e47', 'not-a-table'],
  ['ffd8ff', 'not-a-table'],
  ['47494638', 'not-a-table'],
  ['7b5c727466', 'not-a-table'],
  ['1f8b', 'not-a-table'],
  ['52617221', 'not-a-table'],
  ['377abcaf271c', 'not-a-table'],
];

/** @throws UnreadableList where it is no list that can be read */
export const sniff = async (source: ListSource): Promise<ListForm> => {
  const head = await firstBytes(source, 65_536);
  if (head.length === 0) throw new UnreadableList('empty-file');
  const hex = head.subarray(0, 8).toString('hex');
  if (hex.startsWith('504b0304')) return { kind: 'xlsx' };
  if (hex.startsWith('504b0506')) throw new UnreadableList('broken-file');
  for (const [beginning, code] of beginnings) if (hex.startsWith(beginning)) throw new UnreadableList(code);
  // UTF-32, which no spreadsheet writes, begins as UTF-16 does.
  if (hex.startsWith('fffe0000')) throw new UnreadableList('not-a-table');
  if (hex.startsWith('efbbbf')) return { kind: 'text', encoding: 'utf8', bomBytes: 3 };
  if (hex.startsWith('fffe')) return { kind: 'text', encoding: 'utf16le', bomBytes: 2 };
  if (hex.startsWith('feff')) return { kind: 'text', encoding: 'utf16be', bomBytes: 2 };
  const wide = withoutBom(head);
  if (wide) return { kind: 'text', encoding: wide, bomBytes: 0 };
  if (head.filter((byte) => byte === 0).length > head.length / 50) throw new UnreadableList('not-a-table');
  const start = head.toString('latin1').trimStart().slice(0, 200).toLowerCase();
  if (/^(?:<!doctype|<html|<\?xml|<table|<meta|<head|<body|\{|\[\s*[{["])/.test(start)) {
    throw new UnreadableList('not-a-table');
  }
  return { kind: 'text', encoding: (await isUtf8(source)) ? 'utf8' : 'windows-1251', bomBytes: 0 };
};

/** UTF-16 shows itself by the zero in every second byte of digits, Latin letters and separators. */
const withoutBom = (head: Buffer): 'utf16le' | 'utf16be' | undefined => {
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 8 && even < odd / 16) return 'utf16le';
  return even > head.length / 8 && odd < even / 16 ? 'utf16be' : undefined;
};

/** How many bytes follow the first one of a sign; -1 where none may stand so. */
const following = (byte: number): number => {
  if (byte < 0x80) return 0;
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : -1;
};
/** The whole file is read: the first Cyrillic letter may stand in its last row. A few broken bytes make no windows-1251 of UTF-8. */
const isUtf8 = async (source: ListSource): Promise<boolean> => {
  let [right, wrong, wanted] = [0, 0, 0];
  for await (const chunk of source.read()) {
    for (const byte of chunk as Buffer) {
      if (wanted > 0) {
        if ((byte & 0xc0) === 0x80) {
          wanted -= 1;
          if (wanted === 0) right += 1;
          continue;
        }
        wrong += 1;
        wanted = 0;
      }
      const more = following(byte);
      if (more < 0) wrong += 1;
      else wanted = more;
    }
  }
  return wrong === 0 || right > wrong * 10;
};
