/** A sealed copy of an IIN for the specialist of a question: offered, agreed to, sent once more, and not before that. Pure. */
import type { Choice } from '../transport/contract.js';
import type { Label } from '../understand/contract.js';
import { isEligibility, wholeIins } from './check-eligibility.js';
import type { OpenTicket, Settled } from './contract.js';
import { yesAndNo } from './offer-choices.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';
import type { Expecting } from './state.js';

type Open = Expecting & { readonly kind: 'seal-consent' | 'seal-iin' };

export interface SealOffer {
  readonly said: string;
  readonly expecting: Expecting;
  readonly taps: readonly Choice[];
}

/**
 * What is asked beside the receipt of a question about a payment; null where it is about something else or was asked before.
 * @param label what the question was routed by
 */
export const sealOffer = (speech: Speech, receipt: string, label: Label | undefined): SealOffer | null => {
  const { rules, state } = speech;
  const isAbout = isEligibility(label) || state.checked === true;
  if (rules.sealHours === 0 || !isAbout || state.sealOffered === receipt) return null;
  return {
    said: speech.say('seal.offer', { count: rules.sealHours }),
    expecting: { kind: 'seal-consent', receipt, token: speech.token, until: speech.until },
    taps: yesAndNo(speech, speech.say('confirm.affirmative'), speech.say('confirm.negative')),
  };
};

const awaited = (speech: Speech, receipt: string): Expecting => ({ kind: 'seal-iin', receipt, until: speech.until });
const outcome = 'service:human';

/** A yes: only from now on is the next number sealed at the door. */
export const askForSeal = (speech: Speech, { receipt }: Open): Settled =>
  reply(speech, { parts: { must: [speech.say('seal.ask')] }, outcome, expecting: awaited(speech, receipt) });

export const declineSeal = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('seal.declined')] }, outcome });

const ticketOf = ({ resident }: Speech, receipt: string): OpenTicket | undefined =>
  resident.openTickets.find((ticket) => ticket.receipt === receipt);

/** The number that was asked for: it joins the question, or its fault is named. */
export const takeSealed = (speech: Speech, { receipt }: Open): Settled => {
  const [only, ...others] = wholeIins(speech);
  const again = (said: string): Settled =>
    reply(speech, { parts: { must: [said] }, outcome, expecting: awaited(speech, receipt) });
  if (others.length > 0) return again(speech.say('iinInvalid.several'));
  if (!only) {
    const [faulty] = speech.turn.iins;
    return again(speech.say(`iinInvalid.${faulty?.fault ?? 'not-digits'}`, { count: faulty?.digits ?? 0 }));
  }
  // It came before the yes was read: nothing was sealed.
  if (only.sealed !== true) return again(speech.say('seal.ask'));
  const ticket = ticketOf(speech, receipt);
  return reply(speech, {
    parts: { must: [speech.say('seal.done', { count: speech.rules.sealHours, ticket: receipt })] },
    outcome,
    ...(ticket ? { joinsTicket: { id: ticket.id } } : {}),
  });
};
