/** The queues that every installation starts with, and the topics that go to each until staff route them otherwise. Pure. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Label } from '../../understand/contract.js';

export const starterQueues = ['payments', 'checkpoints', 'business', 'health', 'utilities', 'other'] as const;
/** Where everything goes that has no queue of its own: it cannot be hidden. */
export const lastResort: Queue = 'other';

const byStart: readonly (readonly [string, Queue])[] = [
  ['faq:pay-15000', 'utilities'],
  ['faq:utilities', 'utilities'],
  ['service:eligibility-15000', 'utilities'],
  ['faq:pay-', 'payments'],
  ['faq:food-', 'payments'],
  ['faq:large-', 'payments'],
  ['faq:pension-', 'payments'],
  ['faq:salary-', 'payments'],
  ['faq:loan-', 'payments'],
  ['service:eligibility', 'payments'],
  ['faq:checkpoint-', 'checkpoints'],
  ['faq:movement-', 'checkpoints'],
  ['faq:public-', 'checkpoints'],
  ['service:checkpoint', 'checkpoints'],
  ['faq:shops-', 'business'],
  ['faq:bazaar-', 'business'],
  ['faq:business-', 'business'],
  ['faq:covid-', 'health'],
  ['faq:mask-', 'health'],
  ['faq:hospital-', 'health'],
];

/** The queue of a label where staff said nothing else; what names no topic goes to `other`. */
export const starterQueueFor = (label: Label | undefined): Queue =>
  byStart.find(([start]) => label?.startsWith(start))?.[1] ?? lastResort;
