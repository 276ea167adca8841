/**
 * The dialogue's contract: what it is asked and what it decides. `decide` is pure: the worker fetches each needed fact and asks again.
 */
import type { MaskedIin } from '../inbound/masked.js';
import type { Bilingual, Language } from '../language.js';
import type { Choice } from '../transport/contract.js';
import type { Label, Understanding } from '../understand/contract.js';
import type { CheckResult, FactRequest, Facts, Queue } from './fact-requests.js';
import type { Rating } from './rating.js';
import type { DialogueState, Wish } from './state.js';

/** One turn: one question, perhaps in several messages. */
export interface Turn {
  /** Ids of the incoming messages it answers, in order; at least one. */
  readonly messages: readonly string[];
  /** Their masked text, joined by line breaks. */
  readonly text: string;
  readonly iins: readonly MaskedIin[];
  readonly location?: { readonly latitude: number; readonly longitude: number };
  /** Id of a tapped choice. */
  readonly choiceId?: string;
  readonly media?: 'voice' | 'photo' | 'video' | 'document' | 'sticker' | 'contact';
  /** What came last was no writing: a mark on one of our messages, a rejected call, something that cannot be read. */
  readonly sign?: 'reaction' | 'call' | 'unsupported';
  /** Id of the ticket whose answer by a specialist is quoted. */
  readonly quotedTicket?: string;
  /** Id of the article that a quoted answer of ours was about. */
  readonly quotedArticle?: string;
  readonly understanding: Understanding;
  /** The waiting window is over (or there is none): what is unclear now has to be settled. */
  readonly settled: boolean;
}

export interface OpenTicket {
  readonly id: string;
  readonly receipt: string;
  readonly queue: Queue;
  readonly status: 'waiting' | 'claimed' | 'answered';
  readonly createdAt: Date;
}

/** What the dialogue knows of the resident when it is asked. */
export interface Resident {
  /** Kept language, if any was shown or asked for. */
  readonly language?: Language;
  readonly stopped: boolean;
  readonly openTickets: readonly OpenTicket[];
  /** A specialist holds the conversation: the bot is silent (danger excepted). */
  readonly heldBySpecialist: boolean;
}

export interface ReplyDraft {
  /** At most 1,024 characters, in the resident's language, choices also by number. */
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly asksLocation: boolean;
  readonly language: Language;
  /** Id of the article it answers with. */
  readonly article?: string;
}
/** Why an incoming message got nothing back. */
export type SilenceReason =
  | 'held-by-specialist'
  | 'thanks-after-thanks'
  | 'reaction'
  | 'answered-by-phone'
  | 'came-late'
  | 'loop';

export interface TicketDraft {
  readonly receipt: string;
  readonly queue: Queue;
  readonly reason:
    | 'asked-for-human'
    | 'no-answer'
    | 'danger'
    | 'content-expired'
    | 'not-helped'
    | 'faulty-iin'
    | 'media'
    | 'mode-inbox'
    | 'mode-drafts'
    | 'answered-by-phone'
    | 'came-late'
    | 'loop'
    | 'undeliverable'
    | 'parked';
  readonly urgent: boolean;
  /** Label the understanding gave first, for routing and grouping. */
  readonly label?: Label;
  readonly language: Language;
  /** Ids of earlier messages that the ticket is about too. */
  readonly about?: readonly string[];
}

export interface JoinedTicket {
  readonly id: string;
  /** Ids of earlier messages that belong to it too. */
  readonly about?: readonly string[];
}

/** What a look into one list gave, for the specialist who reads the conversation later; the number itself stands nowhere. */
export interface CheckNote {
  /** The programme as residents are told it; absent where nobody was looked up. */
  readonly programme?: Bilingual;
  readonly stands:
    | Extract<CheckResult['outcome'], { kind: 'listed' }>['status']
    | 'not-listed'
    | 'no-list'
    | 'throttled';
}

/** What became of a turn; exactly one of reply, ticket and silence settles its messages. */
export interface Settled {
  readonly kind: 'settled';
  /** How the turn counts in evaluation: a label, or `clarify`. */
  readonly outcome: Label | 'clarify';
  /** At most one message to the resident. A ticket's receipt is a reply of its own and stands here too. */
  readonly reply?: ReplyDraft;
  readonly ticket?: TicketDraft;
  /** The messages join this open ticket instead of opening one, with those earlier ones that the question is about. */
  readonly joinsTicket?: JoinedTicket;
  /** Somebody's life may be in danger: answered whatever the staff's switch says, and the ticket is urgent. */
  readonly urgent?: boolean;
  readonly silence?: SilenceReason;
  readonly state: DialogueState;
  readonly contact?: { readonly language?: Language; readonly stopped?: boolean };
  /** What they think of a specialist's answer. */
  readonly rates?: { readonly ticketId: string; readonly rating: Rating };
  /** What the bot would have said, had a specialist not held the conversation; where that can be known without a look into lists. */
  readonly wouldSay?: string;
  /** What was looked up in lists. */
  readonly checks?: readonly CheckNote[];
  /** To be told of a change by a new list. */
  readonly wish?: Wish;
}
export type Decision =
  | Settled
  | { readonly kind: 'need'; readonly request: FactRequest }
  /** A fragment: wait for the next message (only when `turn.settled` is false). */
  | { readonly kind: 'wait' };

export interface DecideInput {
  readonly state: DialogueState;
  readonly turn: Turn;
  readonly resident: Resident;
  readonly facts: Facts;
  /** Business time. */
  readonly now: Date;
}
export type Decide = (input: DecideInput) => Decision;
