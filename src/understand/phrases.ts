/** Reads files of training phrasings: a YAML map from label to phrasings in both languages. Pure; `load-phrases.ts` finds the files. */
import { load, YAMLException } from 'js-yaml';
import { type Language, languages } from '../language.js';
import type { Label } from './contract.js';

/** One way residents put something, and the label it carries. */
export interface TrainingPhrase {
  readonly label: Label;
  readonly language: Language;
  readonly text: string;
}

const services: ReadonlySet<string> = new Set([
  'service:eligibility',
  'service:checkpoint-nearest',
  'service:human',
  'service:language',
  'service:menu',
  'service:stop',
  'small:greeting',
  'small:thanks',
  'small:bye',
  'escalate',
  'ignore-offtopic',
]);
/** Whether a text is a label a message can carry; any article id may follow `faq:`, any payment's name `service:eligibility-`. */
export const isLabel = (text: string): text is Label =>
  services.has(text) || /^(?:faq:|service:eligibility-)[a-z0-9][a-z0-9-]*$/u.test(text);

const problem = (file: string, sentence: string): Error => new Error(`${file}: ${sentence}`);

/**
 * The phrasings of one YAML file (`label: { kk: [...], ru: [...] }`), in order.
 * Throws an Error whose message names the file and the label or line that is wrong.
 */
export function parsePhrases(file: string, yaml: string): TrainingPhrase[] {
  let content: unknown;
  try {
    content = load(yaml);
  } catch (error) {
    if (error instanceof YAMLException) throw problem(file, error.message.split('\n')[0] ?? 'is no YAML');
    throw error;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw problem(file, 'must be a map from label to phrasings.');
  return Object.entries(content).flatMap(([label, byLanguage]) => {
    if (!isLabel(label)) throw problem(file, `"${label}" is no label.`);
    if (typeof byLanguage !== 'object' || byLanguage === null || Array.isArray(byLanguage)) {
      throw problem(file, `"${label}" must be a map with kk and ru.`);
    }
    const unknown = Object.keys(byLanguage).find((key) => !(languages as readonly string[]).includes(key));
    if (unknown !== undefined) throw problem(file, `"${label}" has the unknown language "${unknown}".`);
    return languages.flatMap((language) =>
      phrasesOf(file, label, language, (byLanguage as Record<string, unknown>)[language]),
    );
  });
}

function phrasesOf(file: string, label: Label, language: Language, list: unknown): TrainingPhrase[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw problem(file, `"${label}" ${language} must be a list.`);
  return list.map((entry: unknown, at) => {
    // YAML reads 42500 as a number; a resident may write just that.
    if (typeof entry !== 'string' && typeof entry !== 'number') {
      throw problem(file, `"${label}" ${language}, phrasing ${at + 1} must be a text (put it in quotes).`);
    }
    return { label, language, text: String(entry) };
  });
}
