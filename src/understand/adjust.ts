/** Rules of the domain that correct the scores before they become probabilities: services by programme, bare IINs, follow-ups. */
import type { Label, Slots, UnderstandContext } from './contract.js';
import { followUp, wordsOf } from './follow-up.js';
import type { Normalised } from './normalise.js';
import type { Payments } from './payments.js';
import type { Topics } from './topics.js';

const isEligibility = (label: Label): boolean => label.startsWith('service:eligibility');

/**
 * Corrected logits. The rules are those of the label list: an IIN or "check me" without a payment is `service:eligibility`,
 * with one it is that payment's; a message that names one payment is about no other.
 */
export function adjusted(
  labels: readonly Label[],
  logits: Float64Array,
  message: Normalised,
  programmes: Slots['programmes'],
  context: UnderstandContext,
  topics: Topics,
  payments: Payments,
): Float64Array {
  const out = logits.slice();
  const named = programmes.length === 1 ? programmes[0] : undefined;
  const hasIin = message.tokens.some((token) => token.kind === 'iin');
  const lastAbout = context.article === undefined ? undefined : payments.of(`faq:${context.article}`);
  const programme = named ?? (programmes.length === 0 ? lastAbout : undefined);
  const check = programme === undefined ? undefined : payments.checkOf(programme);
  const wanted = check ?? (programmes.length === 0 && !hasIin ? ownQuestion(labels, out, payments) : undefined);
  if (named !== undefined) {
    // What is asked about an added payment was scored in the likeness of another one.
    if (check !== undefined && payments.isAdded(named)) moveEligibility(labels, out, check, 0);
    labels.forEach((label, at) => {
      const about = payments.of(label);
      if (about !== undefined && about !== named) out[at] = (out[at] as number) - 3;
    });
  }
  if (context.article !== undefined) followUp(labels, out, message, context.article, programmes, topics);
  moveEligibility(labels, out, wanted ?? 'service:eligibility', 3);
  // With more words around it an IIN may stand in a complaint: the index decides.
  if (hasIin && wordsOf(message) <= 2) raise(labels, out, wanted ?? 'service:eligibility', 6);
  return out;
}

/** The best of the eligibility services goes to the one the message's payment asks for; the others give up `less`. */
function moveEligibility(labels: readonly Label[], out: Float64Array, wanted: Label, less: number): void {
  const to = labels.indexOf(wanted);
  if (to < 0) return;
  let best = Number.NEGATIVE_INFINITY;
  labels.forEach((label, at) => {
    if (!isEligibility(label)) return;
    best = Math.max(best, out[at] as number);
    if (at !== to) out[at] = (out[at] as number) - less;
  });
  out[to] = best;
}

/** How much better than every other check one must be for its payment to count as meant without being named. */
const ownFrom = 1;
/** The check of an added payment whose own questions the message is plainly one of. */
function ownQuestion(labels: readonly Label[], logits: Float64Array, payments: Payments): Label | undefined {
  let [best, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let first: Label | undefined;
  labels.forEach((label, at) => {
    if (!isEligibility(label)) return;
    const logit = logits[at] as number;
    if (logit > best) [best, second, first] = [logit, best, label];
    else second = Math.max(second, logit);
  });
  const id = first === undefined ? undefined : payments.of(first);
  return id !== undefined && payments.isAdded(id) && best - second >= ownFrom ? first : undefined;
}

function raise(labels: readonly Label[], out: Float64Array, label: Label, by: number): void {
  const at = labels.indexOf(label);
  if (at >= 0) out[at] = (out[at] as number) + by;
}
