/** The keys that lie side by side, on the keyboard for Kazakh and Russian and on a Latin one: what a finger hits instead. */

/** Rows of keys; the Kazakh letters stand in the row of figures and are folded to letters elsewhere. */
const rows = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Keys of two rows touch where their places differ by no more than this. */
const touching = 1;

function keysBeside(letter: string): string[] {
  const row = rows.findIndex((keys) => keys.includes(letter));
  if (row < 0) return [];
  const alphabet = row < 3 ? rows.slice(0, 3) : rows.slice(3);
  const at = rows[row]?.indexOf(letter) ?? 0;
  return alphabet.flatMap((keys) => {
    const distance = Math.abs(rows.indexOf(keys) - row);
    return [...keys].filter((key, place) => key !== letter && distance <= 1 && Math.abs(place - at) <= touching);
  });
}
const beside: ReadonlyMap<string, readonly string[]> = new Map(
  [...rows.join('')].map((letter) => [letter, keysBeside(letter)]),
);

/** The keys around a letter's own; none where it has no key of these. */
export const neighboursOf = (letter: string): readonly string[] => beside.get(letter) ?? [];
