/** What a conversation remembers between messages: the question that is open, and what was said already. Pure values. */
import type { MaskedIin } from '../inbound/masked.js';
import type { Language } from '../language.js';
import type { Choice } from '../transport/contract.js';
import type { Label } from '../understand/contract.js';
import type { ProgrammeId, Topic } from './fact-requests.js';

/** What a choice means when it is picked by tap, number or words. */
export type ChoiceMeaning =
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'checkpoint'; readonly checkpoint: string }
  /** Posts that a question named, by name or by their district. */
  | { readonly kind: 'checkpoints'; readonly named: readonly string[] }
  | { readonly kind: 'language'; readonly language: Language }
  /** To be looked up in the list of a payment. */
  | { readonly kind: 'check'; readonly programme: ProgrammeId }
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
      readonly about: 'clarify' | 'menu' | 'topic' | 'checkpoint';
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
  /** "Shall I write when a new list changes this?" */
  | {
      readonly kind: 'tell-me';
      readonly wish: Wish;
      readonly token?: string;
      readonly until: string;
    }
  /** "Shall the specialist of this question get a sealed copy of the IIN?", and after a yes the IIN itself. */
  | { readonly kind: 'seal-consent'; readonly receipt: string; readonly token: string; readonly until: string }
  | { readonly kind: 'seal-iin'; readonly receipt: string; readonly until: string }
  /** "Did this help?" about an article. */
  | {
      readonly kind: 'helped';
      readonly article: string;
      /** Another question of the same message, whose answer did not fit: as good as a third number. */
      readonly other?: OfferedChoice;
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

/** To be told when a new list changes the answer about one person. Only the IIN's HMAC is kept. */
export interface Wish {
  readonly iinHmac: string;
  /** The hash under the key before, while lists stand under it. */
  readonly formerHmac?: string;
  /** What was told, and from which batch of each list. */
  readonly seen: readonly { readonly programme: ProgrammeId; readonly stands: string; readonly batch: string }[];
}

export interface DialogueState {
  readonly expecting?: Expecting;
  /** Article answered last, for follow-ups. */
  readonly article?: string;
  /** Not understood in a row: the second goes to a person. */
  readonly misses: number;
  readonly greeted: boolean;
  /** The last reply was an answer to thanks: another thank-you needs none. */
  readonly thanked?: boolean;
  /** The other language was offered while none was known. */
  readonly languageOffered?: boolean;
  /** A check was told last: what is handed over now is about it. */
  readonly checked?: boolean;
  /** Receipt of the question for which a sealed copy was offered. */
  readonly sealOffered?: string;
  /** The privacy sentence was shown in this conversation. */
  readonly privacyShown: boolean;
}
export const freshState: DialogueState = { misses: 0, greeted: false, privacyShown: false };

const expectingKinds: ReadonlySet<string> = new Set<Expecting['kind']>([
  'choice',
  'iin',
  'iin-consent',
  'tell-me',
  'seal-consent',
  'seal-iin',
  'helped',
  'handoff-confirm',
]);
const meaningKinds: ReadonlySet<string> = new Set<ChoiceMeaning['kind']>([
  'label',
  'topic',
  'checkpoint',
  'checkpoints',
  'language',
  'check',
  'yes',
  'no',
  'more',
  'handoff',
]);
const isAskedStill = (expecting: Expecting): boolean =>
  expectingKinds.has(expecting.kind) &&
  (expecting.kind !== 'choice' || expecting.choices.every(({ meaning }) => meaningKinds.has(meaning.kind)));

/** A state as it was stored, perhaps by an older version: an open question of a kind that is asked no more is closed, the rest stays. */
export const readState = (stored: DialogueState): DialogueState => {
  const { expecting, ...rest } = stored;
  return expecting === undefined || isAskedStill(expecting) ? stored : rest;
};
