/** The staff's switch: what a decision becomes while specialists send themselves. Pure. */
import type { Settled, SilenceReason, TicketDraft } from '../dialogue/contract.js';
import type { Mode } from '../store/settings.js';

export interface ModedDecision {
  readonly settled: Settled;
  /** The reply is written as a draft for a specialist instead of being sent. */
  readonly draftOnly: boolean;
}

/**
 * The staff's switch, or what holds for this conversation alone · `phone`: a person answers from the telephone, so that the bot writes
 * nothing here · `answered`: a person wrote from the telephone after it, so that it is theirs · `late`: nobody listened when it was
 * written, so that a person releases the answer · `loop`: so much is said in so short a time that a machine may be talking to a machine, and
 * the bot falls silent, whatever it is asked.
 */
export type ConversationMode = Mode | 'phone' | 'answered' | 'late' | 'loop';

/** Why thanks and greetings end in nothing. */
const silences: Readonly<Partial<Record<ConversationMode, SilenceReason>>> = {
  phone: 'answered-by-phone',
  late: 'came-late',
  loop: 'loop',
};

/** Whatever holds, but for two machines: danger to life, and that a wish to be left alone was heard. */
export const isAlwaysSaid = ({ urgent, contact }: Settled): boolean =>
  urgent === true || contact?.stopped !== undefined;

const isSmallTalk = ({ outcome }: Settled): boolean => outcome.startsWith('small:');

/** True where the switch makes a ticket of the decision, so that a receipt is needed. */
export const modeOpensTicket = (settled: Settled, mode: ConversationMode): boolean =>
  mode !== 'answers' &&
  mode !== 'answered' &&
  !(mode in silences && isSmallTalk(settled)) &&
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
  if (mode === 'answers' || (isAlwaysSaid(decision) && mode !== 'loop')) {
    return { settled: decision, draftOnly: false };
  }
  if (mode === 'answered') {
    const { reply: _unsaid, ticket: _none, joinsTicket: _neither, ...rest } = decision;
    return { settled: { ...rest, silence: 'answered-by-phone' }, draftOnly: false };
  }
  const { reply, ...rest } = decision;
  const silence = silences[mode];
  if (silence && isSmallTalk(decision)) return { settled: { ...rest, silence }, draftOnly: false };
  const withTicket: Settled =
    decision.ticket || decision.joinsTicket || decision.silence || ticket === null
      ? rest
      : { ...rest, ...('draft' in ticket ? { ticket: ticket.draft } : { joinsTicket: { id: ticket.joins } }) };
  return (mode === 'drafts' || mode === 'late') && reply
    ? { settled: { ...withTicket, reply }, draftOnly: true }
    : { settled: withTicket, draftOnly: false };
};
