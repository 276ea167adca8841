/** A short message that names no topic ("қайда барамын?", "как получить") is asked back, however sure the score is of one article. */
import type { Label } from './contract.js';
import { wordsOf } from './follow-up.js';
import type { Normalised } from './normalise.js';
import { mixture, partsOf } from './score.js';
import type { Topics } from './topics.js';

/** What is longer names what it is about, or tells of it. */
const longestOpen = 3;
/**
 * Below this clearness a topic is open. Of 1,919 messages of eight sets, written by others than the phrasings, none of up to three words
 * lies below it; of 42 questions in both languages that name nothing 27 do.
 */
const clearFrom = 5;
/** Below `answerAt`: the article stays the first of the choices. */
const openProbability = 0.5;

/** Lowers in place the logit of the article that comes first, where the message, read without an article before it, leaves open what it is about. */
export function leaveOpen(labels: readonly Label[], logits: Float64Array, message: Normalised, topics: Topics): void {
  if (wordsOf(message) > longestOpen) return;
  let first = 0;
  for (let at = 1; at < logits.length; at += 1) if ((logits[at] as number) > (logits[first] as number)) first = at;
  const label = labels[first];
  const { temperature } = mixture;
  const { top, sum } = partsOf(logits, temperature);
  if (!label?.startsWith('faq:') || 1 / sum <= openProbability) return;
  const topic = topics.of.get(label);
  if (topic === undefined || topics.clearness(message, topic) >= clearFrom) return;
  logits[first] = top + temperature * Math.log((sum - 1) * (openProbability / (1 - openProbability)));
}
