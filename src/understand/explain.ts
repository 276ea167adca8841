/** Tells why a message was understood as it was: the steps of the understanding, and for each candidate what spoke for it. Pure. */
import { recordWidth } from './columns.js';
import type { Candidate, UnderstandContext, Understanding } from './contract.js';
import type { Kind } from './feature-hashes.js';
import type { Model } from './model.js';
import { contendersOf, createFindNearest, type Nearest } from './nearest.js';
import type { Token } from './normalise.js';
import { textAt } from './packed-texts.js';
import { createLogits, weightOf } from './regression.js';
import { createKnownFeatures, mixture, nearestShares } from './score.js';
import { seeingBy } from './seen-tokens.js';
import { createSteps, type TakeSteps } from './understand.js';
import type { Vector } from './vocabulary.js';

/** What can speak for a label or against it. Words are as they were read: lower case, Cyrillic. */
export type Source =
  /** A word: its stem and its letters. */
  | { readonly kind: 'word'; readonly word: string }
  /** Two words near each other. */
  | { readonly kind: 'pair'; readonly words: readonly [string, string] }
  /** A concept of the lexicon, and the word that stands for it. */
  | { readonly kind: 'concept'; readonly concept: string; readonly word: string }
  | { readonly kind: 'concepts'; readonly concepts: readonly [string, string] }
  /** A phrasing of the label that is like the message; likeness from 0 to 1, by what is not too common to tell. */
  | { readonly kind: 'phrasing'; readonly text: string; readonly likeness: number }
  /** The rules of the domain: a payment that is named, an IIN, the article that was answered before. */
  | { readonly kind: 'rule' }
  /** The last question of a message of several sentences, scored once more by itself. */
  | { readonly kind: 'closing'; readonly text: string }
  /** How usual the label is whatever the message says, and in messages of its length. */
  | { readonly kind: 'usual' };
export interface Contribution {
  readonly source: Source;
  /** Its part of the score: positive speaks for the label, negative against it. */
  readonly weight: number;
}
export interface ExplainedCandidate extends Candidate {
  /** Probabilities are the softmax of the scores of all labels over `temperature`. */
  readonly score: number;
  /** The strongest, whichever way they speak; their weights and `rest` sum to the score. */
  readonly contributions: readonly Contribution[];
  readonly rest: number;
}
export interface Explanation {
  readonly understanding: Understanding;
  /** What was read and scored, word by word, without greetings and thanks around the matter. */
  readonly read: readonly string[];
  /** Words that were read as others, a slip of the finger away; the words that were meant, in order. */
  readonly corrected: readonly { readonly typed: string; readonly meant: string }[];
  /** Greetings and thanks that were set aside. */
  readonly setAside: readonly string[];
  /** What each word says about the language: positive for Kazakh, negative for Russian. */
  readonly languageEvidence: readonly { readonly word: string; readonly weight: number }[];
  /** The concepts of the lexicon that were found, in order. */
  readonly concepts: readonly { readonly word: string; readonly concept: string }[];
  readonly candidates: readonly ExplainedCandidate[];
}
export type Explain = (text: string, context: UnderstandContext) => Explanation;

/** Contributions told of one candidate. */
export const mostContributions = 8;

const sizes: Readonly<Record<string, string>> = { '#few': '1…9', '#tens': '10…999', '#many': '1000…', '#iin': '⟨iin⟩' };
/** Numbers as people know them, without their mark. */
const unmarked = (folded: string): string => sizes[folded] ?? folded.replace(/^#/u, '');
const written = ({ cyrillic, folded }: Token): string => (cyrillic === '' ? unmarked(folded) : cyrillic);

const sourceOf = (kind: Kind, text: string, tokens: readonly Token[]): Source => {
  const [one, two] = tokens;
  if (one === undefined) return { kind: 'usual' };
  const word = written(one);
  if (kind === 'pair' && two !== undefined) return { kind: 'pair', words: [word, written(two)] };
  if (kind === 'concept' && one?.kind === 'word') return { kind: 'concept', concept: text, word };
  if (kind === 'conceptPair') {
    const [first = '', second = ''] = text.split(' ').map(unmarked);
    return { kind: 'concepts', concepts: [first, second] };
  }
  return { kind: 'word', word };
};

/** Makes the function that explains, by the steps of the model; `explain(text, context).understanding` is what `createUnderstand` gives for the same. */
export function createExplain(model: Model, take: TakeSteps = createSteps(model)): Explain {
  const { conceptOf, see } = seeingBy(model.lexicon);
  const knownFeaturesOf = createKnownFeatures(model, see);
  const logitsOf = createLogits(model);
  const findNearest = createFindNearest(model);
  return (text, context) => {
    const { read, matter, corrected, scored, understanding } = take(text, context);
    const kept = new Set(matter.tokens);
    const words = corrected.tokens.filter((token) => token.kind === 'word');
    const origins = new Map<number, Source>();
    const features = knownFeaturesOf(corrected, (hash, kind, said, tokens) => {
      if (!origins.has(hash)) origins.set(hash, sourceOf(kind, said, tokens));
    });
    const nearest = findNearest(features, contendersOf(logitsOf(features.columns, features.values)));
    return {
      understanding,
      read: corrected.tokens.map(written),
      corrected: corrected.tokens.flatMap(({ typed, cyrillic }) =>
        typed === undefined ? [] : [{ typed, meant: cyrillic }],
      ),
      setAside: read.message.tokens.filter((token) => !kept.has(token)).map(written),
      languageEvidence: read.guess.evidence,
      concepts: words.flatMap((token) => {
        const concept = conceptOf(token.folded);
        return concept === undefined ? [] : [{ word: token.cyrillic, concept }];
      }),
      candidates: understanding.candidates.map((candidate) => {
        const label = model.labels.indexOf(candidate.label);
        const all = contributionsTo(model, label, features, origins, nearest);
        const score = scored?.adjusted[label] ?? 0;
        const closing = scored?.closing;
        if (closing) all.push({ source: { kind: 'closing', text: closing.text }, weight: closing.logits[label] ?? 0 });
        const byRule = score - (scored?.logits[label] ?? 0) - (closing?.logits[label] ?? 0);
        if (byRule !== 0) all.push({ source: { kind: 'rule' }, weight: byRule });
        all.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
        // The nearest phrasing is always told, however little it weighs: it is what people understand best.
        const nearestAt = all.findIndex(({ source }) => source.kind === 'phrasing');
        const told = all.filter(
          (_, at) => at < mostContributions - Number(nearestAt >= mostContributions) || at === nearestAt,
        );
        const rest = all.reduce((sum, one) => (told.includes(one) ? sum : sum + one.weight), 0);
        return { ...candidate, score, contributions: told, rest };
      }),
    };
  };
}

/** All that made the logit of one label (index), by its source. */
function contributionsTo(
  model: Model,
  label: number,
  { columns, values }: Vector,
  origins: ReadonlyMap<number, Source>,
  nearest: Nearest,
): Contribution[] {
  const bySource = new Map<string, { source: Source; weight: number }>();
  const add = (source: Source, weight: number): void => {
    const key = JSON.stringify(source);
    const known = bySource.get(key);
    if (known) known.weight += weight;
    else bySource.set(key, { source, weight });
  };
  add({ kind: 'usual' }, model.bias[label] ?? 0);
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] as number;
    const source = origins.get((model.records[column * recordWidth] as number) >>> 0);
    if (source === undefined) continue;
    add(source, (values[at] as number) * weightOf(model, column, label));
  }
  for (const [place, share] of nearestShares.entries()) {
    const phrase = nearest.phrases[2 * label + place] ?? -1;
    const likeness = nearest.likeness[2 * label + place] ?? 0;
    if (phrase >= 0)
      add({ kind: 'phrasing', text: textAt(model.phrases, phrase), likeness }, mixture.nearest * share * likeness);
  }
  return [...bySource.values()];
}
