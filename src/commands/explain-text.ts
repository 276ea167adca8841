/** An explanation as `ask --explain` prints it: for people at a terminal, the strongest reasons first. */
import type { Why } from '../dialogue/why.js';
import type { Explanation, Source } from '../understand/explain.js';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const signed = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`;

const decisions: Readonly<Record<Why['reason'], string>> = {
  danger: 'A life may be in danger: the emergency numbers come first, whatever else was asked.',
  silent: 'Nothing is said: a specialist holds the conversation, or the message needs no answer.',
  'plain-sign': 'The message has one meaning only: a receipt, a new beginning, or opting in.',
  iin: 'A number that may be an IIN leads to the check of the lists.',
  'open-question': 'It answers what the bot had asked.',
  sure: 'The first candidate is likely enough to be answered.',
  cheap: 'Less likely than an answer needs, but nothing is lost where it was not meant.',
  'not-published': 'Understood, but its article may not be answered now: handed over.',
  'story-or-case': 'A long story that tells a case, or asks what an article answers: that is asked.',
  'for-a-person': 'A case that only a person can settle: handed over.',
  several: 'It asks several things: each was read by itself.',
  unsure: 'Too unsure to answer: the likeliest are offered.',
  'nothing-fits': 'Nothing is likely enough to be offered: handed over.',
  'too-little': 'The message says too little: more is asked for.',
  rule: 'Another rule of the dialogue decided.',
};

const sourceText = (source: Source): string => {
  switch (source.kind) {
    case 'word':
      return `word "${source.word}"`;
    case 'pair':
      return `words together "${source.words.join(' ')}"`;
    case 'concept':
      return `concept ${source.concept} ("${source.word}")`;
    case 'concepts':
      return `concepts together ${source.concepts.join(' + ')}`;
    case 'phrasing':
      return `phrasing "${source.text}" (${percent(Math.min(1, source.likeness))} alike)`;
    case 'closing':
      return `its last question once more: "${source.text}"`;
    case 'rule':
      return 'rules: a payment named, an IIN, the article before, no topic named';
    case 'usual':
      return 'how usual it is';
  }
};

const found = ({ understanding: { slots, danger } }: Explanation): string =>
  [
    ...Object.entries(slots).flatMap(([name, value]) =>
      Array.isArray(value) && value.length === 0 ? [] : [`${name} ${Array.isArray(value) ? value.join(', ') : value}`],
    ),
    ...(danger ? ['danger'] : []),
  ].join('; ');

/** Lines to print, without the last line break. */
export const explanationText = (explanation: Explanation, why: Why): string => {
  const { understanding, read, corrected, setAside, languageEvidence, candidates } = explanation;
  const evidence = languageEvidence.map(({ word, weight }) => `${word} ${signed(weight)}`).join(', ');
  const language = understanding.languageShown
    ? `${understanding.language}: ${evidence}`
    : `none shown, so ${understanding.language}`;
  const slots = found(explanation);
  return [
    `  why       ${decisions[why.reason]}`,
    `            likeliest ${percent(why.confidence)}; answered from ${percent(why.answerAt)}, offered from ${percent(why.clarifyAt)}`,
    `  read      ${read.join(' ') || '(nothing)'}${setAside.length > 0 ? `   (set aside: ${setAside.join(' ')})` : ''}`,
    ...(corrected.length === 0
      ? []
      : [`  corrected ${corrected.map(({ typed, meant }) => `${typed} → ${meant}`).join(', ')}`]),
    `  language  ${language}   (+ Kazakh, − Russian)`,
    ...(slots === '' ? [] : [`  found     ${slots}`]),
    ...candidates.flatMap(({ label, probability, score, contributions, rest }, place) => [
      `  ${place + 1}. ${label}  ${percent(probability)}  (score ${score.toFixed(2)})`,
      ...contributions.map(({ source, weight }) => `       ${signed(weight)}  ${sourceText(source)}`),
      ...(Math.abs(rest) < 0.005 ? [] : [`       ${signed(rest)}  the rest`]),
    ]),
  ].join('\n');
};
