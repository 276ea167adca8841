/** What a specialist should see before a reply leaves: another language than the resident's, an IIN, somebody's telephone. */
import type { Language } from '../../language.js';
import type { Understand } from '../../understand/contract.js';

export type ReplyWarning = 'language' | 'iin' | 'phone';

/** Kazakh mobile numbers, as people write them; town numbers and short ones belong to offices. */
const mobile = /(?:\+7|\b8|\b7)[\s(-]*7\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b/;
/** Words from which on the language of a text is believed. */
const leastWords = 3;

export interface ReplyWarningsParts {
  readonly understand: Understand;
  /** Whether the text holds digits that may be an IIN. */
  readonly holdsIin: (text: string) => boolean;
}

export const createReplyWarnings =
  ({ understand, holdsIin }: ReplyWarningsParts) =>
  (text: string, reads: Language): readonly ReplyWarning[] => {
    const { language, languageShown } = understand(text, { language: reads });
    const isLong = (text.match(/\p{L}+/gu) ?? []).length >= leastWords;
    return [
      ...(isLong && languageShown && language !== reads ? (['language'] as const) : []),
      ...(holdsIin(text) ? (['iin'] as const) : []),
      ...(mobile.test(text) ? (['phone'] as const) : []),
    ];
  };
export type ReplyWarnings = ReturnType<typeof createReplyWarnings>;
