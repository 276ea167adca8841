/** Rules of the domain that correct the scores before they become probabilities: services by programme, bare IINs, follow-ups. */
import type { Label, ServiceLabel, Slots, UnderstandContext } from './contract.js';
import { followUp, wordsOf } from './follow-up.js';
import type { Normalised } from './normalise.js';
import type { Topics } from './topics.js';

const byProgramme: Readonly<Record<Slots['programmes'][number], ServiceLabel>> = {
  'pay-42500': 'service:eligibility-42500',
  'pay-50000': 'service:eligibility-50000',
  'pay-15000': 'service:eligibility-15000',
};
const programmeOfArticle = (article: string | undefined): Slots['programmes'][number] | undefined =>
  (Object.keys(byProgramme) as Slots['programmes'][number][]).find((programme) => article?.startsWith(programme));
const isEligibility = (label: Label): boolean => label.startsWith('service:eligibility');

/** Labels of the payment a message does not speak of. */
const otherPayment = (label: Label, programme: string): boolean => {
  const own = /(?:pay|eligibility)-(\d+)/u.exec(label)?.[1];
  return own !== undefined && !programme.endsWith(own);
};

/**
 * Corrected logits. The rules are those of the label list: an IIN or "check me" without a payment is `service:eligibility`,
 * with one it is that payment's; a message that names one payment is about no other.
 */
export function adjusted(
  labels: readonly Label[],
  logits: Float64Array,
  message: Normalised,
  slots: Slots,
  context: UnderstandContext,
  topics: Topics,
): Float64Array {
  const out = logits.slice();
  const named = slots.programmes.length === 1 ? slots.programmes[0] : undefined;
  const hasIin = message.tokens.some((token) => token.kind === 'iin');
  const programme = named ?? (slots.programmes.length === 0 ? programmeOfArticle(context.article) : undefined);
  const wanted: ServiceLabel = programme === undefined ? 'service:eligibility' : byProgramme[programme];
  if (named !== undefined) {
    labels.forEach((label, at) => {
      if (otherPayment(label, named)) out[at] = (out[at] as number) - 3;
    });
  }
  if (context.article !== undefined) followUp(labels, out, message, context.article, slots, topics);
  moveEligibility(labels, out, wanted);
  // With more words around it an IIN may stand in a complaint: the index decides.
  if (hasIin && wordsOf(message) <= 2) raise(labels, out, wanted, 6);
  return out;
}

/** The best of the eligibility services goes to the one the message's payment asks for; the others give it up. */
function moveEligibility(labels: readonly Label[], out: Float64Array, wanted: ServiceLabel): void {
  const to = labels.indexOf(wanted);
  if (to < 0) return;
  let best = Number.NEGATIVE_INFINITY;
  labels.forEach((label, at) => {
    if (!isEligibility(label)) return;
    best = Math.max(best, out[at] as number);
    if (at !== to) out[at] = (out[at] as number) - 3;
  });
  out[to] = best;
}

function raise(labels: readonly Label[], out: Float64Array, label: Label, by: number): void {
  const at = labels.indexOf(label);
  if (at >= 0) out[at] = (out[at] as number) + by;
}
