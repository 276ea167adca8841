/** A receipt sent back tells its owner how the ticket stands. Pure. */
import type { Settled } from './contract.js';
import { localDay } from './local-time.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';

/** Another resident's receipt and one that never was get the same sentence: nobody learns which numbers exist. */
export const tellReceipt = (speech: Speech, receipt: string): Settled => {
  const ticket = speech.need({ fact: 'ticket', receipt });
  const said = ticket
    ? speech.say(`receipt.${ticket.status}`, { ticket: ticket.receipt, date: localDay(speech, ticket.createdAt) })
    : speech.say('receipt.unknown', { ticket: receipt });
  return reply(speech, { parts: { must: [said] }, outcome: 'service:human', expecting: speech.state.expecting });
};
