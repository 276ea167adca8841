/** First step of normalising: words typed in Latin letters, in any of the habits of Kazakh and Russian chats, become Cyrillic. */
import type { Language } from '../language.js';

/** Letters that look alike: one Latin letter inside a Cyrillic word is a slip of the keyboard, not a sound. */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};
/** Longest first: the transliteration is greedy. */
const shared: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['sch', 'щ'],
  ["s'", 'ш'],
  ["c'", 'ч'],
  ["g'", 'ғ'],
  ["n'", 'ң'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['gh', 'ғ'],
  ['yu', 'ю'],
  ['ya', 'я'],
  ['yo', 'ё'],
  ['ye', 'е'],
  ['ts', 'ц'],
  ['ck', 'к'],
];
const byLanguage: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  kk: [['dj', 'ж']],
  ru: [
    ['ju', 'ю'],
    ['ja', 'я'],
    ['jo', 'ё'],
    ['je', 'е'],
  ],
};
const letters: Readonly<Record<string, string>> = {
  a: 'а',
  á: 'ә',
  ä: 'ә',
  ə: 'ә',
  b: 'б',
  c: 'с',
  ç: 'ч',
  č: 'ч',
  d: 'д',
  e: 'е',
  é: 'е',
  f: 'ф',
  g: 'г',
  ǵ: 'ғ',
  ğ: 'ғ',
  h: 'х',
  // Not і: a letter that both languages have in Latin must not count as a Kazakh one.
  i: 'и',
  í: 'и',
  ï: 'и',
  ı: 'ы',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  ń: 'ң',
  ñ: 'ң',
  ŋ: 'ң',
  o: 'о',
  ó: 'ө',
  ö: 'ө',
  p: 'п',
  q: 'қ',
  r: 'р',
  s: 'с',
  ş: 'ш',
  š: 'ш',
  t: 'т',
  u: 'у',
  ú: 'ү',
  ü: 'ү',
  ū: 'ұ',
  v: 'в',
  w: 'у',
  x: 'х',
  y: 'ы',
  ý: 'у',
  z: 'з',
  ž: 'ж',
};
const russianLetters: Readonly<Record<string, string>> = { j: 'й', w: 'в', c: 'ц', "'": 'ь', y: 'ы' };

/** Of the signs below U+0530, of which most texts are, 1 for Latin letters: a table is quicker than a pattern. */
const latinSigns = Uint8Array.from({ length: 0x530 }, (_, code) =>
  Number(/\p{Script=Latin}/u.test(String.fromCharCode(code))),
);
export function hasLatin(text: string): boolean {
  let isWhole = true;
  for (let at = 0; at < text.length; at += 1) {
    const isLatin = latinSigns[text.charCodeAt(at)];
    if (isLatin === 1) return true;
    if (isLatin === undefined) isWhole = false;
  }
  return !isWhole && /\p{Script=Latin}/u.test(text);
}
const hasCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word);

/**
 * One lower-case word to Cyrillic letters (not yet folded). `language` settles the few letters that the two languages read
 * differently: j, w, c. Letters it does not know are dropped.
 */
export function toCyrillic(word: string, language: Language): string {
  if (!hasLatin(word)) return word.replaceAll("'", '');
  if (hasCyrillic(word)) {
    return [...word].map((letter) => lookAlikes[letter] ?? letters[letter] ?? (letter === "'" ? '' : letter)).join('');
  }
  const groups = [...shared, ...byLanguage[language]];
  let out = '';
  for (let at = 0; at < word.length; ) {
    const group = groups.find(([latin]) => word.startsWith(latin, at));
    if (group !== undefined) {
      out += group[1];
      at += group[0].length;
      continue;
    }
    const letter = word[at] ?? '';
    out += (language === 'ru' ? russianLetters[letter] : undefined) ?? letters[letter] ?? '';
    at += 1;
  }
  return out;
}
