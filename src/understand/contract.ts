/** What understanding gives to the dialogue: pure values, no I/O, no clock. */
import type { Language } from '../language.js';

export type ServiceLabel =
  | 'service:eligibility'
  | `service:eligibility-${string}`
  | 'service:checkpoint-nearest'
  | 'service:human'
  | 'service:language'
  | 'service:menu'
  | 'service:stop';
export type SmallTalkLabel = 'small:greeting' | 'small:thanks' | 'small:bye';
/** The labels a message can carry; `faq:` is followed by an article's id. */
export type Label = `faq:${string}` | ServiceLabel | SmallTalkLabel | 'escalate' | 'ignore-offtopic';

export interface Candidate {
  readonly label: Label;
  /** Calibrated probability, 0 to 1. The candidates of one message sum to at most 1. */
  readonly probability: number;
}

export interface Slots {
  /** Ids of the payments named in the message by amount or name. */
  readonly programmes: readonly string[];
  /** A payment's amount is all that is said beside a greeting ("42500", "50 мың"): what is asked of it stays open. */
  readonly amountAlone?: true;
  /** Ids of checkpoints named in the message (also by district or alias), best first. */
  readonly checkpoints: readonly string[];
  /** A message that is nothing but a small number ("2", "2.", "№2", "екінші", "второе"). */
  readonly choice?: number;
  /** A message that is nothing but a yes or a no ("иә", "ия", "да", "жоқ", "нет", "керек емес"). */
  readonly answer?: 'yes' | 'no';
  /** It begins with a yes or a no and says more ("нет, это не мой"). */
  readonly answerFirst?: 'yes' | 'no';
  /** Something is denied: "түскен жоқ", "түспеді", "не пришло". */
  readonly denies?: true;
  /** Says no more than that something was not understood ("түсінбедім", "непонятно"). */
  readonly puzzled?: true;
  /** A receipt in canonical Latin form ("K-7F3Q"), also where it was typed with Cyrillic К or without the dash. */
  readonly receipt?: string;
  /** Language asked for by `service:language` ("орысша" → ru), if it was named. */
  readonly wantedLanguage?: Language;
  /** The message takes back what stop did ("қосу", "включить"). */
  readonly optIn?: true;
  /** The message asks to begin again ("басынан", "сначала", "рестарт", "/start"). */
  readonly restart?: true;
}

/** One of several questions of a message. */
export interface AskedQuestion extends Candidate {
  /** The words that ask it, as they were typed (masked). */
  readonly text: string;
}

export interface Understanding {
  readonly language: Language;
  /** False where the message itself shows no language (a number, an emoji, "ок"); `language` is then the context's. */
  readonly languageShown: boolean;
  /** Best first, at most five. Empty where the message holds nothing to read (blank, emoji only). */
  readonly candidates: readonly Candidate[];
  /** The same as the first candidate's probability, or 0. */
  readonly confidence: number;
  readonly slots: Slots;
  /** Someone's life is in danger now (breathing, bleeding, suicide, violence, fire …): 103/112 first, whatever else. */
  readonly danger: boolean;
  /** Where the message asks several things: each of them in order, at least one of them sure; absent where it asks one. */
  readonly questions?: readonly AskedQuestion[];
  /** The message was normalised to this; for explanations. */
  readonly normalised: string;
}

export interface UnderstandContext {
  /** The language of the conversation so far, else the default. */
  readonly language: Language;
  /** The article that was answered last, for follow-ups ("ал қанша күтемін?"). */
  readonly article?: string;
}

/** Text is already masked: IINs stand as ⟨iin⟩. Never throws; work is bounded by the length (64 KiB and more are cut). */
export type Understand = (text: string, context: UnderstandContext) => Understanding;

/** What the index is made of; read from the store, passed in. */
export interface IndexedArticle {
  readonly id: string;
  readonly question: Record<Language, string>;
  readonly examples: Record<Language, readonly string[]>;
  readonly keywords: readonly string[];
}
export interface IndexedCheckpoint {
  readonly id: string;
  readonly name: Record<Language, string>;
  readonly aliases: readonly string[];
  readonly district: string;
}
/** Words of one meaning; each stands for all that begins with it. */
export interface IndexedConcept {
  readonly id: string;
  readonly words: Record<Language, readonly string[]>;
}
/** A payment programme: what names it in a message, and questions that lead to its check. */
export interface IndexedPayment {
  readonly id: string;
  /** Of its check. */
  readonly label: Label;
  /** Tenge. */
  readonly amount: number;
  readonly name: Record<Language, string>;
  /** A word stands for all that begin with it. */
  readonly words: readonly string[];
  /** Ids of the articles about it. */
  readonly articles: readonly string[];
  readonly questions: Record<Language, readonly string[]>;
}
export interface IndexMaterial {
  readonly articles: readonly IndexedArticle[];
  readonly checkpoints: readonly IndexedCheckpoint[];
  readonly lexicon: readonly IndexedConcept[];
  /** Payment programmes that staff gave questions to or added; absent where there are none. */
  readonly payments?: readonly IndexedPayment[];
}
