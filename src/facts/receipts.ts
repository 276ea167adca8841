/** Receipts such as K-7F3Q: short enough to read out over a telephone, not sequential, so that nobody learns how many there are. */
import { randomInt } from 'node:crypto';

/** No 0/O, 1/I/L or U: nothing that is misread or turns into a word. The understanding reads them in Latin or Cyrillic letters alike. */
export const receiptLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 4;
const tries = 50;

/**
 * Gives a receipt that no ticket has. 30⁴ = 810,000 of them; after `tries` collisions one letter is added, so that it never fails.
 * @param taken tells whether a ticket has the receipt
 * @param pick gives a whole number from 0 to below its argument
 */
export const createNewReceipt =
  (taken: (receipt: string) => Promise<boolean>, pick: (below: number) => number = randomInt) =>
  async (): Promise<string> => {
    for (let attempt = 0; ; attempt += 1) {
      const size = length + Math.floor(attempt / tries);
      const letters = Array.from({ length: size }, () => receiptLetters.charAt(pick(receiptLetters.length)));
      const receipt = `K-${letters.join('')}`;
      if (!(await taken(receipt))) return receipt;
    }
  };
