/** Fictitious people of the benches, by number, and lists of them as files that are made while they are read. */
import { Readable } from 'node:stream';
import type { ListSource } from '../facts/lists/source.js';
import { checkDigit } from '../inbound/iin.js';

const header = 'iin,status,amount,date,district,reason\n';
const bytesAtOnce = 65_536;

/** A fictitious person by number: 0 to 30 million. */
export const iinOf = (person: number): string => {
  const day = new Date(Date.UTC(1930, 0, 1 + Math.floor(person / 900))).toISOString().slice(2, 10).replaceAll('-', '');
  for (let serial = (person % 900) * 11; ; serial += 1) {
    const eleven = `${day}${person % 2 === 0 ? 3 : 4}${String(serial % 10_000).padStart(4, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) return `${eleven}${digit}`;
  }
};

/** All of them were paid. */
export const peopleAsList = (rows: number): ListSource => {
  const line = (row: number): string => `${iinOf(row)},paid,42500,2020-04-16,aral,\n`;
  const size = header.length + rows * line(0).length;
  return {
    size,
    read: (from = 0, to = size) => {
      const beginning = async function* () {
        let written = 0;
        let text = header;
        for (let row = 0; row < rows && written < to; row += 1) {
          text += line(row);
          if (text.length < bytesAtOnce && row + 1 < rows) continue;
          const bytes = Buffer.from(text).subarray(Math.max(0, from - written), to - written);
          written += text.length;
          text = '';
          if (bytes.length > 0) yield bytes;
        }
      };
      return Readable.from(beginning());
    },
  };
};
