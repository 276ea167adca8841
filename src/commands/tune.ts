/**
 * `npm run -s tune -- [--write] [--folds N] [--seed N]`: thresholds of the dialogue from messages that the model was not trained on. Prints
 * the report; with --write it goes to docs/tuning.md with its curve, and the proposal into src/understand/thresholds.ts. Minutes of work.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import type { Language } from '../language.js';
import { projectRoot } from '../project-root.js';
import { parseEvaluationRows } from '../understand/evaluation-rows.js';
import { finished } from '../understand/finished.js';
import { foldsOf } from '../understand/folds.js';
import { mistyped } from '../understand/mistyped.js';
import { masked, samplesOf } from '../understand/samples.js';
import { seededRandom } from '../understand/seeded-random.js';
import * as inUse from '../understand/thresholds.js';
import { createTrainer } from '../understand/trainer.js';
import { type Judged, judge, proposeThresholds, type Thresholds } from '../understand/tuning.js';
import { curvePicture, type Tuning, tuningReport } from '../understand/tuning-report.js';
import { createUnderstand } from '../understand/understand.js';
import { CommandMisused } from './command-misused.js';
import { packMaterial } from './pack-material.js';
import { runCommand } from './temporary-service.js';

const usage = 'Usage: npm run -s tune -- [--write] [--folds 2–20] [--seed N]';
const development = 'test/evaluation/development.tsv';
const files = {
  report: 'docs/tuning.md',
  picture: 'docs/pictures/tuning.svg',
  thresholds: 'src/understand/thresholds.ts',
} as const;

const number = (text: string | undefined, fallback: number, least: number, most: number): number => {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new CommandMisused(usage);
  return value;
};

/** The pack's phrasings, each read by a model that was trained on the other folds, as they stand and mistyped. */
const crossValidated = async (folds: number, seed: number, language: Language) => {
  const { material, phrases } = await packMaterial();
  const samples = samplesOf(material, phrases);
  const foldOf = foldsOf(samples, folds, seed);
  const random = seededRandom(seed);
  const plain: Judged[] = [];
  const slipped: Judged[] = [];
  // Keywords are no messages: they are learnt from in every fold.
  const isAsked = (fold: number) => (sample: { readonly weight: number }, at: number) =>
    foldOf[at] === fold && sample.weight === 1;
  for (let fold = 0; fold < folds; fold += 1) {
    process.stderr.write(`fold ${fold + 1} of ${folds}\n`);
    const asked = samples.filter(isAsked(fold));
    const learnt = samples.filter((sample, at) => !isAsked(fold)(sample, at));
    const understand = createUnderstand(finished(createTrainer().train(learnt, material, 'whole')));
    plain.push(...judge(understand, asked, language));
    const typed = asked.map((sample) => ({ ...sample, text: mistyped(sample.text, random) }));
    slipped.push(...judge(understand, typed, language));
  }
  const whole = createUnderstand(finished(createTrainer().train(samples, material, 'whole')));
  return { plain, slipped, whole };
};

const developmentMessages = async () => {
  const rows = parseEvaluationRows(development, await readFile(join(projectRoot, development), 'utf8'));
  return rows.map(({ text, expected, language }) => ({
    text: masked(text),
    label: expected,
    language,
  }));
};

const write = async (tuning: Tuning, { answerAt, clarifyAt }: Thresholds): Promise<void> => {
  const path = (file: string): string => join(projectRoot, file);
  const source = await readFile(path(files.thresholds), 'utf8');
  await writeFile(path(files.report), tuningReport(tuning, 'pictures/tuning.svg'));
  await writeFile(path(files.picture), curvePicture(tuning));
  await writeFile(
    path(files.thresholds),
    source
      .replace(/answerAt = [\d.]+;/u, `answerAt = ${answerAt};`)
      .replace(/clarifyAt = [\d.]+;/u, `clarifyAt = ${clarifyAt};`),
  );
  process.stderr.write(`Written: ${Object.values(files).join(', ')}. Run the tests, and look at git diff.\n`);
};

runCommand(async () => {
  const { values } = parseArgs({
    options: { write: { type: 'boolean' }, folds: { type: 'string' }, seed: { type: 'string' } },
  });
  const folds = number(values.folds, 5, 2, 20);
  const seed = number(values.seed, 20_200_424, 1, 2 ** 31 - 1);
  const language = readConfig({}).defaultLanguage;
  const { plain, slipped, whole } = await crossValidated(folds, seed, language);
  const tuning: Tuning = {
    measured: [
      { name: 'phrasings left out', judged: plain },
      { name: 'the same, mistyped', judged: slipped },
      { name: 'development messages', judged: judge(whole, await developmentMessages(), language) },
    ],
    proposed: proposeThresholds(plain, inUse),
    inUse,
    folds,
    seed,
  };
  process.stdout.write(tuningReport(tuning, files.picture));
  if (values.write) await write(tuning, tuning.proposed);
});
