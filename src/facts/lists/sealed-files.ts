/**
 * Uploaded lists between their arrival and their reading: on the disk only as ciphertext (AES-256-CTR) under a key of each file's own,
 * which lives in this process's memory alone. What a crash leaves behind nobody can read, and the next start removes it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnreadableList } from './findings.js';
import type { ListSource } from './source.js';

/** Staff who are asked for columns have so long. */
const keptMs = 30 * 60_000;
const block = 16;

interface Sealed {
  readonly path: string;
  readonly key: Buffer;
  readonly size: number;
  readonly at: number;
}
export interface SealedFilesParts {
  readonly folder: string;
  /** Real time, in milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Bytes. */
  readonly largest: number;
}

/** The counter of CTR at a block, with no nonce: each key seals one file. */
const counterAt = (place: number): Buffer => {
  const counter = Buffer.alloc(block);
  counter.writeBigUInt64BE(BigInt(place), 8);
  return counter;
};

export const createSealedFiles = ({ folder, now, newId, largest }: SealedFilesParts) => {
  const files = new Map<string, Sealed>();
  const remove = async (id: string): Promise<void> => {
    const file = files.get(id);
    files.delete(id);
    if (file) await rm(file.path, { force: true });
  };
  const removeOld = async (): Promise<void> => {
    for (const [id, { at }] of files) if (now() - at > keptMs) await remove(id);
  };
  return {
    /** @throws UnreadableList too-large; whatever reading the upload throws. Nothing is left of it then. */
    async take(upload: Readable): Promise<string> {
      await removeOld();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const id = newId();
      const path = join(folder, `${process.pid}-${id}`);
      const key = randomBytes(32);
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          done(size > largest ? new UnreadableList('too-large') : null, chunk);
        },
      });
      try {
        const cipher = createCipheriv('aes-256-ctr', key, counterAt(0));
        await pipeline(upload, measure, cipher, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      files.set(id, { path, key, size, at: now() });
      return id;
    },
    /** Undefined where it is gone: read already, too old, or of another process. */
    open(id: string): ListSource | undefined {
      const file = files.get(id);
      if (!file) return undefined;
      const { path, key, size } = file;
      return {
        size,
        read(from = 0, to = size) {
          const start = from - (from % block);
          const decipher = createDecipheriv('aes-256-ctr', key, counterAt(start / block));
          let skipped = from - start;
          const cut = new Transform({
            transform(chunk: Buffer, _encoding, done) {
              const part = chunk.subarray(Math.min(skipped, chunk.length));
              skipped -= chunk.length - part.length;
              done(null, part);
            },
          });
          const stream = createReadStream(path, { start, end: Math.max(start, to - 1) });
          // Whoever stops reading ends the file too; an error of the file reaches the reader.
          pipeline(stream, decipher, cut).catch(() => undefined);
          return cut;
        },
      };
    },
    remove,
    /** Removes what dead processes left. To be called before the first upload. */
    async clean(): Promise<void> {
      for (const name of await readdir(folder).catch(() => [] as string[])) {
        const path = join(folder, name);
        const age = now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
        if (!isRunning(Number(name.split('-')[0])) || age > keptMs) await rm(path, { force: true });
      }
    },
  };
};
export type SealedFiles = ReturnType<typeof createSealedFiles>;

const isRunning = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
