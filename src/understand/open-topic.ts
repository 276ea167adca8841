/** A short message that names no topic ("қайда барамын?", "как получить") is asked back, however sure the score is of one article. */
import type { Label } from './contract.js';
import { wordsOf } from './follow-up.js';
import type { Normalised } from './normalise.js';
import type { Payments } from './payments.js';
import { mixture, partsOf } from './score.js';
import type { Topics } from './topics.js';

/** What is longer names what it is about, or tells of it. */
const longestOpen = 3;
/**
 * Below this clearness a topic is open. Of 1,919 messages of eight sets, written by others than the phrasings, none of up to three words
 * lies below it; of 42 questions in both languages that name nothing 27 do.
 */
const clearFrom = 5;
/** Below `answerAt`: what comes first is the first of the choices. */
const openProbability = 0.5;
/**
 * Logits that articles about payments gain: of the questions to the call centre 86 in 100 were about them (April 2020), of the articles'
 * phrasings 32 in 100 are.
 */
const paymentsGain = mixture.temperature * Math.log(0.86 / 0.14 / (0.32 / 0.68));

/** Corrects `logits` (by label) in place where the message, read without an article before it, leaves open what it is about. */
export function leaveOpen(
  labels: readonly Label[],
  logits: Float64Array,
  message: Normalised,
  topics: Topics,
  payments: Payments,
): void {
  if (wordsOf(message) > longestOpen) return;
  const label = labels[firstOf(logits)];
  const topic = label?.startsWith('faq:') ? topics.of.get(label) : undefined;
  if (topic === undefined || topics.clearness(message, topic) >= clearFrom) return;
  for (const [at, one] of labels.entries())
    if (one.startsWith('faq:') && payments.of(one) !== undefined) (logits[at] as number) += paymentsGain;
  const first = firstOf(logits);
  const { temperature } = mixture;
  const { top, sum } = partsOf(logits, temperature);
  if (1 / sum > openProbability)
    logits[first] = top + temperature * Math.log((sum - 1) * (openProbability / (1 - openProbability)));
}

function firstOf(logits: Float64Array): number {
  let first = 0;
  for (let at = 1; at < logits.length; at += 1) if ((logits[at] as number) > (logits[first] as number)) first = at;
  return first;
}
