/** How residents asked lately for what an article answers: for editors who look for phrasings. */
import type { Store } from '../../store/store.js';

/** So many of the latest messages are looked through, and so many different ones shown. */
const looked = 500;
const shown = 10;

export const createAskedLately =
  (messages: Pick<Store['messages'], 'latestTexts'>) =>
  /** Masked texts that were answered from the article, the latest first, each once. */
  async (id: string): Promise<readonly string[]> => {
    const latest = await messages.latestTexts(looked);
    const texts = latest.filter(({ outcome }) => outcome === `faq:${id}`).map(({ text }) => text);
    return [...new Set(texts)].slice(0, shown);
  };
export type AskedLately = ReturnType<typeof createAskedLately>;
