/** One trained understanding for all suites of this folder (the pack's articles and checkpoints, and the project's phrasings), and its score on files. */
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { readConfig } from '../../src/config.js';
import { keepModel, modelFolderOfSources, readModel, wholeModel } from '../../src/kept-models.js';
import type { IndexMaterial, Understand } from '../../src/understand/contract.js';
import { type Evaluation, type EvaluationRow, evaluate } from '../../src/understand/evaluate.js';
import { parseEvaluationRows } from '../../src/understand/evaluation-rows.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import type { Model } from '../../src/understand/model.js';
import { serialiseModel } from '../../src/understand/serialise.js';
import { answerAt, clarifyAt } from '../../src/understand/thresholds.js';
import { materialHash, trainIndex } from '../../src/understand/train.js';
import { createUnderstand } from '../../src/understand/understand.js';

/** An article on what the pack says nothing about. */
export const treePlanting: IndexMaterial['articles'][number] = {
  id: 'tree-planting',
  question: { kk: 'Ағаш отырғызу акциясына қалай қатысамын?', ru: 'Как участвовать в акции по посадке деревьев?' },
  examples: {
    kk: ['көшет отырғызуға қайда барамыз', 'ағаш егу акциясы қашан'],
    ru: ['где взять саженцы', 'посадка деревьев когда'],
  },
  keywords: ['көшет', 'саженцы'],
};

/** The content pack as the index gets it from the store. */
export function packMaterial(): IndexMaterial {
  const files = readdirSync('content/articles')
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const articles = files.flatMap(
    (name) =>
      (
        load(readFileSync(`content/articles/${name}`, 'utf8')) as {
          articles: (IndexMaterial['articles'][number] & { keywords: unknown[] })[];
        }
      ).articles,
  );
  const { checkpoints } = load(readFileSync('content/checkpoints.yaml', 'utf8')) as {
    checkpoints: IndexMaterial['checkpoints'][number][];
  };
  const { concepts } = load(readFileSync('content/lexicon.yaml', 'utf8')) as { concepts: IndexMaterial['lexicon'] };
  return {
    articles: articles.map(({ id, question, examples, keywords }) => ({
      id,
      question,
      examples,
      keywords: keywords.map(String),
    })),
    checkpoints: checkpoints.map(({ id, name, aliases, district }) => ({ id, name, aliases, district })),
    lexicon: concepts.map(({ id, words }) => ({ id, words })),
  };
}

const train = async (): Promise<Model> => {
  const material = packMaterial();
  const phrases = await loadPhrases('content/phrases');
  const folder = modelFolderOfSources(readConfig({}).dataDir);
  const hash = materialHash(material, phrases);
  const kept = await readModel(wholeModel(folder, hash));
  if (kept !== null) return kept;
  const trained = trainIndex(material, phrases);
  await keepModel(wholeModel(folder, hash), serialiseModel(trained));
  return trained;
};
let model: Promise<Model> | undefined;
/** Trained once for all processes of a run. */
export function trainedModel(): Promise<Model> {
  model ??= train();
  return model;
}
export const trainedUnderstand = async (): Promise<Understand> => createUnderstand(await trainedModel());

/** Rows of a file of evaluation messages. */
export const evaluationRows = (file: string): readonly EvaluationRow[] =>
  parseEvaluationRows(file, readFileSync(file, 'utf8'));
/** What the door does to digits that may be an IIN. */
export const masked = (text: string): string => text.replace(/(?<!\d)\d{12}(?!\d)/gu, '⟨iin⟩');

/** The understanding alone at the measured thresholds: answered, or asked back with up to three choices. */
export const evaluateAlone = (understand: Understand, rows: readonly EvaluationRow[]): Promise<Evaluation> =>
  evaluate(rows, async ({ text }) => {
    const { candidates, confidence, language } = understand(masked(text), { language: 'kk' });
    const first = candidates[0];
    if (first !== undefined && confidence >= answerAt) return { outcome: first.label, offered: [], language };
    const offered = candidates
      .filter(({ probability }) => probability >= clarifyAt / 4)
      .slice(0, 3)
      .map(({ label }) => label);
    return { outcome: 'clarify', offered, language };
  });
