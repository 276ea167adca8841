/** Takes a posted file with its fields (multipart), streaming: nothing of it is held in memory or written in clear. */
import { PassThrough, type Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Request } from 'express';
import { BadForm } from './forms.js';

export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  /** What `take` gave for the file. */
  readonly file: string;
}
const limits = { files: 1, fields: 20, fieldSize: 2000, parts: 25 };

/**
 * @param take stores the stream and gives its id; @param drop removes it where the form turns out to be broken
 * @throws BadForm where there is no file; what `take` throws
 */
export const takeUpload = async (
  req: Request,
  take: (stream: Readable) => Promise<string>,
  drop: (id: string) => Promise<void>,
): Promise<Upload> => {
  const type = req.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw new BadForm('error.badForm');
  const fields: Record<string, string> = {};
  let fileName = '';
  let taking: Promise<string> | undefined;
  let copy: PassThrough | undefined;
  const parser = new Busboy({ headers: { ...req.headers, 'content-type': type }, limits });
  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (_name, stream, name) => {
    fileName = name ?? '';
    const passed = stream.pipe(new PassThrough());
    copy = passed;
    taking = take(passed);
    // A refused file is read to its end all the same, so that the answer reaches the browser.
    taking.catch(() => {
      stream.unpipe(passed);
      stream.resume();
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      parser.once('finish', resolve);
      parser.once('error', reject);
      req.once('aborted', () => reject(new BadForm('error.badForm')));
      req.pipe(parser);
    });
  } catch (error) {
    // A browser that went away ends nothing by itself.
    copy?.destroy(new BadForm('error.badForm'));
    const id = await taking?.catch(() => undefined);
    if (id !== undefined) await drop(id);
    throw error instanceof BadForm ? error : new BadForm('error.badForm');
  }
  if (!taking) throw new BadForm('lists:upload.noFile');
  const file = await taking;
  if (fileName !== '') return { fields, fileName, file };
  await drop(file);
  throw new BadForm('lists:upload.noFile');
};
