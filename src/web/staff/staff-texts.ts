/** How the staff pages ask for a sentence of locales/{kk,ru}/staff.yaml in the reader's language. */
import type { Language } from '../../language.js';
import type { WebTexts } from '../texts.js';

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;
export const translator =
  (texts: WebTexts, language: Language): Translate =>
  (key, values) =>
    texts(language, `staff:${key}`, values);
