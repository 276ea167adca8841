/** Two peers that are trained on the same samples, for a measurement side by side: a full-text index and an intent classifier. */
import { dockStart } from '@nlpjs/basic';
import MiniSearch from 'minisearch';
import type { Sample } from '../understand/samples.js';

/** The likeliest label and how sure it is (of its own measure), for one message. */
export interface Peer {
  readonly name: string;
  readonly first: (text: string) => Promise<{ readonly label: string; readonly score: number } | undefined>;
}

/** MiniSearch over the phrasings, with prefixes and fuzziness; the label of the best one. */
const miniSearch = (samples: readonly Sample[]): Peer => {
  const index = new MiniSearch({
    fields: ['text'],
    storeFields: ['label'],
    searchOptions: { prefix: true, fuzzy: 0.2 },
  });
  index.addAll(samples.map(({ text, label }, id) => ({ id, text, label })));
  return {
    name: 'minisearch',
    first: async (text) => {
      const [best] = index.search(text);
      return best && { label: String(best.label), score: best.score };
    },
  };
};

/** nlp.js with its own tokens and stems; it knows no Kazakh, so both languages are one to it. */
const nlpJs = async (samples: readonly Sample[]): Promise<Peer> => {
  // Each epoch of its training would be a line on stdout.
  const settings = { nlp: { forceNER: false, autoSave: false, nlu: { log: false } } };
  const dock = await dockStart({ settings, use: ['Basic'] });
  const nlp = dock.get('nlp');
  nlp.settings.autoSave = false;
  nlp.settings.log = false;
  nlp.addLanguage('ru');
  for (const { text, label } of samples) nlp.addDocument('ru', text, label);
  await nlp.train();
  return {
    name: '@nlpjs/basic',
    first: async (text) => {
      const { intent, score } = await nlp.process('ru', text);
      return { label: intent, score };
    },
  };
};

export const trainPeers = async (samples: readonly Sample[]): Promise<readonly Peer[]> => [
  miniSearch(samples),
  await nlpJs(samples),
];
