/** What the two list commands share: their arguments, the installation's programmes, and findings as sentences or JSON. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClocks } from '../clock.js';
import { type Config, readConfig, readEnvironment } from '../config.js';
import { readPack } from '../facts/content/read-pack.js';
import { dayAt } from '../facts/day.js';
import { type ListStatus, statuses } from '../facts/eligibility/programme-fields.js';
import type { ListProgramme } from '../facts/lists/check-rows.js';
import { type ColumnMapping, listFields } from '../facts/lists/columns.js';
import type { CellFault, Finding, ListCounts, UnreadableList } from '../facts/lists/findings.js';
import { loadTexts, type Texts } from '../i18n.js';
import { maskText } from '../inbound/mask.js';
import { withDots } from '../inbound/masked.js';
import type { Language } from '../language.js';
import { projectRoot } from '../project-root.js';
import { CommandMisused } from './command-misused.js';
import { folderFrom } from './content-command.js';

export interface ListArguments {
  readonly path: string;
  readonly programmeId: string;
  /** YYYY-MM-DD; today in the region unless it was told. */
  readonly asOf: string;
  readonly json: boolean;
  readonly sheet?: string | undefined;
  readonly mapping?: ColumnMapping | undefined;
  readonly confirmed: boolean;
  readonly config: Config;
}
const options = {
  programme: { type: 'string' },
  json: { type: 'boolean', default: false },
  'as-of': { type: 'string' },
  sheet: { type: 'string' },
  columns: { type: 'string' },
  status: { type: 'string' },
  'confirm-shrink': { type: 'boolean', default: false },
} as const;

/** @throws CommandMisused with the usage */
export const readListArguments = (usage: string): ListArguments => {
  const parse = () => {
    try {
      return parseArgs({ allowPositionals: true, options });
    } catch {
      throw new CommandMisused(usage);
    }
  };
  const { values, positionals } = parse();
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0 || values.programme === undefined) throw new CommandMisused(usage);
  const config = readConfig(readEnvironment());
  const path = folderFrom(file, '.');
  if (!existsSync(path)) throw new CommandMisused(`There is no file ${path}.`);
  const asOf = values['as-of'] ?? dayAt(systemClocks.business.now(), config.timeZone);
  if (!/^\d{4}-\d\d-\d\d$/.test(asOf) || Number.isNaN(Date.parse(asOf))) throw new CommandMisused(usage);
  const mapping = mappingOf(values.columns, values.status, usage);
  return {
    path,
    programmeId: values.programme,
    asOf,
    json: values.json,
    sheet: values.sheet,
    mapping,
    confirmed: values['confirm-shrink'],
    config,
  };
};

const mappingOf = (
  written: string | undefined,
  wanted: string | undefined,
  usage: string,
): ColumnMapping | undefined => {
  if (written === undefined && wanted === undefined) return undefined;
  const status = statuses.find((each) => each === wanted);
  if (wanted !== undefined && !status) throw new CommandMisused(`${usage}\nStatuses: ${statuses.join(', ')}.`);
  const pairs = (written ?? '').split(',').filter((part) => part.trim() !== '');
  const columns = pairs.map((pair) => {
    const [field = '', ...name] = pair.split('=');
    const known = listFields.find((each) => each === field.trim());
    if (!known || name.length === 0) throw new CommandMisused(`${usage}\nFields: ${listFields.join(', ')}.`);
    return [known, name.join('=').trim()] as const;
  });
  return { columns: Object.fromEntries(columns), ...(status ? { status } : {}) };
};

/** Whether this project was started before, or is told of a database: then its own programmes and columns count. */
export const isInstalled = ({ mongodbUri, secretsFile }: Config): boolean =>
  mongodbUri !== undefined || existsSync(secretsFile);

/** The programmes of the starter content, for a check before the first start. */
export const starterProgrammes = async (): Promise<readonly ListProgramme[]> =>
  (await readPack(join(projectRoot, 'content'))).programmes.map(({ id, fields }) => ({
    id,
    amount: fields.amount,
    shortName: fields.shortName,
    statuses: fields.statuses,
    statusNames: fields.statusNames,
  }));

/** Nothing is compared by it, so the key does not matter. */
export const maskCell = (text: string): string => withDots(maskText(text, { secret: '', expectsIin: true }).text);

const out = (text: string): void => void process.stdout.write(text);

export interface Reporter {
  find(findings: readonly Finding[]): void;
  counted(counts: ListCounts, more?: object): void;
  unreadable(error: Pick<UnreadableList, 'code' | 'names'>): void;
}
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** One JSON object, written as it is found: a file of a million faults takes no more memory than one of none. */
export const jsonReporter = (programmeId: string): Reporter => {
  const others: { line: number; kind: string; other: number }[] = [];
  let written = 0;
  out(`{"programme":${JSON.stringify(programmeId)},"rejected":[`);
  const end = (counts: Omit<ListCounts, 'rejected'>, more: object): void => {
    const lines = (kind: string) =>
      others.filter((each) => each.kind === kind).map(({ line, other }) => ({ line, other }));
    const rest = {
      loaded: counts.loaded,
      duplicates: counts.duplicates,
      conflicts: counts.conflicts,
      duplicateLines: lines('duplicate'),
      conflictLines: lines('conflict'),
      ...more,
    };
    out(`],${JSON.stringify(rest).slice(1)}\n`);
  };
  return {
    find(findings) {
      for (const finding of findings) {
        if (finding.kind !== 'rejected') others.push(finding);
        else {
          const { kind: _, line, column = null, ...rest } = finding;
          out(`${written > 0 ? ',' : ''}\n${JSON.stringify({ line, column, ...rest })}`);
          written += 1;
        }
      }
    },
    counted: (counts, more = {}) => end(counts, more),
    unreadable: ({ code, names }) => end({ loaded: 0, duplicates: 0, conflicts: 0 }, { file: { code, names } }),
  };
};

const shownFindings = 100;
/** Sentences for a person, the first faults by name. */
export const sentenceReporter = (words: Say): Reporter => {
  let [shown, hidden] = [0, 0];
  return {
    find(findings) {
      for (const finding of findings) {
        if (shown >= shownFindings) {
          hidden += 1;
          continue;
        }
        shown += 1;
        out(`${findingSentence(words, finding)}\n`);
      }
    },
    counted({ loaded, duplicates, conflicts, rejected }) {
      if (hidden > 0) out(`${words('command.more', { count: hidden })}\n`);
      out(`${words('command.counts', { loaded, duplicates, conflicts, rejected })}\n`);
    },
    unreadable(error) {
      out(`${fileSentence(words, error)}\n`);
      if (error.code === 'mapping-needed') out(`${words('command.columns', { fields: listFields.join(', ') })}\n`);
    },
  };
};

export const fileSentence = (
  words: Say,
  { code, names }: { readonly code: string; readonly names: readonly string[] },
): string => words(`file.${code}`, { names: names.join(', ') });

const faultSentence = (words: Say, { code, detail = '' }: CellFault): string => words(`fault.${code}`, { detail });
const findingSentence = (words: Say, finding: Finding): string => {
  const fault =
    finding.kind === 'rejected'
      ? [finding, ...(finding.more ?? [])].map((each) => faultSentence(words, each)).join('; ')
      : words(`finding.${finding.kind}`, { other: finding.other });
  return words('command.line', { line: finding.line, column: finding.column ?? words('finding.row'), fault });
};

/** Sentences of lists.yaml in the installation's default language. */
export const listSentences = (language: Language, texts: Texts = loadTexts(projectRoot)): Say => {
  return (key, values) => texts(language, `lists:${key}`, values);
};
export const knownWords = (programmes: readonly ListProgramme[]) => ({
  programmes: programmes.map(({ id }) => id).join(', '),
  statuses: [...new Set<ListStatus>(programmes.flatMap((each) => each.statuses))].join(', '),
});
