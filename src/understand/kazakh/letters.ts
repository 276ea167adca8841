/** Letters of Kazakh as its endings see them: shared letters for careless typing, vowel harmony, and the classes of sounds that endings follow. */
import { letterFold } from '../fold.js';

/** A word in shared letters ("қ" and "к" are one), with the place in the written word that each shared letter comes from. */
export interface FlatWord {
  readonly letters: string;
  readonly places: readonly number[];
}

/** Lower-case word to shared letters; unlike `fold` it keeps doubled letters. Pure, linear. */
export function flatten(word: string): FlatWord {
  let letters = '';
  const places: number[] = [];
  for (let at = 0; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    for (const part of letterFold[letter] ?? letter) {
      letters += part;
      places.push(at);
    }
  }
  return { letters, places };
}

/** Where an ending's vowel is made: at the back of the mouth, at the front, or not to be told. */
export type Harmony = 'back' | 'front' | 'either';
const always: Readonly<Record<string, Harmony>> = {
  ұ: 'back',
  я: 'back',
  ә: 'front',
  ө: 'front',
  ү: 'front',
  і: 'front',
  е: 'front',
  э: 'front',
};
/** Without a Kazakh keyboard "о" may be "ө" and "ы" may be "і"; where a word shows such a keyboard they are what they are. */
const whenExact: Readonly<Record<string, Harmony>> = { о: 'back', ы: 'back', ё: 'back' };
const skipped = /[^аәеёиіоөуұүыэюя]/u;

/** Whether a word holds a letter that only a Kazakh keyboard has. */
export const isExact = (word: string): boolean => /[әғқңөұүһі]/u.test(word);

/**
 * Harmony of a written stem by its last vowel that tells it. "у" takes that of the vowel before ("алу", "беру"); "и" tells nothing,
 * since folded text writes ы, і and й with it. "а" is taken for a back vowel: ә at the end of a stem is rare.
 */
export function harmonyOf(stem: string, exact: boolean): Harmony {
  for (let at = stem.length - 1; at >= 0; at -= 1) {
    const letter = stem[at] ?? '';
    if (skipped.test(letter) || letter === 'у' || letter === 'ю') continue;
    if (letter === 'а') return 'back';
    return always[letter] ?? (exact ? whenExact[letter] : undefined) ?? 'either';
  }
  return 'either';
}

/** Harmony of a written ending: that of its first vowel. */
export function harmonyOfEnding(written: string, exact: boolean): Harmony {
  const vowel = /[аеыі]/u.exec(written)?.[0];
  if (vowel === 'а') return 'back';
  if (vowel === 'ы') return exact ? 'back' : 'either';
  return vowel === undefined ? 'either' : 'front';
}

export const agrees = (stem: Harmony, ending: Harmony): boolean =>
  stem === 'either' || ending === 'either' || stem === ending;

/**
 * Classes of a stem's last letter, by which endings choose their first one: vowels V, glides Y (у, й), р R, л L, nasals M, з ж Z,
 * voiceless T. Voiced stops end borrowed stems only and take the voiceless endings ("клуб-қа"). Shared "и" may be a vowel or a glide.
 */
export function classesOf(letter: string): string {
  if ('аео'.includes(letter)) return 'V';
  if (letter === 'и') return 'VY';
  if (letter === 'у') return 'YV';
  if (letter === 'р') return 'R';
  if (letter === 'л') return 'L';
  if ('мн'.includes(letter)) return 'M';
  if ('зж'.includes(letter)) return 'Z';
  return 'T';
}

export const hasVowel = (letters: string): boolean => /[аеиоу]/u.test(letters);
