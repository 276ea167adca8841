/** What the dialogue may ask the rooms of facts for, and what they answer. Pure values. */
import type { MaskedIin } from '../inbound/masked.js';
import type { Bilingual } from '../language.js';
import type { Label } from '../understand/contract.js';

export type Topic = 'payments' | 'checkpoints' | 'business' | 'health' | 'services';
/** The id of a queue of tickets, one for each field of specialists; staff make and name them. */
export type Queue = string;
export type ProgrammeId = string;

export interface ArticleAnswer {
  readonly id: string;
  readonly topic: Topic;
  readonly question: Bilingual;
  readonly answer: Bilingual;
  readonly source: Bilingual;
  /** ISO dates (YYYY-MM-DD). */
  readonly verifiedOn: string;
  readonly reviewBy: string;
  /** After this day the answer is not given any more. */
  readonly validUntil?: string;
  /** The payment it is about, whose list one can be looked up in. */
  readonly programme?: ProgrammeId;
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
  /** ISO day since when the list is valid, and which batch it is. */
  readonly listDate?: string;
  readonly batch?: string;
  /** The list is older than its promised refresh by so many days' age. */
  readonly staleDays?: number;
  /** Text templates of the programme (i18next placeholders), by status and `notFound`. */
  readonly resultTexts: Readonly<Record<string, Bilingual>>;
  readonly nextSteps: Readonly<Record<string, Bilingual>>;
  /** Nobody can apply yet, or any more; the ISO day on which that changes or changed. */
  readonly closed?: { readonly kind: 'not-yet' | 'no-more'; readonly day: string };
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

export interface TicketReference {
  readonly id: string;
  readonly receipt: string;
  readonly queue: Queue;
  readonly resolved: boolean;
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
  /** The queue that questions under this label belong to now. */
  | { readonly fact: 'queue'; readonly label?: Label }
  /** Next time specialists of a queue work and the hours a first reply usually takes. */
  | { readonly fact: 'office-hours'; readonly queue: Queue }
  /** The resident's ticket that was asked about with a rating: this one, else the latest. */
  | { readonly fact: 'rated-ticket'; readonly ticketId?: string }
  /** The ticket of theirs that was resolved last, and so lately that writing again reopens it. */
  | { readonly fact: 'resolved-lately' }
  /** The ticket of theirs whose answer they quote; null once it was resolved too long ago. */
  | { readonly fact: 'quoted-ticket'; readonly ticketId: string }
  /** A fresh receipt, reserved for a ticket that this decision opens. */
  | { readonly fact: 'new-receipt' };
export interface ProgrammeName {
  readonly id: ProgrammeId;
  readonly shortName: Bilingual;
  readonly intent: Label;
  /** What names it in a message: its amount in digits, and words of staff's. */
  readonly named: readonly string[];
  /** Ids of the articles about it. */
  readonly articles: readonly string[];
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
  readonly queue: Queue;
  readonly 'office-hours': { readonly openNow: boolean; readonly opensAt: Date; readonly replyHours: number };
  readonly 'rated-ticket': TicketReference | null;
  readonly 'resolved-lately': TicketReference | null;
  readonly 'quoted-ticket': TicketReference | null;
  readonly 'new-receipt': string;
}
/** Facts fetched so far in this turn, looked up by request. */
export interface Facts {
  get<R extends FactRequest>(request: R): FactAnswers[R['fact']] | undefined;
}
