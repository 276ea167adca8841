/** What the sources ask the locales for, read from their syntax: whole keys, and keys of which only beginning and end are written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-6';
import { readLocale } from '../../src/i18n.js';
import { projectRoot } from '../../src/project-root.js';

export interface Asked {
  /** "file:key". */
  readonly key: string;
  readonly where: string;
  /** Names of the placeholders that the call fills, where they stand there. */
  readonly values: readonly string[] | 'unknown';
}
export interface Pattern {
  readonly pattern: string;
  readonly where: string;
  fits(key: string): boolean;
}
export interface Scan {
  readonly asked: readonly Asked[];
  readonly patterns: readonly Pattern[];
  /** Every text in quotes that could be a key, also where it reaches its call through a table or a variable. */
  readonly mentioned: ReadonlySet<string>;
}

/** How each room asks: `speech.say(key)` in the dialogue, `t(key)` on the pages. */
const rooms = [
  { folder: 'src/dialogue/', asks: 'say', namespace: 'bot' },
  { folder: 'src/commands/', asks: 'words', namespace: 'lists' },
  { folder: 'src/web/staff/', asks: 't', namespace: 'staff' },
  { folder: 'src/web/', asks: 't', namespace: 'chat' },
] as const;
/** With the file that it stands in: every file of locales is known by its name. */
const wholeKey = new RegExp(`^(?:${Object.keys(readLocale(projectRoot, 'kk')).join('|')}):[\\w.-]+$`);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Literals that an expression can come to: itself, or the branches of a condition. */
const branches = (expression: ts.Expression): ts.Expression[] =>
  ts.isConditionalExpression(expression)
    ? [...branches(expression.whenTrue), ...branches(expression.whenFalse)]
    : ts.isParenthesizedExpression(expression)
      ? branches(expression.expression)
      : [expression];

const namesIn = (values: ts.Expression | undefined): readonly string[] | 'unknown' => {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return 'unknown';
  const names = values.properties.map(
    (property) => property.name && ts.isIdentifier(property.name) && property.name.text,
  );
  return names.every((name) => typeof name === 'string') ? names : 'unknown';
};

const calleeName = (call: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : call.expression.getText();

const scanFile = (file: string, text: string) => {
  const room = rooms.find(({ folder }) => file.startsWith(folder));
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const asked: Asked[] = [];
  const patterns: Pattern[] = [];
  const mentioned = new Set<string>();
  const named = (key: string): string => (wholeKey.test(key) || !room ? key : `${room.namespace}:${key}`);
  const placeOf = (node: ts.Node): string =>
    `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;

  const addPattern = (template: ts.TemplateExpression): void => {
    const parts = [template.head.text, ...template.templateSpans.map((span) => span.literal.text)];
    const [head = ''] = parts;
    // "bot:${key}" alone is the room's own wrapper: it says nothing about which keys are asked for.
    if (/^(?:\w+:)?$/.test(head)) return;
    const pattern = [named(head), ...parts.slice(1)].map(escaped).join('[\\w-]+');
    const expression = new RegExp(`^${pattern}$`);
    patterns.push({ pattern: template.getText(tree), where: placeOf(template), fits: (key) => expression.test(key) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) mentioned.add(named(node.text));
    if (ts.isCallExpression(node)) {
      const callee = calleeName(node);
      const isTexts = callee === 'texts';
      if (isTexts || callee === room?.asks) {
        const [key, values] = isTexts ? node.arguments.slice(1) : node.arguments;
        for (const branch of key ? branches(key) : []) {
          if (ts.isStringLiteralLike(branch)) {
            asked.push({ key: named(branch.text), where: placeOf(node), values: namesIn(values) });
          } else if (ts.isTemplateExpression(branch)) addPattern(branch);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { asked, patterns, mentioned };
};

/** Reads every TypeScript file of `src`. */
export const scanSources = (root: string): Scan => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file}`);
  const scans = files.map((file) => scanFile(file, readFileSync(join(root, file), 'utf8')));
  return {
    asked: scans.flatMap(({ asked }) => asked),
    patterns: scans.flatMap(({ patterns }) => patterns),
    mentioned: new Set(scans.flatMap(({ mentioned }) => [...mentioned])),
  };
};
