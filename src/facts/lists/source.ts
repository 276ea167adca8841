/** A file that holds a list, wherever it rests: read from its beginning as often as needed, or in part. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

export interface ListSource {
  /** Bytes. */
  readonly size: number;
  /** @param from first byte · @param to byte after the last */
  read(from?: number, to?: number): Readable;
}

/** A file as it lies on the disk. @throws what `stat` throws */
export const fileSource = async (path: string): Promise<ListSource> => {
  const { size } = await stat(path);
  return {
    size,
    read: (from = 0, to = size) => createReadStream(path, { start: from, end: Math.max(from, to - 1) }),
  };
};

/** The first bytes, at most `length` of them. */
export const firstBytes = async (source: ListSource, length: number): Promise<Buffer> => {
  const end = Math.min(length, source.size);
  if (end === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of source.read(0, end)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};
