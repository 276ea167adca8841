/** Handing over to a specialist: a receipt and an honest time, or the ticket that is open already. Pure. */
import type { Label } from '../understand/contract.js';
import type { Settled, TicketDraft } from './contract.js';
import { queueFor } from './queues.js';
import { localDay, localTime, type Parts, reply, type Speech } from './speech.js';

export interface HandOff {
  readonly reason: TicketDraft['reason'];
  readonly urgent?: boolean;
  readonly outcome?: Label;
  /** Earlier messages that the question is about. */
  readonly about?: readonly string[];
  /** Label that routes, where it is not the message's own. */
  readonly label?: Label | undefined;
  /** What is said before the receipt. */
  readonly before?: readonly string[];
}

/** What a receipt promises, in the resident's words. */
const promise = (speech: Speech, receipt: string, queue: TicketDraft['queue']): Parts => {
  const hours = speech.need({ fact: 'office-hours', queue });
  if (hours.openNow) {
    return {
      must: [
        `${speech.say('escalated.created', { ticket: receipt })} ${speech.say('escalated.wait', { count: hours.replyHours })}`,
      ],
    };
  }
  const opensAt = `${localDay(speech, hours.opensAt)} ${localTime(speech, hours.opensAt)}`;
  return { must: [speech.say('afterHours', { ticket: receipt, opensAt })] };
};

export const handOff = (speech: Speech, request: HandOff): Settled => {
  const label = request.label ?? speech.label;
  const outcome = request.outcome ?? 'escalate';
  const before = request.before ?? [];
  const open = speech.resident.openTickets[0];
  if (open) {
    const said = speech.say(request.reason === 'asked-for-human' ? 'escalated.stillWaiting' : 'escalated.added', {
      ticket: open.receipt,
    });
    return reply(speech, { parts: { must: [...before, said] }, outcome, joinsTicket: open.id, urgent: request.urgent });
  }
  const queue = queueFor(label);
  const receipt = speech.need({ fact: 'new-receipt' });
  const { must } = promise(speech, receipt, queue);
  return reply(speech, {
    parts: { must: [...before, ...must], may: [speech.say('escalated.keep')] },
    outcome,
    urgent: request.urgent,
    ticket: {
      receipt,
      queue,
      reason: request.reason,
      urgent: request.urgent ?? false,
      ...(label === undefined ? {} : { label }),
      language: speech.language,
      ...(request.about ? { about: request.about } : {}),
    },
  });
};

/** How a ticket stands, told to its owner; another's receipt and an unknown one get the same sentence. */
export const tellReceipt = (speech: Speech, receipt: string): Settled => {
  const ticket = speech.need({ fact: 'ticket', receipt });
  const said = ticket
    ? speech.say(`receipt.${ticket.status}`, { ticket: ticket.receipt, date: localDay(speech, ticket.createdAt) })
    : speech.say('receipt.unknown', { ticket: receipt });
  return reply(speech, { parts: { must: [said] }, outcome: 'service:human' });
};

/** Danger to life: 103 and 112 stand first, whatever the state; a specialist is alerted at once. */
export const answerDanger = (speech: Speech): Settled => {
  const { label, sure } = speech;
  const first = speech.say('danger');
  const article =
    sure && label?.startsWith('faq:') ? speech.need({ fact: 'article', id: label.slice('faq:'.length) }) : null;
  return handOff(speech, {
    reason: 'danger',
    urgent: true,
    outcome: article && label ? label : 'escalate',
    before: article ? [first, article.answer[speech.language]] : [first],
  });
};
