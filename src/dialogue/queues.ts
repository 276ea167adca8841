/** Which specialists a question belongs to. Pure. */
import type { Label } from '../understand/contract.js';
import type { Queue } from './fact-requests.js';

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

/** The queue of a label; what names no topic goes to `other`. */
export const queueFor = (label: Label | undefined): Queue =>
  byStart.find(([start]) => label?.startsWith(start))?.[1] ?? 'other';
