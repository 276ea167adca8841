/** Reads a content pack from a folder, whole: either everything in it is right, or every fault is named and nothing is given. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ArticleFields } from '../articles/article-fields.js';
import type { ProgrammeFields } from '../eligibility/programme-fields.js';
import { wordConflicts } from '../lexicon/concept-fields.js';
import {
  articleFields,
  articlesFile,
  type ContentPack,
  checkpointFields,
  checkpointsFile,
  conceptFields,
  lexiconFile,
  listsFile,
  type PackArticle,
  type PackCheckpoint,
  type PackConcept,
  type PackProgramme,
  programmeFields,
  programmesFile,
} from './pack.js';
import { PackError, type PackFault } from './pack-error.js';
import { readList } from './read-list.js';
import { type LineOf, pathText, readYaml, schemaFaults } from './read-yaml.js';

interface Placed<T> {
  readonly entry: T;
  readonly file: string;
  readonly lineOf: LineOf;
  readonly path: readonly PropertyKey[];
}

/**
 * Reads `articles/*.yaml`, `programmes.yaml`, `checkpoints.yaml` and, if they are there, `lexicon.yaml` and `lists.yaml` with the list it
 * names.
 * @throws PackError with every fault: file, line, field.
 */
export const readPack = async (folder: string): Promise<ContentPack> => {
  const faults: PackFault[] = [];
  const text = (file: string): Promise<string | null> =>
    readFile(join(folder, file), 'utf8').catch((error: unknown) => {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
  const open = async <T>(file: string, schema: z.ZodType<T>, required: boolean) => {
    const written = await text(file);
    if (written === null) {
      if (required) faults.push({ file, message: 'is missing' });
      return null;
    }
    const read = readYaml(file, written);
    if ('faults' in read) {
      faults.push(...read.faults);
      return null;
    }
    const parsed = schema.safeParse(read.yaml.content);
    if (!parsed.success) {
      faults.push(...schemaFaults(file, parsed.error, read.yaml.lineOf));
      return null;
    }
    return { content: parsed.data, lineOf: read.yaml.lineOf };
  };
  /** Checks each entry by its own schema and its id by all others' of the kind. */
  const entries = <F, T extends { readonly id: string }>(
    file: string,
    list: string,
    lineOf: LineOf,
    raw: readonly { readonly id: string; readonly sample?: true | undefined }[],
    schema: z.ZodType<F>,
    make: (id: string, sample: boolean, fields: F) => T,
  ): Placed<T>[] =>
    raw.flatMap(({ id, sample, ...fields }, index) => {
      const path = [list, index];
      const parsed = schema.safeParse(fields);
      if (parsed.success) return [{ entry: make(id, sample === true, parsed.data), file, lineOf, path }];
      faults.push(...schemaFaults(file, parsed.error, lineOf, path));
      return [];
    });
  const once = (placed: readonly Placed<{ readonly id: string }>[]): void => {
    const first = new Map<string, Placed<{ readonly id: string }>>();
    for (const each of placed) {
      const earlier = first.get(each.entry.id);
      const path = [...each.path, 'id'];
      if (!earlier) first.set(each.entry.id, each);
      else {
        const where = `${earlier.file}:${earlier.lineOf([...earlier.path, 'id'])}`;
        faults.push({
          file: each.file,
          line: each.lineOf(path),
          field: 'id',
          message: `${each.entry.id} stands already at ${where}`,
        });
      }
    }
  };
  const known = (placed: Placed<unknown>, field: string, names: readonly string[], all: ReadonlySet<string>): void => {
    names.forEach((name, index) => {
      if (all.has(name)) return;
      const line = placed.lineOf([...placed.path, field, index]);
      faults.push({ file: placed.file, line, field: `${field}[${index}]`, message: `nothing is called ${name}` });
    });
  };

  const names = await readdir(join(folder, 'articles')).catch(() => [] as string[]);
  const articleFiles = names.filter((name) => name.endsWith('.yaml')).sort();
  if (articleFiles.length === 0) faults.push({ file: 'articles', message: 'holds no .yaml file' });
  const articles: Placed<PackArticle>[] = [];
  for (const name of articleFiles) {
    const file = `articles/${name}`;
    const opened = await open(file, articlesFile, true);
    if (!opened) continue;
    articles.push(
      ...entries(file, 'articles', opened.lineOf, opened.content.articles, articleFields, (id, sample, fields) => ({
        id,
        sample,
        fields: fields as ArticleFields,
      })),
    );
  }
  const programmesRead = await open('programmes.yaml', programmesFile, true);
  const programmes: Placed<PackProgramme>[] = programmesRead
    ? entries(
        'programmes.yaml',
        'programmes',
        programmesRead.lineOf,
        programmesRead.content.programmes,
        programmeFields,
        (id, sample, fields) => ({ id, sample, fields: fields as ProgrammeFields }),
      )
    : [];
  const checkpointsRead = await open('checkpoints.yaml', checkpointsFile, true);
  const vehicleKinds = Object.entries(checkpointsRead?.content.vehicleKinds ?? {}).map(([id, name]) => ({ id, name }));
  const checkpoints: Placed<PackCheckpoint>[] = checkpointsRead
    ? entries(
        'checkpoints.yaml',
        'checkpoints',
        checkpointsRead.lineOf,
        checkpointsRead.content.checkpoints,
        checkpointFields,
        (id, sample, fields) => ({ id, sample, fields }),
      )
    : [];
  const lexiconRead = await open('lexicon.yaml', lexiconFile, false);
  const lexicon: Placed<PackConcept>[] = lexiconRead
    ? entries(
        'lexicon.yaml',
        'concepts',
        lexiconRead.lineOf,
        lexiconRead.content.concepts,
        conceptFields,
        (id, _sample, fields) => ({ id, fields }),
      )
    : [];
  for (const placed of [articles, programmes, checkpoints, lexicon]) once(placed);
  const articleIds = new Set(articles.map((each) => each.entry.id));
  const kindIds = new Set(vehicleKinds.map((kind) => kind.id));
  // References are looked at only in files that were read whole: a fault is named once, where it is.
  if (faults.length === 0) {
    for (const each of programmes) known(each, 'articles', each.entry.fields.articles, articleIds);
    for (const each of checkpoints) known(each, 'allowedVehicles', each.entry.fields.allowedVehicles, kindIds);
  }
  for (const { concept, language, index, word, holder } of wordConflicts(
    lexicon.map(({ entry: { id, fields } }) => ({ id, words: fields.words })),
  )) {
    const placed = lexicon.find((each) => each.entry.id === concept);
    const path = [...(placed?.path ?? []), 'words', language, index];
    const message = `${word} stands in ${holder} already`;
    faults.push({ file: 'lexicon.yaml', line: placed?.lineOf(path) ?? 1, field: pathText(path), message });
  }
  const sampleList = await readSample();
  if (faults.length > 0) throw new PackError(faults);
  return {
    articles: articles.map((each) => each.entry),
    programmes: programmes.map((each) => each.entry),
    vehicleKinds,
    checkpoints: checkpoints.map((each) => each.entry),
    lexicon: lexicon.map((each) => each.entry),
    ...(sampleList ? { sampleList } : {}),
  };

  async function readSample() {
    const lists = await open('lists.yaml', listsFile, false);
    if (!lists) return null;
    const { file, asOf } = lists.content.sample;
    const written = await text(file);
    if (written === null) {
      faults.push({
        file: 'lists.yaml',
        line: lists.lineOf(['sample', 'file']),
        field: 'file',
        message: `${file} is missing`,
      });
      return null;
    }
    const read = readList(file, written, new Set(programmes.map((each) => each.entry.id)));
    if ('rows' in read) return { asOf, rows: read.rows };
    faults.push(...read.faults);
    return null;
  }
};
