/** How pages ask for a sentence: the key names file and entry of `locales`, such as `chat:send`. */
export type { Texts as WebTexts } from '../i18n.js';
