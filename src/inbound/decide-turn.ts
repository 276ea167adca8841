/** Decides one turn to its end: asks the dialogue, fetches what it needs, and applies the staff's switch. */
import type { Clocks } from '../clock.js';
import type { Decide, Resident, Settled, TicketDraft, Turn } from '../dialogue/contract.js';
import type { FactAnswers, FactRequest } from '../dialogue/fact-requests.js';
import { createFacts, factKey } from '../dialogue/facts.js';
import type { DialogueState } from '../dialogue/state.js';
import { applyMode, type ConversationMode, isAlwaysSaid, type ModedDecision, modeOpensTicket } from './apply-mode.js';
import type { FetchFact } from './fetch-facts.js';

/** More facts than any flow needs: past it the dialogue goes round in circles and the turn fails. */
const mostFacts = 12;

/** Facts that anybody may know and that leave no trace. */
const harmless: ReadonlySet<FactRequest['fact']> = new Set([
  'article',
  'topic-articles',
  'programmes',
  'checkpoint',
  'checkpoints',
  'checkpoints-near',
]);

export interface DecideTurnParts {
  readonly decide: Decide;
  readonly fetchFact: FetchFact;
  readonly clocks: Clocks;
}
export interface TurnQuestion {
  readonly contactId: string;
  readonly state: DialogueState;
  readonly resident: Resident;
  readonly turn: Turn;
  readonly mode: ConversationMode;
}

/** Gives the decision to be written. @throws when the dialogue waits on a settled turn, or asks for facts without end. */
export const createDecideTurn = ({ decide, fetchFact, clocks }: DecideTurnParts) => {
  const toTheEnd = async ({ contactId, state, resident, turn }: TurnQuestion): Promise<Settled> => {
    const known = new Map<string, FactAnswers[FactRequest['fact']]>();
    const facts = createFacts(known);
    for (let round = 0; round <= mostFacts; round += 1) {
      const decision = decide({ state, turn, resident, facts, now: clocks.business.now() });
      if (decision.kind === 'settled') return decision;
      if (decision.kind === 'wait') throw new Error('The dialogue waits on a turn that has to be settled.');
      known.set(factKey(decision.request), await fetchFact(decision.request, contactId));
    }
    throw new Error(`The dialogue asked for more than ${mostFacts} facts.`);
  };

  /** What the bot would answer by itself; undefined where it would ask for a person, or look into lists, which is left to who holds it. */
  const wouldSay = async ({ contactId, state, resident, turn }: TurnQuestion): Promise<string | undefined> => {
    const known = new Map<string, FactAnswers[FactRequest['fact']]>();
    const free = { ...resident, heldBySpecialist: false };
    for (let round = 0; round <= mostFacts; round += 1) {
      const now = clocks.business.now();
      const decision = decide({
        state,
        turn: { ...turn, settled: true },
        resident: free,
        facts: createFacts(known),
        now,
      });
      if (decision.kind === 'settled') return decision.joinsTicket ? undefined : decision.reply?.text;
      if (decision.kind === 'wait' || !harmless.has(decision.request.fact)) return undefined;
      known.set(factKey(decision.request), await fetchFact(decision.request, contactId));
    }
    return undefined;
  };

  return async (question: TurnQuestion): Promise<ModedDecision> => {
    const settled = await toTheEnd(question);
    // Nothing is said, so that nothing said is open either.
    if (question.mode === 'answered' && !isAlwaysSaid(settled))
      return applyMode({ ...settled, state: question.state }, 'answered', null);
    if (settled.silence === 'held-by-specialist') {
      const said = await wouldSay(question);
      return applyMode(said === undefined ? settled : { ...settled, wouldSay: said }, question.mode, null);
    }
    if (!modeOpensTicket(settled, question.mode)) return applyMode(settled, question.mode, null);
    const open = question.resident.openTickets[0];
    if (open) return applyMode(settled, question.mode, { joins: open.id });
    const label = question.turn.understanding.candidates[0]?.label;
    const receipt = await fetchFact({ fact: 'new-receipt' }, question.contactId);
    const named = label === undefined ? {} : { label };
    const queue = await fetchFact({ fact: 'queue', ...named }, question.contactId);
    return applyMode(settled, question.mode, {
      draft: {
        receipt: String(receipt),
        queue: String(queue),
        reason: ticketReason[question.mode],
        urgent: false,
        ...named,
        language: question.turn.understanding.language,
      },
    });
  };
};
const ticketReason = {
  answers: 'no-answer',
  drafts: 'mode-drafts',
  inbox: 'mode-inbox',
  phone: 'answered-by-phone',
  answered: 'answered-by-phone',
  late: 'came-late',
  loop: 'loop',
} as const satisfies Record<ConversationMode, TicketDraft['reason']>;

export type DecideTurn = ReturnType<typeof createDecideTurn>;
