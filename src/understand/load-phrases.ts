/** Reads the training phrasings from disk; the only file of this room that does I/O, called once by the composition root. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePhrases, type TrainingPhrase } from './phrases.js';

/** All phrasings of a folder's `*.yaml` files, in the files' alphabetical order. Throws where a file is unreadable or broken. */
export async function loadPhrases(folder: string): Promise<readonly TrainingPhrase[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const lists = await Promise.all(
    files.map(async (name) => parsePhrases(join(folder, name), await readFile(join(folder, name), 'utf8'))),
  );
  return lists.flat();
}
