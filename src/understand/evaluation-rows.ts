/** Reads a file of evaluation messages (tab-separated: id, text, lang, expected, traits, perhaps after) into rows. */
import { languages } from '../language.js';
import type { EvaluationRow } from './evaluate.js';
import { isLabel } from './phrases.js';

const heading = ['id', 'text', 'lang', 'expected', 'traits'];
/** A column that a file may have beside them, as its last. */
const optional = 'after';

/**
 * Rows of a TSV text, in order. The first line must name the columns; blank lines are passed over; traits are parted by commas; `after`
 * (a column that may be missing) is the id of the article answered before.
 * Throws an Error that names file, line and column where something is wrong.
 */
export function parseEvaluationRows(file: string, text: string): EvaluationRow[] {
  const problem = (line: number, sentence: string): Error => new Error(`${file}, line ${line}: ${sentence}`);
  const lines = text.replace(/^\ufeff/u, '').split(/\r?\n/u);
  const first = (lines[0] ?? '').split('\t').map((cell) => cell.trim());
  if (heading.some((name, at) => first[at] !== name)) {
    throw problem(1, `the first line must name the columns: ${heading.join(', ')} (parted by tabs).`);
  }
  const columns = heading.length + (first[heading.length] === optional ? 1 : 0);
  const ids = new Set<string>();
  return lines.slice(1).flatMap((line, at) => {
    const number = at + 2;
    if (line.trim() === '') return [];
    const cells = line.split('\t');
    if (cells.length < 4 || cells.length > columns)
      throw problem(number, `has ${cells.length} columns, not ${columns}.`);
    const [id = '', message = '', lang = '', expected = '', traits = '', after = ''] = cells.map((cell) => cell.trim());
    if (id === '') throw problem(number, 'id is empty.');
    if (ids.has(id)) throw problem(number, `id "${id}" stands twice.`);
    ids.add(id);
    if (message === '') throw problem(number, 'text is empty.');
    const language = languages.find((known) => known === lang);
    if (language === undefined) throw problem(number, `lang "${lang}" must be one of ${languages.join(', ')}.`);
    if (!isLabel(expected)) throw problem(number, `expected "${expected}" is no label.`);
    return [
      {
        id,
        text: message,
        language,
        expected,
        traits: traits
          .split(',')
          .map((trait) => trait.trim())
          .filter((trait) => trait !== ''),
        ...(after === '' ? {} : { after }),
      },
    ];
  });
}
