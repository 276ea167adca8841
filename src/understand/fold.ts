/** Second step of normalising: letters that people mix up in typing become one letter, so that "кімге", "кимге" and "kimge" meet. */

/** Kazakh and Russian letters to the letter they share in folded text. */
export const letterFold: Readonly<Record<string, string>> = {
  ә: 'а',
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  ы: 'и',
  і: 'и',
  й: 'и',
  ї: 'и',
  э: 'е',
  ё: 'е',
  я: 'иа',
  ю: 'иу',
  щ: 'ш',
  ь: '',
  ъ: '',
};

/**
 * Folds one lower-case Cyrillic word: shared letters, "нг" as a nasal, doubled letters once.
 * Idempotent; what is no Cyrillic letter stays.
 */
export function fold(word: string): string {
  let folded = '';
  for (const letter of word) {
    for (const part of letterFold[letter] ?? letter) {
      if (!folded.endsWith(part)) folded += part;
    }
  }
  // "менинг" writes the sound of ң with two letters; "г" goes only where no vowel follows, so that "танга" keeps its case ending.
  return folded.replace(/нг(?![аеиоуы])/gu, 'н').replace(/н+/gu, 'н');
}
