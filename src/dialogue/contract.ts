/**
 * The dialogue's values: what it remembers between messages, what it is asked, what it may need, what it decides.
 * `decide` is pure: the worker fetches each needed fact and asks again.
 */
import type { MaskedIin } from '../inbound/masked.js';
import type { Bilingual, Language } from '../language.js';
import type { Choice } from '../transport/contract.js';
import type { Label, Understanding } from '../understand/contract.js';

export type Topic = 'payments' | 'checkpoints' | 'business' | 'health' | 'services';
/** Queues of tickets, one for each field of specialists. */
export type Queue = 'payments' | 'checkpoints' | 'business' | 'health' | 'utilities' | 'other';
export type ProgrammeId = string;

/** What a choice means when it is picked by tap, number or words. */
export type ChoiceMeaning =
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'programme'; readonly programme: ProgrammeId | 'all' }
  | { readonly kind: 'checkpoint'; readonly checkpoint: string }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  /** The rest of a list that is longer than a reply. */
  | { readonly kind: 'more'; readonly list: Topic | 'posts'; readonly from: number }
  | { readonly kind: 'handoff' };
export interface OfferedChoice extends Choice {
  readonly meaning: ChoiceMeaning;
  /** The longer words beside the number; picking by words compares with these and the title. */
  readonly words: string;
}

/**
 * What the last reply left open. Every kind is left by asking something else and times out at `until` (business time, ISO).
 * `token` stands in the ids of the reply's yes and no, so that a tap on an older reply is told from one on this.
 */
export type Expecting =
  | {
      readonly kind: 'choice';
      readonly choices: readonly OfferedChoice[];
      readonly about: 'clarify' | 'menu' | 'topic' | 'programme' | 'checkpoint';
      readonly original: readonly string[];
      readonly until: string;
    }
  | { readonly kind: 'iin'; readonly programme: ProgrammeId | 'all'; readonly faults: number; readonly until: string }
  /** A bare IIN out of the blue waits for a yes. Only its HMAC is kept. */
  | {
      readonly kind: 'iin-consent';
      readonly iin: MaskedIin;
      readonly programme: ProgrammeId | 'all';
      readonly token?: string;
      readonly until: string;
    }
  | { readonly kind: 'checkpoint-place'; readonly until: string }
  /** "Did this help?" about an article. */
  | {
      readonly kind: 'helped';
      readonly article: string;
      readonly original: readonly string[];
      readonly token?: string;
      readonly until: string;
    }
  /** "Shall a specialist answer?" */
  | {
      readonly kind: 'handoff-confirm';
      readonly original: readonly string[];
      readonly token?: string;
      readonly until: string;
    };

export interface DialogueState {
  readonly expecting?: Expecting;
  /** Article answered last, for follow-ups. */
  readonly article?: string;
  /** Not understood in a row: the second goes to a person. */
  readonly misses: number;
  readonly greeted: boolean;
  /** The last reply was an answer to thanks: another thank-you needs none. */
  readonly thanked?: boolean;
  /** The privacy sentence was shown in this conversation. */
  readonly privacyShown: boolean;
}
export const freshState: DialogueState = { misses: 0, greeted: false, privacyShown: false };

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

export interface ArticleAnswer {
  readonly id: string;
  readonly topic: Topic;
  readonly question: Bilingual;
  readonly answer: Bilingual;
  readonly source: string;
  /** ISO dates (YYYY-MM-DD). */
  readonly verifiedOn: string;
  readonly reviewBy: string;
  /** After this day the answer is not given any more. */
  readonly validUntil?: string;
}
export interface CheckResult {
  readonly programme: ProgrammeId;
  readonly shortName: Bilingual;
  readonly amount: number;
  readonly outcome:
    | {
        readonly kind: 'listed';
        readonly status: 'approved' | 'paid' | 'in-review' | 'refused';
        readonly amount: number;
        readonly date: string;
        readonly reason?: Bilingual;
      }
    | { readonly kind: 'not-listed' }
    | { readonly kind: 'no-list' };
  /** ISO day since when the list is valid. */
  readonly listDate?: string;
  /** The list is older than its promised refresh by so many days' age. */
  readonly staleDays?: number;
  /** Text templates of the programme (i18next placeholders), by status and `notFound`. */
  readonly resultTexts: Readonly<Record<string, Bilingual>>;
  readonly nextSteps: Readonly<Record<string, Bilingual>>;
}
export type EligibilityAnswer =
  | { readonly kind: 'checked'; readonly results: readonly CheckResult[] }
  | { readonly kind: 'throttled'; readonly minutes: number };
export interface CheckpointAnswer {
  readonly id: string;
  readonly name: Bilingual;
  readonly road: Bilingual;
  readonly status: 'open' | 'restricted' | 'closed';
  /** "24/7" or "HH:MM-HH:MM", Asia/Qyzylorda. */
  readonly hours: string;
  readonly vehicles: Bilingual;
  readonly rules: Bilingual;
  readonly registration: Bilingual;
  readonly updatedAt: Date;
  readonly distanceKm?: number;
  readonly sample: boolean;
}
export interface TicketAnswer {
  readonly receipt: string;
  readonly status: 'waiting' | 'claimed' | 'answered' | 'resolved';
  readonly createdAt: Date;
}

/** A fact the dialogue asks for; the key under which the worker hands it back is `factKey(request)`. */
export type FactRequest =
  | { readonly fact: 'article'; readonly id: string }
  | { readonly fact: 'topic-articles'; readonly topic: Topic }
  | { readonly fact: 'eligibility'; readonly iin: MaskedIin; readonly programme: ProgrammeId | 'all' }
  | { readonly fact: 'programmes' }
  | { readonly fact: 'checkpoint'; readonly id: string }
  | { readonly fact: 'checkpoints-near'; readonly latitude: number; readonly longitude: number }
  | { readonly fact: 'checkpoints' }
  | { readonly fact: 'ticket'; readonly receipt: string }
  /** Next time specialists of a queue work and the hours a first reply usually takes. */
  | { readonly fact: 'office-hours'; readonly queue: Queue }
  /** A fresh receipt, reserved for a ticket that this decision opens. */
  | { readonly fact: 'new-receipt' };
export interface ProgrammeName {
  readonly id: ProgrammeId;
  readonly shortName: Bilingual;
  readonly intent: Label;
}
export interface FactAnswers {
  readonly article: ArticleAnswer | null;
  readonly 'topic-articles': readonly ArticleAnswer[];
  readonly eligibility: EligibilityAnswer;
  readonly programmes: readonly ProgrammeName[];
  readonly checkpoint: CheckpointAnswer | null;
  readonly 'checkpoints-near': readonly CheckpointAnswer[];
  readonly checkpoints: readonly CheckpointAnswer[];
  /** Only a ticket of this very resident; another's receipt gives null. */
  readonly ticket: TicketAnswer | null;
  readonly 'office-hours': { readonly openNow: boolean; readonly opensAt: Date; readonly replyHours: number };
  readonly 'new-receipt': string;
}
/** Facts fetched so far in this turn, looked up by request. */
export interface Facts {
  get<R extends FactRequest>(request: R): FactAnswers[R['fact']] | undefined;
}

export interface ReplyDraft {
  /** At most 1,024 characters, in the resident's language, choices also by number. */
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly asksLocation: boolean;
  readonly language: Language;
}
/** Why an incoming message got nothing back. */
export type SilenceReason = 'held-by-specialist' | 'thanks-after-thanks' | 'reaction';

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
    | 'undeliverable'
    | 'parked';
  readonly urgent: boolean;
  /** Label the understanding gave first, for routing and grouping. */
  readonly label?: Label;
  readonly language: Language;
  /** Ids of earlier messages that the ticket is about too. */
  readonly about?: readonly string[];
}

/** What became of a turn; exactly one of reply, ticket and silence settles its messages. */
export interface Settled {
  readonly kind: 'settled';
  /** How the turn counts in evaluation: a label, or `clarify`. */
  readonly outcome: Label | 'clarify';
  /** At most one message to the resident. A ticket's receipt is a reply of its own and stands here too. */
  readonly reply?: ReplyDraft;
  readonly ticket?: TicketDraft;
  /** The messages join this open ticket instead of opening one. */
  readonly joinsTicket?: string;
  /** Somebody's life may be in danger: answered whatever the staff's switch says, and the ticket is urgent. */
  readonly urgent?: boolean;
  readonly silence?: SilenceReason;
  readonly state: DialogueState;
  readonly contact?: { readonly language?: Language; readonly stopped?: boolean };
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
