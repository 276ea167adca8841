/** The starter content as the index gets it, read from its files: for commands that measure the understanding and need no database. */
import { join } from 'node:path';
import { readPack } from '../facts/content/read-pack.js';
import { projectRoot } from '../project-root.js';
import type { IndexMaterial } from '../understand/contract.js';
import { loadPhrases } from '../understand/load-phrases.js';
import type { TrainingPhrase } from '../understand/phrases.js';

/** @throws PackError or Error with what is wrong in which file. */
export const packMaterial = async (): Promise<{
  readonly material: IndexMaterial;
  readonly phrases: readonly TrainingPhrase[];
}> => {
  const folder = join(projectRoot, 'content');
  const [{ articles, checkpoints, lexicon }, phrases] = await Promise.all([
    readPack(folder),
    loadPhrases(join(folder, 'phrases')),
  ]);
  const material = {
    articles: articles.map(({ id, fields: { question, examples, keywords } }) => ({
      id,
      question,
      examples,
      keywords,
    })),
    checkpoints: checkpoints.map(({ id, fields: { name, aliases, district } }) => ({ id, name, aliases, district })),
    lexicon: lexicon.map(({ id, fields: { words } }) => ({ id, words })),
  };
  return { material, phrases };
};
