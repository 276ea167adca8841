/** How pages ask for a sentence: the key names file and entry of `locales`, such as `chat:send`. */
import type { Language } from '../language.js';

export type WebTexts = (language: Language, key: string, values?: Readonly<Record<string, string | number>>) => string;
