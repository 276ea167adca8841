/** The page as a browser gets it: the files of `page/`, with their types taken away. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-6';

const folder = fileURLToPath(new URL('./page/', import.meta.url));
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true };

/** JavaScript by the path it is served at. */
export const pageFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(folder).map((name) => [
    `/page/${name.replace(/\.ts$/, '.js')}`,
    ts.transpileModule(readFileSync(`${folder}${name}`, 'utf8'), { compilerOptions }).outputText,
  ]),
);
export const pageHtml =
  '<!doctype html><html><head><meta charset="utf-8"><title>WhatsApp (simulated)</title></head><body><script type="module" src="/page/start.js"></script></body></html>';
