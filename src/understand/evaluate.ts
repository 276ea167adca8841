/** Counts how well decisions meet expectations; pure, used by the command `evaluate` and by the tests. */
import type { Language } from '../language.js';
import type { Label } from './contract.js';

export interface EvaluationRow {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
  readonly expected: Label;
  readonly traits: readonly string[];
  /** Id of the article that was answered just before, for follow-ups. */
  readonly after?: string;
}
/** What the service made of one row. */
export interface EvaluatedOutcome {
  readonly outcome: Label | 'clarify';
  /** Labels behind the offered choices; empty unless it asked back. */
  readonly offered: readonly Label[];
  readonly language: Language;
}
export interface Counts {
  readonly total: number;
  readonly right: number;
  readonly wrong: number;
  readonly clarifiedWithRight: number;
  readonly clarifiedWithout: number;
  /** Handed over though another label was expected. */
  readonly escalated: number;
  /** Rows answered in the right language. */
  readonly language: number;
}
export interface Confusion {
  readonly expected: Label;
  readonly outcome: Label | 'clarify';
  readonly count: number;
  /** Rows' ids, in order. */
  readonly ids: readonly string[];
}
export interface Evaluation extends Counts {
  readonly byLanguage: Readonly<Record<string, Counts>>;
  readonly byTrait: Readonly<Record<string, Counts>>;
  readonly byLabel: Readonly<Record<string, Counts>>;
  /** Most frequent first; rightly offered choices are no confusion. */
  readonly confusions: readonly Confusion[];
}

const none: Counts = {
  total: 0,
  right: 0,
  wrong: 0,
  clarifiedWithRight: 0,
  clarifiedWithout: 0,
  escalated: 0,
  language: 0,
};
type Verdict = Exclude<keyof Counts, 'total' | 'language'>;

/** How one row counts: exactly one verdict. */
export function verdictOf(row: EvaluationRow, { outcome, offered }: EvaluatedOutcome): Verdict {
  if (outcome === row.expected) return 'right';
  if (outcome === 'clarify') return offered.includes(row.expected) ? 'clarifiedWithRight' : 'clarifiedWithout';
  return outcome === 'escalate' ? 'escalated' : 'wrong';
}

/** Decides every row in order and counts. right + wrong + clarifiedWithRight + clarifiedWithout + escalated = total, in every part. */
export async function evaluate(
  rows: readonly EvaluationRow[],
  decide: (row: EvaluationRow) => EvaluatedOutcome | Promise<EvaluatedOutcome>,
): Promise<Evaluation> {
  let all = none;
  const parts = {
    byLanguage: new Map<string, Counts>(),
    byTrait: new Map<string, Counts>(),
    byLabel: new Map<string, Counts>(),
  };
  const confusions = new Map<string, Confusion>();
  for (const row of rows) {
    const outcome = await decide(row);
    const verdict = verdictOf(row, outcome);
    const rightLanguage = outcome.language === row.language ? 1 : 0;
    const counted = (counts: Counts): Counts => ({
      ...counts,
      total: counts.total + 1,
      [verdict]: counts[verdict] + 1,
      language: counts.language + rightLanguage,
    });
    const countIn = (part: Map<string, Counts>, key: string): void => {
      part.set(key, counted(part.get(key) ?? none));
    };
    all = counted(all);
    countIn(parts.byLanguage, row.language);
    countIn(parts.byLabel, row.expected);
    for (const trait of row.traits) countIn(parts.byTrait, trait);
    if (verdict === 'right' || verdict === 'clarifiedWithRight') continue;
    const key = `${row.expected} ${outcome.outcome}`;
    const known = confusions.get(key);
    confusions.set(key, {
      expected: row.expected,
      outcome: outcome.outcome,
      count: (known?.count ?? 0) + 1,
      ids: [...(known?.ids ?? []), row.id],
    });
  }
  const sorted = (part: Map<string, Counts>): Record<string, Counts> =>
    Object.fromEntries([...part].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...all,
    byLanguage: sorted(parts.byLanguage),
    byTrait: sorted(parts.byTrait),
    byLabel: sorted(parts.byLabel),
    confusions: [...confusions.values()].sort((a, b) => b.count - a.count),
  };
}

const columns = ['total', 'right', 'wrong', 'clarifiedWithRight', 'clarifiedWithout', 'escalated', 'language'] as const;
const headings = ['total', 'right', 'wrong', 'asked+', 'asked-', 'handed over', 'language'];

/** A table for people: all, then by language, trait and label, then the worst confusions. */
export function formatEvaluation(evaluation: Evaluation, worst = 12): string {
  const lines: string[][] = [['', ...headings]];
  const line = (name: string, counts: Counts): void => {
    const share = (value: number): string =>
      counts.total === 0 ? '' : ` ${((100 * value) / counts.total).toFixed(1)}%`;
    lines.push([
      name,
      ...columns.map((column, at) => (at === 0 ? `${counts.total}` : `${counts[column]}${share(counts[column])}`)),
    ]);
  };
  line('all', evaluation);
  for (const [title, part] of [
    ['language', evaluation.byLanguage],
    ['trait', evaluation.byTrait],
    ['label', evaluation.byLabel],
  ] as const) {
    lines.push([`by ${title}`]);
    for (const [name, counts] of Object.entries(part)) line(`  ${name}`, counts);
  }
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  const table = lines.map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
  const confusions = evaluation.confusions
    .slice(0, worst)
    .map(
      ({ expected, outcome, count, ids }) => `  ${count}  ${expected} -> ${outcome}  (${ids.slice(0, 8).join(', ')})`,
    );
  return [...table, '', 'worst confusions', ...(confusions.length > 0 ? confusions : ['  none'])].join('\n');
}
