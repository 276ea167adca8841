/** Compares two understandings over messages that were written: what a change would do before it is public. Pure. */
import type { Language } from '../language.js';
import type { Label, Understand } from './contract.js';
import { answerAt, clarifyAt } from './thresholds.js';

/** sure: answered · unsure: the likeliest are offered · lost: handed over, or more is asked for. */
export const certainties = ['sure', 'unsure', 'lost'] as const;
export type Certainty = (typeof certainties)[number];

export interface Heard {
  /** Absent where there was nothing to read. */
  readonly label?: Label;
  /** Probability of the label, 0 to 1. */
  readonly confidence: number;
  readonly certainty: Certainty;
}
export interface HeardDifferently {
  readonly text: string;
  readonly before: Heard;
  readonly after: Heard;
}
export interface Comparison {
  /** How many messages were read. */
  readonly read: number;
  readonly before: Readonly<Record<Certainty, number>>;
  readonly after: Readonly<Record<Certainty, number>>;
  /** Messages with another first label or another certainty, in the order given. */
  readonly different: readonly HeardDifferently[];
}
/** A stored message: masked, with the language it was understood in. */
export interface ReadMessage {
  readonly text: string;
  readonly language: Language;
}

const hear = (understand: Understand, { text, language }: ReadMessage): Heard => {
  const { candidates, confidence } = understand(text, { language });
  const label = candidates[0]?.label;
  return {
    ...(label === undefined ? {} : { label }),
    confidence,
    certainty: confidence >= answerAt ? 'sure' : confidence >= clarifyAt ? 'unsure' : 'lost',
  };
};

/** Each message is read alone, as the first of its conversation, by both. */
export const compareUnderstandings = (
  messages: readonly ReadMessage[],
  before: Understand,
  after: Understand,
): Comparison => {
  const heard = messages.map((message) => ({
    text: message.text,
    before: hear(before, message),
    after: hear(after, message),
  }));
  const count = (when: 'before' | 'after') =>
    Object.fromEntries(
      certainties.map((certainty) => [certainty, heard.filter((one) => one[when].certainty === certainty).length]),
    ) as Record<Certainty, number>;
  return {
    read: messages.length,
    before: count('before'),
    after: count('after'),
    different: heard.filter(
      (one) => one.before.label !== one.after.label || one.before.certainty !== one.after.certainty,
    ),
  };
};
