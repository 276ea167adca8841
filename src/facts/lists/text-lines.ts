/** The physical lines of a text file, decoded, many at a time. */
import { StringDecoder } from 'node:string_decoder';
import iconv from 'iconv-lite';
import type { TextEncoding } from './sniff.js';
import type { ListSource } from './source.js';

/** Longest line, in characters: no row of a list comes near it, a file without line breaks goes past it. */
export const longestLine = 100_000;

const decoderOf = (encoding: TextEncoding): { write(bytes: Buffer): string; end(): string } => {
  if (encoding === 'utf8') return new StringDecoder('utf8');
  const decoder = iconv.getDecoder(
    // KZ-1048 is windows-1251 with Kazakh letters in the place of ones that only Ukrainian, Belarusian and the languages of the Balkans have.
    encoding === 'utf16le' ? 'utf16-le' : encoding === 'utf16be' ? 'utf16-be' : 'rk1048',
  );
  return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' };
};

/**
 * Lines end with LF, CRLF or CR. Each batch holds lines without their ends; the last line may be empty only if the file is. Of a line that is
 * longer than `longestLine` at least so much is given, and perhaps not all.
 * @param passed told the bytes that were read so far
 */
export async function* textLines(
  source: ListSource,
  form: { readonly encoding: TextEncoding; readonly bomBytes: number },
  passed: (bytes: number) => void = () => undefined,
): AsyncGenerator<readonly string[]> {
  const decoder = decoderOf(form.encoding);
  let rest = '';
  let bytes = form.bomBytes;
  if (source.size <= form.bomBytes) return;
  for await (const chunk of source.read(form.bomBytes)) {
    bytes += (chunk as Buffer).length;
    passed(bytes);
    const text = rest + decoder.write(chunk as Buffer);
    // A CR at the end may be half of a CRLF.
    const held = text.endsWith('\r') ? 1 : 0;
    const lines = text.slice(0, text.length - held).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + (held ? '\r' : '');
    if (rest.length > longestLine && held === 0) rest = rest.slice(0, longestLine + 1);
    if (lines.length > 0) yield lines;
  }
  const text = rest + decoder.end();
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > 0) yield lines;
}
