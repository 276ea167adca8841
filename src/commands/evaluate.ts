/**
 * `npm run -s evaluate -- FILE.tsv [--json]`: each row through the real understanding and first decision, a fresh resident each, on a
 * throw-away engine.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Turn } from '../dialogue/contract.js';
import { freshState } from '../dialogue/state.js';
import type { Label } from '../understand/contract.js';
import { type EvaluatedOutcome, type EvaluationRow, evaluate, formatEvaluation } from '../understand/evaluate.js';
import { parseEvaluationRows } from '../understand/evaluation-rows.js';
import { CommandMisused } from './command-misused.js';
import { runCommand, type TemporaryService, withTemporaryService } from './temporary-service.js';

const usage =
  'Usage: npm run -s evaluate -- FILE.tsv [--json]   (columns: id, text, lang, expected, traits, perhaps after)';

const readRows = async (file: string): Promise<readonly EvaluationRow[]> => {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CommandMisused(`${file} cannot be read (${error.message}).\n${usage}`);
  });
  return parseEvaluationRows(file, text);
};

/** The first decision on the row's text: the same door, understanding and dialogue as in service, without a waiting window. */
const decideRow = async ({ core, config }: TemporaryService, row: EvaluationRow): Promise<EvaluatedOutcome> => {
  const contactId = randomUUID();
  const context = row.after === undefined ? {} : { article: row.after };
  const masked = core.mask(contactId, row.text, false);
  const understanding = core.index.understand(masked.text, { language: config.defaultLanguage, ...context });
  const turn: Turn = { messages: [row.id], ...masked, understanding, settled: true };
  const { settled } = await core.decideTurn({
    contactId,
    state: { ...freshState, ...context },
    resident: { stopped: false, openTickets: [], heldBySpecialist: false },
    turn,
    mode: 'answers',
  });
  const open = settled.state.expecting;
  const offered: Label[] =
    settled.outcome === 'clarify' && open?.kind === 'choice'
      ? open.choices.flatMap(({ meaning }) => (meaning.kind === 'label' ? [meaning.label] : []))
      : [];
  return { outcome: settled.outcome, offered, language: settled.reply?.language ?? understanding.language };
};

runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new CommandMisused(usage);
  const rows = await readRows(file);
  await withTemporaryService(async (service) => {
    const result = await evaluate(rows, (row) => decideRow(service, row));
    if (!values.json) return void process.stdout.write(`${formatEvaluation(result)}\n`);
    const { total, right, wrong, clarifiedWithRight, clarifiedWithout, escalated, language, byTrait, byLabel } = result;
    process.stdout.write(
      `${JSON.stringify({ total, right, wrong, clarifiedWithRight, clarifiedWithout, escalated, language, byTrait, byLabel })}\n`,
    );
  });
});
