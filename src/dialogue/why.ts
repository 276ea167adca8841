/** Why a turn was decided as it was, told from what went in and what came out, for people who look after the answers. Pure. */
import type { Understanding } from '../understand/contract.js';
import { answerAt, clarifyAt } from '../understand/thresholds.js';
import type { Expecting } from './state.js';

export const reasons = [
  /** A life may be in danger: always first. */
  'danger',
  /** A specialist or the resident's own wish keeps the bot silent. */
  'silent',
  /** A receipt, a new beginning, opting in: words that have one meaning only. */
  'plain-sign',
  /** Numbers that may be IINs lead to the check of lists. */
  'iin',
  /** It answers the question that the bot had asked. */
  'open-question',
  /** The first candidate is likely enough. */
  'sure',
  /** It asks several things, of which this is one. */
  'several',
  /** Less likely than that, but nothing is lost where it was not meant. */
  'cheap',
  /** The first candidate's article may not be answered now. */
  'not-published',
  /** A case that only a person can settle. */
  'for-a-person',
  /** Between the thresholds: the likeliest are offered. */
  'unsure',
  /** A long story that tells a case or asks what an article answers: that is asked. */
  'story-or-case',
  /** Nothing is likely enough to be offered: handed over. */
  'nothing-fits',
  /** A word or two that say too little: more is asked for. */
  'too-little',
  /** Another rule of the dialogue, such as the name of a topic. */
  'rule',
] as const;
export interface Why {
  readonly reason: (typeof reasons)[number];
  /** Of the first candidate, 0 to 1. */
  readonly confidence: number;
  /** From `answerAt` the first candidate is answered, from `clarifyAt` the likeliest are offered. */
  readonly answerAt: number;
  readonly clarifyAt: number;
}

export interface DecidedTurn {
  readonly understanding: Understanding;
  /** How many numbers that may be IINs stood in the turn. */
  readonly iins: number;
  /** What the bot had asked before, and what it asks now. */
  readonly before: Expecting | undefined;
  readonly after: Expecting | undefined;
  /** How the turn counts (`Settled.outcome`), and why a specialist gets it, where one does (`TicketDraft.reason`). */
  readonly outcome: string;
  readonly ticket?: string | undefined;
  readonly silent: boolean;
}

const reasonOf = (turn: DecidedTurn): Why['reason'] => {
  const { understanding, outcome, before, after } = turn;
  const { slots, candidates, confidence } = understanding;
  const label = candidates[0]?.label;
  if (understanding.danger) return 'danger';
  if (turn.silent) return 'silent';
  if (slots.receipt !== undefined || slots.restart || slots.optIn) return 'plain-sign';
  if (turn.iins > 0 && (after?.kind === 'iin-consent' || outcome.startsWith('service:eligibility'))) return 'iin';
  if (before !== undefined && (slots.choice !== undefined || slots.answer !== undefined)) return 'open-question';
  if (turn.ticket === 'content-expired') return 'not-published';
  if (understanding.questions?.some((question) => question.label === outcome)) return 'several';
  if (label !== undefined && outcome === label) {
    if (label === 'escalate') return 'for-a-person';
    return confidence >= answerAt ? 'sure' : 'cheap';
  }
  if (outcome === 'clarify' && after?.kind === 'choice') return label === 'escalate' ? 'story-or-case' : 'unsure';
  if (outcome === 'clarify') return 'too-little';
  return outcome === 'escalate' ? 'nothing-fits' : 'rule';
};

/** One reason, the first that holds in the order of the dialogue, with the numbers that it was measured by. */
export const whyDecided = (turn: DecidedTurn): Why => ({
  reason: reasonOf(turn),
  confidence: turn.understanding.confidence,
  answerAt,
  clarifyAt,
});
