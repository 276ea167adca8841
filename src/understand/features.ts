/** What the index sees of a message: hashed stems, pairs, concepts, letter n-grams and its length, each with a weight. */

import { hash, hashOn, type Kind } from './feature-hashes.js';
import { beginGathering, beginKind, gather, gatheredKeys, gatheredSize, gatheredWeights } from './gathered-features.js';
import type { Normalised, Token } from './normalise.js';
import type { SeenHash, SeenToken, SeeToken } from './seen-tokens.js';

/** Share of each kind in the length of the whole vector; chosen by cross-validation (docs/adr/0006-understanding.md). */
export const shares: Readonly<Record<Kind, number>> = {
  stem: 0.9,
  pair: 0.9,
  concept: 1.1,
  conceptPair: 1.1,
  letters: 1.2,
  length: 0.3,
};
export const kindsInOrder = Object.keys(shares) as readonly Kind[];
/** How far two words of a pair may be apart: neither order nor what stands between them is kept in chats. */
const pairReach = 4;
/** Most words to which a message is counted as so long. */
const lengths = [1, 2, 4, 8, 16];
/** Most letter n-grams of one message, and most concepts that are paired: they bound the work on texts that are no messages. */
export const mostGrams = 6000;
const mostPaired = 24;

/** Features of one message kind by kind, each once: kind k of `kindsInOrder` holds keys[ends[k − 1]] up to keys[ends[k]]. */
export interface PackedFeatures {
  readonly keys: Uint32Array;
  readonly weights: Float32Array;
  readonly ends: Int32Array;
}

/** Hears of which tokens a feature was made (one or two), and what it says: a word, a stem, the ids of concepts, letters. */
export type NoteFeature = (hash: number, kind: Kind, text: string, tokens: readonly Token[]) => void;

/** A concept of a message with the token it was found in first. */
interface Found {
  readonly concept: SeenHash;
  readonly token: Token;
}
function conceptsIn(tokens: readonly Token[], seen: readonly SeenToken[]): readonly Found[] {
  const found: Found[] = [];
  for (const [at, token] of tokens.entries()) {
    for (const concept of seen[at]?.concepts ?? []) {
      if (found.length < mostPaired && !found.some((known) => known.concept.text === concept.text))
        found.push({ concept, token });
    }
  }
  return found.sort((a, b) => (a.concept.text < b.concept.text ? -1 : 1));
}

/** A message as the gatherers of its features take it. */
interface Seen {
  readonly tokens: readonly Token[];
  /** By the place of the token. */
  readonly seen: readonly SeenToken[];
  readonly note: NoteFeature | undefined;
}
const gatherers: Readonly<Record<Kind, (message: Seen) => void>> = {
  stem: ({ tokens, seen, note }) => {
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      const { text, key } = (seen[at] as SeenToken).stem;
      gather(key, token.weight);
      note?.(key, 'stem', text, [token]);
    }
  },
  pair: ({ tokens, seen, note }) => {
    for (let at = 1; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      const { symbol } = seen[at] as SeenToken;
      for (let before = Math.max(0, at - pairReach); before < at; before += 1) {
        const other = (seen[before] as SeenToken).symbol;
        const otherToken = tokens[before] as Token;
        const inOrder = other.text < symbol.text;
        const first = inOrder ? other : symbol;
        const second = inOrder ? symbol : other;
        const key = hashOn(first.paired, second.text) >>> 0;
        gather(key, Math.min(token.weight, otherToken.weight));
        note?.(key, 'pair', `${first.text} ${second.text}`, [otherToken, token]);
      }
    }
  },
  concept: ({ tokens, seen, note }) => {
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      for (const { text, key } of (seen[at] as SeenToken).concepts) {
        gather(key, token.weight);
        note?.(key, 'concept', text, [token]);
      }
    }
  },
  conceptPair: ({ tokens, seen, note }) => {
    const concepts = conceptsIn(tokens, seen);
    for (let at = 0; at < concepts.length; at += 1) {
      const one = concepts[at] as Found;
      for (let after = at + 1; after < concepts.length; after += 1) {
        const other = concepts[after] as Found;
        const key = hashOn(one.concept.paired, other.concept.text) >>> 0;
        gather(key, Math.min(one.token.weight, other.token.weight));
        note?.(key, 'conceptPair', `${one.concept.text} ${other.concept.text}`, [one.token, other.token]);
      }
    }
  },
  letters: ({ tokens, seen, note }) => {
    let grams = 0;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      const { letters } = seen[at] as SeenToken;
      grams += letters.length;
      if (grams > mostGrams) break;
      for (let gram = 0; gram < letters.length; gram += 1) {
        const key = letters[gram] as number;
        gather(key, token.weight);
        note?.(key, 'letters', token.folded, [token]);
      }
    }
  },
  length: ({ tokens, note }) => {
    const words = tokens.reduce((count, { kind }) => count + (kind === 'word' ? 1 : 0), 0);
    const text = `${lengths.find((most) => words <= most) ?? 'more'}`;
    const key = hash('length', text);
    gather(key, 1);
    note?.(key, 'length', text, []);
  },
};

/** The features of a read message, of all kinds or some, with their weight by place. Work is bounded by the number of tokens. */
export function featuresOf(
  { tokens }: Pick<Normalised, 'tokens'>,
  see: SeeToken,
  note?: NoteFeature,
  kinds: readonly Kind[] = kindsInOrder,
): PackedFeatures {
  const message = { tokens, seen: tokens.map(see), note };
  const ends = new Int32Array(kindsInOrder.length);
  beginGathering();
  for (let place = 0; place < ends.length; place += 1) {
    const kind = kindsInOrder[place] as Kind;
    beginKind();
    if (kinds.includes(kind)) gatherers[kind](message);
    ends[place] = gatheredSize();
  }
  return { keys: gatheredKeys(), weights: gatheredWeights(), ends };
}
