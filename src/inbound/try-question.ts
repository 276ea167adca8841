/** A question tried out by staff: what the bot would answer and why, through the real decision. Nothing is stored, counted or sent. */
import type { Clocks } from '../clock.js';
import type { Decide, ReplyDraft, TicketDraft } from '../dialogue/contract.js';
import { freshState } from '../dialogue/state.js';
import { type Why, whyDecided } from '../dialogue/why.js';
import type { Language } from '../language.js';
import type { Explain, Explanation } from '../understand/explain.js';
import { createDecideTurn } from './decide-turn.js';
import type { FetchFact } from './fetch-facts.js';
import { iinMark, type MaskedText } from './masked.js';

export interface Question {
  readonly text: string;
  /** The language of the conversation so far. */
  readonly language: Language;
  /** The article that was answered before, if any. */
  readonly article?: string;
}
export interface TriedQuestion {
  /** The message as it would be stored: IINs are masked. */
  readonly text: string;
  readonly explanation: Explanation;
  readonly why: Why;
  /** What the resident would get; null where a list of people would have to be looked into, which is not done here. */
  readonly reply: ReplyDraft | null;
  /** Set where a specialist would get it. */
  readonly ticket?: Pick<TicketDraft, 'queue' | 'urgent'>;
}
export type TryQuestion = (question: Question) => Promise<TriedQuestion>;

/** Whose eligibility is nobody's business on a page of staff: the lists stay closed, and no check is counted. */
class ListsStayClosed extends Error {
  override readonly name = 'ListsStayClosed';
}

export interface TryQuestionParts {
  readonly mask: (text: string) => MaskedText;
  readonly explain: Explain;
  readonly decide: Decide;
  readonly fetchFact: FetchFact;
  readonly clocks: Clocks;
}

/** A mark that is tried again, after the page masked the number it stood for, counts as a number of the right form. */
const withEveryIin = ({ text, iins }: MaskedText): MaskedText => {
  const marks = text.split(iinMark).length - 1;
  const again = Array.from({ length: Math.max(0, marks - iins.length) }, () => ({ hmac: 'tried', digits: 12 }));
  return { text, iins: [...iins, ...again] };
};

/** Decides as for a resident in the middle of a conversation who has no ticket and whose message nothing follows. */
export const createTryQuestion = ({ mask, explain, decide, fetchFact, clocks }: TryQuestionParts): TryQuestion => {
  const decideTurn = createDecideTurn({
    decide,
    clocks,
    fetchFact: async (request, contactId) => {
      if (request.fact === 'eligibility') throw new ListsStayClosed();
      return fetchFact(request, contactId);
    },
  });
  return async ({ text, language, article }) => {
    const masked = withEveryIin(mask(text));
    const about = article === undefined ? {} : { article };
    const explanation = explain(masked.text, { language, ...about });
    const { understanding } = explanation;
    const question = {
      contactId: 'nobody',
      state: { ...freshState, greeted: true, ...about },
      resident: { language, stopped: false, openTickets: [], heldBySpecialist: false },
      turn: { messages: ['tried'], ...masked, understanding, settled: true },
      mode: 'answers',
    } as const;
    const settled = await decideTurn(question).then(
      (decision) => decision.settled,
      (error: unknown) => {
        if (error instanceof ListsStayClosed) return null;
        throw error;
      },
    );
    const why = whyDecided({
      understanding,
      iins: masked.iins.length,
      before: undefined,
      after: settled?.state.expecting,
      outcome: settled?.outcome ?? 'service:eligibility',
      ticket: settled?.ticket?.reason,
      silent: settled?.silence !== undefined,
    });
    return {
      text: masked.text,
      explanation,
      why,
      reply: settled?.reply ?? null,
      ...(settled?.ticket ? { ticket: { queue: settled.ticket.queue, urgent: settled.ticket.urgent } } : {}),
    };
  };
};
