/** The two languages that residents and staff read; every sentence of the service exists in both. */
export const languages = ['kk', 'ru'] as const;
export type Language = (typeof languages)[number];
export const otherLanguage = (language: Language): Language => (language === 'kk' ? 'ru' : 'kk');
/** A text that exists in both languages. */
export type Bilingual = Record<Language, string>;
