/** Beside the door: an IIN typed in two quick messages is put together in memory, so that neither half is ever written. */
import type { Clock } from '../clock.js';
import { asciiDigits } from './digit-groups.js';
import { checkIin } from './iin.js';
import { maskedIin } from './iin-hmac.js';
import { amountLength } from './known-numbers.js';
import { maskText } from './mask.js';
import { iinMark, type MaskedText } from './masked.js';

export interface RejoinerOptions {
  readonly clock: Clock;
  /** How long a half is waited for: the waiting window of a turn. */
  readonly windowMs: number;
  readonly secret: string;
  readonly previousSecret?: string | undefined;
  /** Halves held at most; the oldest is forgotten first. */
  readonly capacity?: number;
}
interface Held {
  readonly digits: string;
  readonly hidden: boolean;
  readonly until: number;
}

/** Only digits and what stands between them, after the words ИИН/ЖСН if they are there; null for any other message. */
const digitsOnly = (text: string): string | null => {
  if (text.length > 64) return null;
  const bare = asciiDigits(text).replace(/(?:ИИН|ЖСН|IIN)[\s:№–-]*/giu, '');
  return /^[\s\p{P}\p{S}\p{Cf}]*\d[\d\s\p{P}\p{S}\p{Cf}]*$/u.test(bare) && !/[+]/.test(bare)
    ? bare.replace(/\D/g, '')
    : null;
};
const isKnown = (digits: string): boolean => {
  const group = { start: 0, end: digits.length, digits, weak: false, broken: false, gap: null, close: false };
  return amountLength([group], 0, false) === 1;
};

/**
 * A door with a short memory.
 *
 * `mask(residentKey, text, expectsIin)` gives what may be written. A message that is nothing but five to nine digits and no known
 * amount or short number is hidden as one number of a wrong length; its digits stay in memory for `windowMs`. If the same resident's
 * next message makes twelve digits of them, that message becomes one IIN with the whole number's hash.
 */
export const createRejoiner = ({ clock, windowMs, secret, previousSecret, capacity = 10_000 }: RejoinerOptions) => {
  const keys = { secret, previousSecret };
  const held = new Map<string, Held>();
  const forgetOld = (now: number): void => {
    for (const [key, half] of held) {
      if (half.until >= now && held.size <= capacity) break;
      held.delete(key);
    }
  };
  return {
    mask(residentKey: string, text: string, expectsIin: boolean, onWhole?: (digits: string) => void): MaskedText {
      const now = clock.now().getTime();
      forgetOld(now);
      const before = held.get(residentKey);
      held.delete(residentKey);
      const digits = digitsOnly(text);
      if (digits === null || digits.length > 11) return maskText(text, { ...keys, expectsIin, onWhole });
      const hidden = digits.length >= 5 && digits.length <= 9 && !isKnown(digits);
      if (before && before.until >= now) {
        const whole = before.digits + digits;
        if (whole.length === 12 && ((before.hidden && hidden) || checkIin(whole).ok)) {
          if (checkIin(whole).ok) onWhole?.(whole);
          return { text: iinMark, iins: [maskedIin(whole, secret, undefined, previousSecret)] };
        }
      }
      if (!isKnown(digits)) {
        held.set(residentKey, { digits, hidden, until: now + windowMs });
        forgetOld(now);
      }
      return hidden
        ? { text: iinMark, iins: [maskedIin(digits, secret)] }
        : maskText(text, { ...keys, expectsIin, onWhole });
    },
    /** How many halves are held now. */
    size: (): number => held.size,
  };
};
export type Rejoiner = ReturnType<typeof createRejoiner>;
