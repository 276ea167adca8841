/** Second station of a message's path: a masked text becomes language, candidate labels, slots and danger. Pure, no clock. */
import type { Language } from '../language.js';
import { createAdjust } from './adjust.js';
import { createFindCheckpoints } from './checkpoint-names.js';
import { closingOf, mayClose } from './clauses.js';
import type { Candidate, Label, Slots, Understand, UnderstandContext, Understanding } from './contract.js';
import { createCorrect } from './correct.js';
import { withoutCourtesy } from './courtesy.js';
import { dangerIn } from './danger.js';
import { finished } from './finished.js';
import { type Read, readMessage } from './language.js';
import { createEvidence } from './language-evidence.js';
import type { Model } from './model.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { leaveOpen } from './open-topic.js';
import { createPayments } from './payments.js';
import { longestText } from './pieces.js';
import { questionsIn, type ReadPart } from './questions.js';
import { createScore, mixture, partsOf, topProbability } from './score.js';
import { seeingBy } from './seen-tokens.js';
import { slotsOf } from './slots.js';
import { createTopics } from './topics.js';

const mostCandidates = 5;
/** Candidates less likely than this are noise. */
const leastProbability = 0.005;
/**
 * Of several sentences the last that asks is scored once more by itself: so much of it is added, and so much of the whole taken away. Chosen
 * on 1,056 phrasings of several sentences that were left out of training: at the thresholds 674 are answered rightly instead of 659, and 97
 * wrongly instead of 100.
 */
const closingShare = 0.1;
const wholeLess = 0.05;
/** A whole that is so sure is not asked again: a tenth of its last question changes no decision. */
const sureOfWhole = 0.95;

/** What each step made of a message: the understanding is the last of them, an explanation tells of the others. */
export interface Steps {
  readonly read: Read;
  /** The message without greetings and thanks around its matter, and that with mistyped words corrected: what is scored. */
  readonly matter: Normalised;
  readonly corrected: Normalised;
  /**
   * By label (index), before and after the rules of the domain; `closing` is what the last question of several sentences adds or takes. None where
   * there is nothing to read.
   */
  readonly scored?: {
    readonly logits: Float64Array;
    readonly closing?: { readonly text: string; readonly logits: Float64Array };
    readonly adjusted: Float64Array;
  };
  readonly understanding: Understanding;
}
const saysMore = ({ kind }: Token): boolean => kind !== 'sign';
export type TakeSteps = (text: string, context: UnderstandContext) => Steps;

/** Makes the function that goes through the steps by a trained model. It keeps no state between messages and never throws. */
export const createSteps = (model: Model): TakeSteps => finished(makingSteps(model));

/** The same with pauses: all at once takes some ten milliseconds of a model of a thousand articles. */
export function* makingSteps(model: Model): Generator<void, TakeSteps, undefined> {
  const findCheckpoints = createFindCheckpoints(model.checkpoints);
  yield;
  const { conceptOf, see } = seeingBy(model.lexicon);
  yield;
  const evidenceOf = createEvidence(model.language);
  const correct = createCorrect(model, conceptOf, see);
  const score = createScore(model, see);
  yield;
  const topics = createTopics(model, see);
  yield;
  const payments = createPayments(model.payments);
  const adjust = createAdjust(model.labels, topics, payments);
  const correctedOf = (matter: Normalised): Normalised => correct(payments.asKnown(matter));
  const closingOfStory = (text: string, language: Language, whole: Float64Array) => {
    if (!mayClose(text) || topProbability(whole, mixture.temperature) >= sureOfWhole) return undefined;
    const closing = closingOf(text, language);
    if (closing === undefined) return undefined;
    const alone = score(correctedOf(withoutCourtesy(normalise(closing, language))));
    return { text: closing, logits: sumOf(alone, closingShare, whole, -wholeLess) };
  };
  const scoredOf = (
    text: string,
    { message, guess }: Read,
    matter: Normalised,
    programmes: Slots['programmes'],
    context: UnderstandContext,
  ) => {
    if (!message.tokens.some(saysMore) || model.labels.length === 0) return undefined;
    const logits = score(matter);
    const closing = closingOfStory(text, guess.language, logits);
    const told = closing === undefined ? logits : sumOf(logits, 1, closing.logits, 1);
    const corrected = adjust(told, message, programmes, context);
    return { logits, ...(closing === undefined ? {} : { closing }), adjusted: corrected };
  };
  const takeOne: TakeSteps = (text, context) => {
    const cut = text.slice(0, longestText);
    const read = readMessage(cut, evidenceOf, context.language);
    const { guess, message } = read;
    const matter = withoutCourtesy(message);
    const corrected = correctedOf(matter);
    const slots = slotsOf(cut, message, findCheckpoints, payments);
    const scored = scoredOf(cut, read, corrected, slots.programmes, context);
    const follows = context.article !== undefined && topics.of.has(`faq:${context.article}`);
    const namesOne = follows || slots.programmes.length > 0 || slots.checkpoints.length > 0;
    if (scored !== undefined && !namesOne) leaveOpen(model.labels, scored.adjusted, corrected, topics, payments);
    const candidates = scored === undefined ? [] : candidatesOf(model.labels, scored.adjusted);
    const top = candidates[0];
    // "орысша жаз" is Kazakh, yet what it asks for is a Russian reply.
    const wanted = top?.label === 'service:language' ? slots.wantedLanguage : undefined;
    const understanding: Understanding = {
      language: wanted ?? guess.language,
      languageShown: wanted !== undefined || guess.shown,
      candidates,
      confidence: top?.probability ?? 0,
      slots,
      danger: dangerIn(message),
      normalised: message.line,
    };
    return { read, matter, corrected, ...(scored === undefined ? {} : { scored }), understanding };
  };
  const readPart: ReadPart = (text, context) => {
    const read = readMessage(text, evidenceOf, context.language);
    const { message } = read;
    const corrected = correctedOf(withoutCourtesy(message));
    const scored = scoredOf(text, read, corrected, payments.namedIn(message), context);
    return { message, top: scored && candidatesOf(model.labels, scored.adjusted)[0] };
  };
  return (text, context) => {
    const steps = takeOne(text, context);
    const questions = questionsIn(text, steps.read.message, steps.understanding, context, readPart, topics);
    return questions === undefined ? steps : { ...steps, understanding: { ...steps.understanding, questions } };
  };
}

/** Makes the function that understands messages by a trained model. */
export function createUnderstand(model: Model, take: TakeSteps = createSteps(model)): Understand {
  return (text, context) => take(text, context).understanding;
}

/** So much of the one and so much of the other, label by label. */
function sumOf(one: Float64Array, ofOne: number, other: Float64Array, ofOther: number): Float64Array {
  const sum = new Float64Array(one.length);
  for (let at = 0; at < one.length; at += 1) sum[at] = ofOne * (one[at] as number) + ofOther * (other[at] as number);
  return sum;
}

function candidatesOf(labels: readonly Label[], logits: Float64Array): readonly Candidate[] {
  const { temperature } = mixture;
  const { top, sum } = partsOf(logits, temperature);
  const leastLogit = top + temperature * Math.log(leastProbability * sum);
  const likely: Candidate[] = [];
  for (let at = 0; at < labels.length; at += 1) {
    const logit = logits[at] as number;
    if (logit >= leastLogit)
      likely.push({ label: labels[at] as Label, probability: Math.exp((logit - top) / temperature) / sum });
  }
  return likely.sort((a, b) => b.probability - a.probability).slice(0, mostCandidates);
}
