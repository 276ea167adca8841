/**
 * What is left of a message after the door: IINs are gone before anything is written or logged.
 * Made by `mask.ts`, stored by `intake.ts`, read by everything after.
 */
/** Stands in a stored text where digits stood that may be an IIN. */
export const iinMark = '⟨iin⟩';
/** Stands where the number of a bank card stood: nobody here needs it, so nothing else of it is kept. */
export const cardMark = '⟨card⟩';
/** The text as people are shown it: dots stand where a number was taken out. */
export const withDots = (text: string): string => text.replaceAll(iinMark, '••••').replaceAll(cardMark, '••••');

/** Why a number cannot be an IIN. `several` never occurs on one number; a message with several carries several entries. */
export type IinFault = 'length' | 'not-digits' | 'date' | 'century' | 'checksum';

/** One number that may be an IIN, without the number. */
export interface MaskedIin {
  /** HMAC-SHA-256 (hex) of the 12 digits under the lists' secret; absent where the form is faulty. */
  readonly hmac?: string;
  /** HMAC-SHA-256 (hex) of the first six digits: throttles guessing from a known birthday. Absent where the date is faulty. */
  readonly birthHmac?: string;
  /** The same two under the key before this one, while lists stand under it. */
  readonly former?: { readonly hmac: string; readonly birthHmac: string };
  readonly fault?: IinFault;
  /** The resident agreed before: a sealed copy rests beside the message for a while. */
  readonly sealed?: true;
  /** How many digits were written. */
  readonly digits: number;
}

export interface MaskedText {
  readonly text: string;
  readonly iins: readonly MaskedIin[];
}
