/** Writes the content in force back as a pack, in the form that the import reads. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { topics } from '../articles/article-fields.js';
import type { ContentStore } from './import-content.js';
import type { ContentPack } from './pack.js';

const heading = `# Written by "npm run content:export" from what is in force; read by "npm run content:import".
# Ids are labels of the understanding and of the evaluation: add new ones, never rename them.
`;

/** What is in force now, without drafts. Lists of people are never part of it: their rows are known by hash only. */
export const contentInForce = async (store: Omit<ContentStore, 'transaction' | 'recipients'>): Promise<ContentPack> => {
  const [articles, programmes, kinds, checkpoints, lexicon] = await Promise.all([
    store.articles.published(),
    store.programmes.all(),
    store.checkpoints.vehicleKinds(),
    store.checkpoints.all(),
    store.lexicon.all(),
  ]);
  return {
    // In the order of the files they are read from.
    articles: [...topics]
      .sort()
      .flatMap((topic) =>
        articles.flatMap(({ _id: id, published, sample }) =>
          published?.topic === topic ? [{ id, sample, fields: published }] : [],
        ),
      ),
    programmes: programmes.map(({ _id: id, sample, fields }) => ({ id, sample, fields })),
    vehicleKinds: kinds.map(({ _id: id, name }) => ({ id, name })),
    checkpoints: checkpoints.map(({ _id: id, sample, fields }) => ({ id, sample, fields })),
    lexicon: lexicon.map(({ _id: id, fields }) => ({ id, fields })),
  };
};

/** Equal texts become one value in the file (an anchor and its aliases), as a person would write them. */
const sharing = () => {
  const seen = new Map<string, unknown>();
  return <T>(value: T): T => {
    const key = JSON.stringify(value);
    if (!seen.has(key)) seen.set(key, value);
    return seen.get(key) as T;
  };
};
const written = (content: unknown): string =>
  heading + stringify(content, { lineWidth: 0, blockQuote: 'literal', singleQuote: false });
const marked = (sample: boolean): { sample?: true } => (sample ? { sample: true } : {});

/** The pack's files by path. */
export const packFiles = (pack: ContentPack): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const topic of topics) {
    const articles = pack.articles.filter((article) => article.fields.topic === topic);
    if (articles.length === 0) continue;
    const entries = articles.map(({ id, sample, fields }) => ({ id, ...marked(sample), ...fields }));
    files.set(`articles/${topic}.yaml`, written({ articles: entries }));
  }
  const share = sharing();
  const programmes = pack.programmes.map(({ id, sample, fields }) => ({
    id,
    ...marked(sample),
    ...fields,
    statusNames: share(fields.statusNames),
    refusalReasons: share(fields.refusalReasons),
  }));
  files.set('programmes.yaml', written({ programmes }));
  const checkpoints = pack.checkpoints.map(({ id, sample, fields }) => ({ id, ...marked(sample), ...fields }));
  const vehicleKinds = Object.fromEntries(pack.vehicleKinds.map(({ id, name }) => [id, name]));
  files.set('checkpoints.yaml', written({ vehicleKinds, checkpoints }));
  files.set('lexicon.yaml', written({ concepts: pack.lexicon.map(({ id, fields }) => ({ id, ...fields })) }));
  return files;
};

/**
 * Writes the files into `folder`, each whole or not at all; files of the pack that it does not know (the sample list) stay.
 * @returns the paths written
 */
export const exportContent = async (
  store: Omit<ContentStore, 'transaction' | 'recipients'>,
  folder: string,
): Promise<readonly string[]> => {
  const files = packFiles(await contentInForce(store));
  for (const [path, text] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.part`, text);
    await rename(`${target}.part`, target);
  }
  return [...files.keys()];
};
