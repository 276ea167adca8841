/** The staff's switch: what a decision becomes while specialists send themselves. Pure. */
import type { Settled, TicketDraft } from '../dialogue/contract.js';
import type { Mode } from '../store/settings.js';

export interface ModedDecision {
  readonly settled: Settled;
  /** The reply is written as a draft for a specialist instead of being sent. */
  readonly draftOnly: boolean;
}

/** The staff's switch, or `phone`: a person answers this resident from the telephone, so that the bot writes nothing here. */
export type ConversationMode = Mode | 'phone';

const isSmallTalk = ({ outcome }: Settled): boolean => outcome.startsWith('small:');

/** True where the switch makes a ticket of the decision, so that a receipt is needed. */
export const modeOpensTicket = (settled: Settled, mode: ConversationMode): boolean =>
  mode !== 'answers' &&
  !(mode === 'phone' && isSmallTalk(settled)) &&
  !settled.urgent &&
  settled.ticket === undefined &&
  settled.joinsTicket === undefined &&
  settled.silence === undefined;

/**
 * `answers` changes nothing. In `drafts` and `inbox` every turn becomes (or joins) a ticket; the bot's reply stands as a draft in the
 * one and is not written at all in the other; so it is while a person answers from the telephone, where thanks need no ticket. Danger to life is always answered at once, and a wish to be left alone is confirmed.
 */
export const applyMode = (
  decision: Settled,
  mode: ConversationMode,
  ticket: { readonly draft: TicketDraft } | { readonly joins: string } | null,
): ModedDecision => {
  if (mode === 'answers' || decision.urgent || decision.contact?.stopped !== undefined) {
    return { settled: decision, draftOnly: false };
  }
  const { reply, ...rest } = decision;
  if (mode === 'phone' && isSmallTalk(decision)) {
    return { settled: { ...rest, silence: 'answered-by-phone' }, draftOnly: false };
  }
  const withTicket: Settled =
    decision.ticket || decision.joinsTicket || decision.silence || ticket === null
      ? rest
      : { ...rest, ...('draft' in ticket ? { ticket: ticket.draft } : { joinsTicket: { id: ticket.joins } }) };
  return mode === 'drafts' && reply
    ? { settled: { ...withTicket, reply }, draftOnly: true }
    : { settled: withTicket, draftOnly: false };
};
