/** Which control of an article's form is at fault, and the sentence that stands beside it. */
import type { FieldFault } from '../../facts/articles/article-error.js';
import { longest, most } from '../../facts/articles/article-fields.js';
import type { Translate } from './staff-texts.js';

export interface ControlFault {
  /** Name of the control in the form, such as `answerKk`. */
  readonly control: string;
  /** What the field is called, with its language. */
  readonly label: string;
  readonly sentence: string;
}

const languageOf = { kk: 'Kk', ru: 'Ru' } as const;
const isLanguage = (part: string | undefined): part is 'kk' | 'ru' => part === 'kk' || part === 'ru';
const limitOf = (field: string): number => Object.entries(longest).find(([name]) => name === field)?.[1] ?? 0;

/** One for each faulty control, with its first fault: `examples.kk.3` is the fourth line of the control `examplesKk`. */
export const controlFaults = (faults: readonly FieldFault[], t: Translate): readonly ControlFault[] => {
  const found = new Map<string, ControlFault>();
  for (const { field, code } of faults) {
    const [name = '', second] = field.split('.');
    const control = isLanguage(second) ? `${name}${languageOf[second]}` : name;
    if (found.has(control)) continue;
    const label = isLanguage(second) ? `${t(`field.${name}`)} (${t(`language.${second}`)})` : t(`field.${name}`);
    const line = Number(field.split('.').at(-1)) + 1;
    const sentence = t(`fault.${code}`, { limit: code === 'too-many' ? most : limitOf(name) });
    const part = name === 'keywords' ? 'fault.inWord' : 'fault.inLine';
    found.set(control, { control, label, sentence: line > 0 ? t(part, { number: line, sentence }) : sentence });
  }
  return [...found.values()];
};
