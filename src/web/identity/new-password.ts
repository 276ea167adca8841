/** Passwords that the service makes itself: for the first admin and for `staff:reset`. */

/** No letters that are mistaken for each other when read off a screen. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * Twenty characters in groups of five (99 bits).
 * @param randomInt gives an integer in [0, below), such as `crypto.randomInt`.
 */
export const newPassword = (randomInt: (below: number) => number): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
  ).join('-');
