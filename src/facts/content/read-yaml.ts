/** Reads one YAML file of a pack against its schema and keeps the line of every field. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { PackFault } from './pack-error.js';

/** Tells the line of a path inside the file; of the nearest part of it that exists. */
export type LineOf = (path: readonly PropertyKey[]) => number;
export interface YamlFile {
  readonly content: unknown;
  readonly lineOf: LineOf;
}

const sentences: Readonly<Record<string, string>> = {
  empty: 'is empty',
  'too-long': 'is too long',
  'too-many': 'are too many',
  'no-word': 'is no single word of two letters or more',
  'no-such-day': 'is no day that exists (YYYY-MM-DD)',
  'no-such-instant': 'is no date and time with offset (2020-04-23T08:00:00+05:00)',
  'before-verified': 'lies before verifiedOn',
  'bad-id': 'must be lower-case Latin words joined by dashes',
  'bad-hours': 'must be "24/7" or "HH:MM-HH:MM"',
  'bad-intent': 'must be of the form service:eligibility-NAME',
  'unknown-placeholder': 'holds a {{placeholder}} that nothing fills',
  'unknown-missing': 'lacks the text `unknown` for a missing reason',
};

/** articles[3].answer.kk */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** The faults that a schema found below `at`, with their lines. */
export const schemaFaults = (
  file: string,
  error: z.ZodError,
  lineOf: LineOf,
  at: readonly PropertyKey[] = [],
): PackFault[] =>
  error.issues.map((issue) => {
    const path = [...at, ...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
    return { file, line: lineOf(path), field: pathText(path), message: sentences[issue.message] ?? issue.message };
  });

/** The parsed file, or what is wrong with its YAML. */
export const readYaml = (
  file: string,
  text: string,
): { readonly yaml: YamlFile } | { readonly faults: PackFault[] } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      message: `is no YAML: ${error.message}`,
    }));
    return { faults };
  }
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : safely(() => document.getIn(path.slice(0, length), true));
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const content = safely(() => document.toJS({ maxAliasCount: 1000 }) as unknown);
  return { yaml: { content, lineOf } };
};

const safely = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
