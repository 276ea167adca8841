/** The report of a tuning, for people: a page of Markdown with its tables, and the curve as a picture. Pure. */
import { calibrationOf, costOf, costs, curveOf, type Judged, pointAt, type Thresholds } from './tuning.js';

/** One kind of messages that was judged. */
export interface Measured {
  readonly name: string;
  readonly judged: readonly Judged[];
}
export interface Tuning {
  /** The first is what the thresholds are chosen by. */
  readonly measured: readonly Measured[];
  readonly proposed: Thresholds;
  readonly inUse: Thresholds;
  readonly folds: number;
  readonly seed: number;
}

const percent = (share: number): string => (share * 100).toFixed(1);
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const firsts = ({ name, judged }: Measured, { answerAt }: Thresholds): readonly (string | number)[] => {
  const share = (holds: (one: Judged) => boolean): string => percent(judged.filter(holds).length / judged.length);
  const { right, wrong, askedWithRight } = pointAt(judged, answerAt);
  return [
    name,
    judged.length,
    share((one) => one.right),
    share((one) => one.offered),
    percent(right),
    percent(wrong),
    percent(right + askedWithRight),
  ];
};

const pictured = 'Share of wrong answers over the share of answered messages';

/** The page; `picture` is the address of the curve. */
export function tuningReport({ measured, proposed, inUse, folds, seed }: Tuning, picture: string): string {
  const [chosenBy] = measured;
  if (chosenBy === undefined) return '';
  return `# How sure is sure enough

Written by \`npm run tune -- --write\`. The thresholds of the dialogue (\`src/understand/thresholds.ts\`) come from messages that the model
was not trained on: the pack's own phrasings in ${folds} parts (near-duplicates in one part, seed ${seed}), each part read by a model that was
trained on the others. Phrasings of the pack are harder than what residents write, since what is like them was left out too.

**Proposed: answer from ${proposed.answerAt}, offer choices from ${proposed.clarifyAt}.** In use before: ${inUse.answerAt} and ${inUse.clarifyAt}.
The proposal costs least at ${costs.wrong} for a wrong answer, ${costs.askedWithRight} for a question back, ${costs.askedWithout} for one without the right choice.

${table(
  ['%', 'messages', 'first', 'among three', 'answered rightly', 'wrongly', 'rightly or offered'],
  measured.map((one) => firsts(one, proposed)),
)}

## How many are answered at which error

![${pictured}](${picture})

${table(
  ['answer from', ...measured.flatMap(({ name }) => [`${name}: answered %`, 'of these wrong %', 'cost'])],
  curveOf(chosenBy.judged).map(({ answerAt }) => [
    answerAt === proposed.answerAt ? `**${answerAt}**` : answerAt,
    ...measured.flatMap(({ judged }) => {
      const point = pointAt(judged, answerAt);
      return [percent(point.answered), percent(point.wrong / Math.max(1e-9, point.answered)), costOf(point).toFixed(3)];
    }),
  ]),
)}

## Whether a probability can be trusted

${measured
  .map(
    ({ name, judged }) =>
      `${name}:\n\n${table(
        ['said to be right', 'messages', 'mean said %', 'right %'],
        calibrationOf(judged).map(({ from, count, said, was }) => [
          `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
          count,
          percent(said),
          percent(was),
        ]),
      )}`,
  )
  .join('\n\n')}
`;
}

const size = { width: 720, height: 420, left: 60, right: 20, top: 20, bottom: 50 } as const;
const colours = ['#1b5e9e', '#b3541e', '#3d7a3d'] as const;

/** Share of wrong ones among the answered (up, %) over the share answered (right, %), a line for each kind; a ring marks the proposal. */
export function curvePicture({ measured, proposed }: Tuning): string {
  const curves = measured.map(({ name, judged }) => ({
    name,
    points: curveOf(judged).map(({ answerAt, answered, wrong }) => ({
      answerAt,
      answered,
      error: wrong / Math.max(1e-9, answered),
    })),
  }));
  const worst = Math.max(0.05, ...curves.flatMap(({ points }) => points.map(({ error }) => error)));
  const top = Math.ceil(worst * 20) / 20;
  const x = (answered: number): string => (size.left + answered * (size.width - size.left - size.right)).toFixed(1);
  const y = (error: number): string =>
    (size.height - size.bottom - (error / top) * (size.height - size.top - size.bottom)).toFixed(1);
  const text = (at: string, words: string): string => `<text ${at}>${words}</text>`;
  const steps = Array.from({ length: 6 }, (_, at) => at / 5);
  const grid = steps.flatMap((step) => [
    `<line x1="${x(0)}" x2="${x(1)}" y1="${y(step * top)}" y2="${y(step * top)}" stroke="#ddd"/>`,
    text(`x="${size.left - 8}" y="${y(step * top)}" text-anchor="end"`, percent(step * top)),
    text(`x="${x(step)}" y="${size.height - size.bottom + 18}" text-anchor="middle"`, percent(step)),
  ]);
  const lines = curves.flatMap(({ name, points }, at) => {
    const colour = colours[at % colours.length];
    const path = points.map(({ answered, error }) => `${x(answered)},${y(error)}`).join(' ');
    const chosen = points.find(({ answerAt }) => answerAt === proposed.answerAt);
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...(chosen === undefined
        ? []
        : [
            `<circle cx="${x(chosen.answered)}" cy="${y(chosen.error)}" r="6" fill="none" stroke="${colour}" stroke-width="2"/>`,
          ]),
      text(`x="${size.left + 16}" y="${size.top + 16 + 18 * at}" fill="${colour}"`, name),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<title>${pictured}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    ...grid,
    ...lines,
    text(`x="${size.width / 2}" y="${size.height - 12}" text-anchor="middle"`, 'answered, % of all messages'),
    text(
      `x="14" y="${size.height / 2}" text-anchor="middle" transform="rotate(-90 14 ${size.height / 2})"`,
      'wrong, % of the answered',
    ),
    '</svg>',
    '',
  ].join('\n');
}
