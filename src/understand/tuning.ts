/** Thresholds from judged messages: how many are answered at which error, what a threshold costs, and which one costs the least. Pure. */

import type { Language } from '../language.js';
import type { Label, Understand } from './contract.js';

/** A message whose label is known. */
export interface Labelled {
  readonly label: Label;
  readonly language: Language;
  readonly text: string;
}
/** What an understanding that was not trained on it made of a message. */
export interface Judged {
  readonly confidence: number;
  /** The first candidate is the right one. */
  readonly right: boolean;
  /** The right one is among the first three, which asking back offers. */
  readonly offered: boolean;
}
/** Shares (0 to 1) of all messages, with those of at least `answerAt` answered and all others asked back. */
export interface Point {
  readonly answerAt: number;
  readonly answered: number;
  readonly right: number;
  readonly wrong: number;
  readonly askedWithRight: number;
  readonly askedWithout: number;
}
export interface Thresholds {
  readonly answerAt: number;
  readonly clarifyAt: number;
}

/**
 * What an outcome costs a resident, in arbitrary units: a wrong answer may be acted on, so it is three questions back; a question back costs
 * a turn; one without the right choice costs the turn and then the way to a specialist.
 */
export const costs = { wrong: 6, askedWithRight: 2, askedWithout: 3 } as const;
/** Costs that differ by less than this share are the same: another seed changes as much. */
const sameCost = 0.005;
/** What is in use stays unless another costs less by more than this share: eight phrasings more, of 11,781, changed one by 1.5 %. */
const worthChanging = 0.02;

const offeredAtOnce = 3;
/** Each message is read alone, as the first of its conversation. */
export const judge = (understand: Understand, messages: readonly Labelled[], language: Language): readonly Judged[] =>
  messages.map(({ label, text }) => {
    const { candidates, confidence } = understand(text, { language });
    const rank = candidates.findIndex((candidate) => candidate.label === label);
    return { confidence, right: rank === 0, offered: rank >= 0 && rank < offeredAtOnce };
  });

export function pointAt(judged: readonly Judged[], answerAt: number): Point {
  const share = (holds: (one: Judged) => boolean): number => judged.filter(holds).length / Math.max(1, judged.length);
  const answers = ({ confidence }: Judged): boolean => confidence >= answerAt;
  return {
    answerAt,
    answered: share(answers),
    right: share((one) => answers(one) && one.right),
    wrong: share((one) => answers(one) && !one.right),
    askedWithRight: share((one) => !answers(one) && one.offered),
    askedWithout: share((one) => !answers(one) && !one.offered),
  };
}

/** Thresholds are told apart by a twentieth: a finer step is noise. */
export const answerSteps: readonly number[] = Array.from({ length: 19 }, (_, at) => (at + 1) / 20);
export const curveOf = (judged: readonly Judged[]): readonly Point[] => answerSteps.map((at) => pointAt(judged, at));

/** Mean cost of a message. */
export const costOf = (point: Point): number =>
  costs.wrong * point.wrong + costs.askedWithRight * point.askedWithRight + costs.askedWithout * point.askedWithout;

const clarifyStep = 0.02;
const clarifySteps: readonly number[] = Array.from({ length: 15 }, (_, at) => at * clarifyStep);
/** Messages that a step of `clarifyAt` must hold to say anything, and how many of them must find the right choice. */
const leastInStep = 20;
const foundByHalf = 0.5;

/**
 * `answerAt` in use where it costs hardly more than any, else the lowest step that costs as little, for it answers the most; and `clarifyAt`,
 * raised above each step in which fewer than half of what is asked back finds its right choice. It is not lowered: phrasings all have a label,
 * so they do not show what nothing fits.
 */
export function proposeThresholds(judged: readonly Judged[], inUse: Thresholds): Thresholds {
  const curve = curveOf(judged);
  const least = Math.min(...curve.map(costOf));
  const stays = costOf(pointAt(judged, inUse.answerAt)) <= least * (1 + worthChanging);
  const cheapest = curve.find((point) => costOf(point) <= least * (1 + sameCost))?.answerAt ?? inUse.answerAt;
  const answerAt = stays ? inUse.answerAt : cheapest;
  const vain = clarifySteps.filter((step) => {
    const here = judged.filter(({ confidence }) => confidence >= step && confidence < step + clarifyStep);
    return here.length >= leastInStep && here.filter(({ offered }) => offered).length < here.length * foundByHalf;
  });
  const clarifyAt = Math.max(inUse.clarifyAt, ...vain.map((step) => Number((step + clarifyStep).toFixed(2))));
  return { answerAt, clarifyAt: Math.min(clarifyAt, answerAt) };
}

/** How often the first candidate is right where it is said to be so likely. */
export interface Calibration {
  readonly from: number;
  readonly count: number;
  /** Mean confidence, and share of right ones. */
  readonly said: number;
  readonly was: number;
}
export const calibrationOf = (judged: readonly Judged[]): readonly Calibration[] =>
  Array.from({ length: 10 }, (_, at) => at / 10).flatMap((from) => {
    const here = judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === Math.round(from * 10));
    if (here.length === 0) return [];
    const said = here.reduce((sum, { confidence }) => sum + confidence, 0) / here.length;
    return [{ from, count: here.length, said, was: here.filter(({ right }) => right).length / here.length }];
  });
