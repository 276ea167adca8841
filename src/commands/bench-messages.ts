/** What the parts of `npm run -s bench -- understanding` share: the messages that they read, how many articles the pack is grown to, and what is too long a wait. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../language.js';
import { projectRoot } from '../project-root.js';
import { parseEvaluationRows } from '../understand/evaluation-rows.js';
import { masked } from '../understand/samples.js';

/** Messages that are no training material: who they were written by, the pack does not know. */
export const sets = ['development', 'kept-back-one', 'kept-back-two'] as const;
export const manyArticles = 1000;
export const language: Language = 'kk';
/** A message that waits longer for the index is counted. */
export const tooLongMs = 20;

export interface Message {
  readonly text: string;
  readonly expected: string;
}
export const messagesOf = async (set: (typeof sets)[number]): Promise<readonly Message[]> => {
  const file = `test/evaluation/${set}.tsv`;
  const rows = parseEvaluationRows(file, await readFile(join(projectRoot, file), 'utf8'));
  return rows.map(({ text, expected }) => ({ text: masked(text), expected }));
};
