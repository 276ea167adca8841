/** A lexicon tried out before it is public: which of the latest messages of residents would be understood differently with it. */
import type { Language } from '../language.js';
import type { LiveIndex } from '../live-index.js';
import type { Store } from '../store/store.js';
import { type Comparison, compareUnderstandings } from '../understand/compare.js';
import type { IndexMaterial } from '../understand/contract.js';

/** So many of the latest messages are read. */
export const messagesRead = 200;

export interface TryLexiconParts {
  readonly store: { readonly messages: Pick<Store['messages'], 'latestTexts'> };
  readonly index: Pick<LiveIndex, 'understand' | 'trial'>;
  readonly defaultLanguage: Language;
}
/** Trains an understanding aside, which takes seconds; the one in use stays as it is. */
export type TryLexicon = (lexicon: IndexMaterial['lexicon']) => Promise<Comparison>;

export const createTryLexicon =
  ({ store, index, defaultLanguage }: TryLexiconParts): TryLexicon =>
  async (lexicon) => {
    const messages = await store.messages.latestTexts(messagesRead);
    const after = await index.trial({ lexicon });
    return compareUnderstandings(
      messages.map(({ text, language }) => ({ text, language: language ?? defaultLanguage })),
      index.understand,
      after,
    );
  };
