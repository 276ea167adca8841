/** Rules of the domain that correct the scores before they become probabilities: services by programme, bare IINs, follow-ups. */
import type { Label, Slots, UnderstandContext } from './contract.js';
import { followUp, wordsOf } from './follow-up.js';
import type { Normalised, Token } from './normalise.js';
import type { Payments } from './payments.js';
import type { Topics } from './topics.js';

/**
 * Corrects the logits (by label) of a message that names `programmes`. The rules are those of the label list: an IIN or "check me" without a
 * payment is `service:eligibility`, with one it is that payment's; a message that names one payment is about no other.
 */
export type Adjust = (
  logits: Float64Array,
  message: Normalised,
  programmes: Slots['programmes'],
  context: UnderstandContext,
) => Float64Array;

/** How much better than every other check one must be for its payment to count as meant without being named. */
const ownFrom = 1;
const anyCheck = 'service:eligibility';

export function createAdjust(labels: readonly Label[], topics: Topics, payments: Payments): Adjust {
  /** Places of the checks, and the payment that each label is about. */
  const checks = labels.flatMap((label, at) => (label.startsWith(anyCheck) ? [at] : []));
  const about = labels.map((label) => payments.of(label));

  /** The best of the checks goes to the one that the message's payment asks for; the others give up `less`. */
  const moveChecks = (out: Float64Array, wanted: Label, less: number): void => {
    const to = labels.indexOf(wanted);
    if (to < 0) return;
    let best = Number.NEGATIVE_INFINITY;
    for (const at of checks) {
      best = Math.max(best, out[at] as number);
      if (at !== to) out[at] = (out[at] as number) - less;
    }
    out[to] = best;
  };
  /** The check of an added payment whose own questions the message is plainly one of. */
  const ownQuestion = (logits: Float64Array): Label | undefined => {
    let [best, second, first] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, -1];
    for (const at of checks) {
      const logit = logits[at] as number;
      if (logit > best) [best, second, first] = [logit, best, at];
      else second = Math.max(second, logit);
    }
    const id = about[first];
    return id !== undefined && payments.isAdded(id) && best - second >= ownFrom ? labels[first] : undefined;
  };

  return (logits, message, programmes, context) => {
    const out = logits.slice();
    const named = programmes.length === 1 ? programmes[0] : undefined;
    const hasIin = message.tokens.some(isIin);
    const lastAbout = context.article === undefined ? undefined : payments.of(`faq:${context.article}`);
    const programme = named ?? (programmes.length === 0 ? lastAbout : undefined);
    const check = programme === undefined ? undefined : payments.checkOf(programme);
    const wanted = check ?? (programmes.length === 0 && !hasIin ? ownQuestion(out) : undefined) ?? anyCheck;
    if (named !== undefined) {
      // What is asked about an added payment was scored in the likeness of another one.
      if (check !== undefined && payments.isAdded(named)) moveChecks(out, check, 0);
      for (let at = 0; at < about.length; at += 1) {
        if (about[at] !== undefined && about[at] !== named) out[at] = (out[at] as number) - 3;
      }
    }
    if (context.article !== undefined) followUp(labels, out, message, context.article, programmes, topics);
    moveChecks(out, wanted, 3);
    // With more words around it an IIN may stand in a complaint: the index decides.
    const at = hasIin && wordsOf(message) <= 2 ? labels.indexOf(wanted) : -1;
    if (at >= 0) out[at] = (out[at] as number) + 6;
    return out;
  };
}
const isIin = ({ kind }: Token): boolean => kind === 'iin';
