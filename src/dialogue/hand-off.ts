/** Handing over to a specialist: a receipt and an honest time, or the ticket that is open already. Pure. */
import type { Label } from '../understand/contract.js';
import type { OpenTicket, Settled, TicketDraft } from './contract.js';
import type { Queue, TicketReference } from './fact-requests.js';
import { comingMoment } from './local-time.js';
import { fits, reply } from './reply.js';
import { sealOffer } from './seal-iin.js';
import type { Speech } from './speech.js';

export interface HandOff {
  readonly reason: TicketDraft['reason'];
  readonly urgent?: boolean;
  readonly outcome?: Label;
  /** Earlier messages that the question is about. */
  readonly about?: readonly string[];
  /** Label that routes, where it is not the message's own. */
  readonly label?: Label | undefined;
  /** What is said before the receipt, and what may be said after it. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** When an answer can be counted on: hours while specialists work, the true opening time while they do not. */
const honestTime = (speech: Speech, queue: Queue): string => {
  const hours = speech.need({ fact: 'office-hours', queue });
  return hours.openNow
    ? speech.say('escalated.wait', { count: hours.replyHours })
    : speech.say('escalated.closed', { opensAt: comingMoment(speech, hours.opensAt) });
};

/** The open ticket that a further message belongs to: one of its own queue, else the latest that still waits, else the latest. */
const ticketToJoin = ({ resident }: Speech, queue: Queue): OpenTicket | undefined => {
  const latest = resident.openTickets.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return (
    latest.find((ticket) => ticket.queue === queue) ??
    latest.find((ticket) => ticket.status !== 'answered') ??
    latest[0]
  );
};

interface Around {
  readonly must: readonly string[];
  readonly after: readonly string[];
  readonly receipt: string;
  readonly label: Label | undefined;
  readonly urgent: boolean;
}
/** A question about a payment may go with a sealed copy of the IIN; nobody is asked that where a life is in danger. */
const withOffer = (speech: Speech, { must, after, receipt, label, urgent }: Around) => {
  const offer = urgent ? null : sealOffer(speech, receipt, label);
  if (!offer || !fits(speech, [...must, offer.said])) return { parts: { must, may: after } };
  const { expecting, taps, said } = offer;
  return { parts: { must: [...must, said], may: after }, expecting, taps, state: { sealOffered: receipt } };
};

/**
 * What the bot cannot settle belongs to the ticket that was resolved lately, where it is of the same queue or names no topic of its own:
 * it is reopened rather than a second one opened. A question that the bot answers never comes here.
 */
const reopened = (speech: Speech, queue: Queue): TicketReference | null => {
  const lately = speech.need({ fact: 'resolved-lately' });
  return lately && (lately.queue === queue || queue === 'other') ? lately : null;
};

/** A message that quotes a specialist's answer belongs to that ticket; null where that is too long ago, or it only says thanks. */
export const followQuotedTicket = (speech: Speech): Settled | null => {
  const { quotedTicket } = speech.turn;
  if (quotedTicket === undefined || speech.label?.startsWith('small:')) return null;
  const ticket = speech.need({ fact: 'quoted-ticket', ticketId: quotedTicket });
  if (!ticket) return null;
  const key = ticket.resolved ? 'escalated.reopened' : 'escalated.added';
  return reply(speech, {
    parts: { must: [`${speech.say(key, { ticket: ticket.receipt })} ${honestTime(speech, ticket.queue)}`] },
    outcome: 'escalate',
    joinsTicket: { id: ticket.id },
  });
};

export const handOff = (speech: Speech, request: HandOff): Settled => {
  const label = request.label ?? speech.label;
  const outcome = request.outcome ?? 'escalate';
  const { before = [], after = [], urgent = false } = request;
  const queue = speech.need({ fact: 'queue', ...(label === undefined ? {} : { label }) });
  const open = ticketToJoin(speech, queue);
  const earlier = (request.about ?? []).filter((message) => !speech.turn.messages.includes(message));
  const about = earlier.length > 0 ? { about: earlier } : {};
  if (open) {
    const key = request.reason === 'asked-for-human' ? 'escalated.stillWaiting' : 'escalated.added';
    const said = `${speech.say(key, { ticket: open.receipt })} ${honestTime(speech, open.queue)}`;
    const must = [...before, said];
    return reply(speech, {
      ...withOffer(speech, { must, after, receipt: open.receipt, label, urgent }),
      outcome,
      joinsTicket: { id: open.id, ...about },
      urgent,
    });
  }
  const again = request.reason === 'danger' ? null : reopened(speech, queue);
  if (again) {
    const said = `${speech.say('escalated.reopened', { ticket: again.receipt })} ${honestTime(speech, again.queue)}`;
    return reply(speech, {
      ...withOffer(speech, { must: [...before, said], after, receipt: again.receipt, label, urgent }),
      outcome,
      joinsTicket: { id: again.id, ...about },
      urgent,
    });
  }
  const receipt = speech.need({ fact: 'new-receipt' });
  const must = [
    ...before,
    `${speech.say('escalated.created', { ticket: receipt })} ${honestTime(speech, queue)}`,
    speech.say('escalated.keep', { ticket: receipt }),
  ];
  return reply(speech, {
    ...withOffer(speech, { must, after, receipt, label, urgent }),
    outcome,
    urgent,
    ticket: {
      receipt,
      queue,
      reason: request.reason,
      urgent,
      ...(label === undefined ? {} : { label }),
      language: speech.language,
      ...about,
    },
  });
};
