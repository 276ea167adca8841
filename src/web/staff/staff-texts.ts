/** How the staff pages ask for a sentence in the reader's language: of staff.yaml by its key alone, of another file as `file:key`. */
import type { Language } from '../../language.js';
import type { WebTexts } from '../texts.js';

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;
export const translator =
  (texts: WebTexts, language: Language): Translate =>
  (key, values) =>
    texts(language, key.includes(':') ? key : `staff:${key}`, values);
