/** Words of numbers in both languages, folded: what each adds to a number, or multiplies it by. */

import type { Language } from '../../language.js';
import { fold } from '../fold.js';
import { stemKazakh } from '../kazakh/stem.js';

export interface NumberWord {
  readonly language: Language;
  /**
   * `tens` and `units` join ("қырық екі"), two of a kind do not; a `hundred` follows its units ("бес жүз"), `hundreds` hold them
   * ("пятьсот"); `whole` is a number by itself.
   */
  readonly kind: 'units' | 'tens' | 'hundred' | 'hundreds' | 'thousand' | 'million' | 'half' | 'whole';
  readonly value: number;
}

/** The words of a row are `step` apart, beginning with `from`; "/" parts the forms and spellings of one. */
const rows: readonly (readonly [Language, NumberWord['kind'], number, number, string])[] = [
  ['kk', 'units', 1, 1, 'бір екі үш төрт бес алты жеті сегіз тоғыз'],
  ['kk', 'tens', 10, 10, 'он жиырма/жирма отыз қырық елу алпыс жетпіс сексен тоқсан'],
  ['kk', 'hundred', 100, 1, 'жүз'],
  ['kk', 'thousand', 1000, 1, 'мың/мыңдық/мынг/мыңтг/мтг'],
  ['kk', 'half', 0.5, 1, 'жарым/жарты'],
  ['ru', 'units', 1, 1, 'один/одна/одну/одной/одного два/две/двух/двумя три/трех/тремя четыре/четырех'],
  ['ru', 'units', 5, 1, 'пять/пяти шесть/шести семь/семи восемь/восьми девять/девяти'],
  ['ru', 'units', 1.5, 1, 'полтора/полторы'],
  ['ru', 'tens', 10, 1, 'десять/десяти одиннадцать/одинадцать/одиннадцати двенадцать/двенадцати тринадцать/тринадцати'],
  ['ru', 'tens', 14, 1, 'четырнадцать/четырнадцати пятнадцать/пятнацать/пятнадцати шестнадцать/шестнадцати'],
  ['ru', 'tens', 17, 1, 'семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати'],
  ['ru', 'tens', 20, 10, 'двадцать/двацать/двадцати тридцать/трицать/тридцати сорок/сорока'],
  ['ru', 'tens', 50, 10, 'пятьдесят/пятдесят/писят/педесят/пятидесяти шестьдесят/шисят/шестидесяти'],
  ['ru', 'tens', 70, 10, 'семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста'],
  ['ru', 'hundreds', 100, 100, 'сто двести/двухсот триста/трехсот четыреста/четырехсот'],
  ['ru', 'hundreds', 500, 100, 'пятьсот/пятсот/пяцот/пицот/пятисот шестьсот/шестсот/шестисот семьсот/семисот'],
  ['ru', 'hundreds', 800, 100, 'восемьсот/восьмисот девятьсот/девятисот'],
  [
    'ru',
    'thousand',
    1000,
    1,
    'тысяча/тысячи/тысяч/тысячу/тысячей/тысячам/тысячами/тыс/тыща/тыщи/тыщ/тыщу/тысч/тыснач/тысяш',
  ],
  ['ru', 'half', 0.5, 1, 'половиной'],
  // "Миллион" is of both; what people call the payments is Russian.
  ['kk', 'million', 1_000_000, 1, 'миллион'],
  ['ru', 'million', 1_000_000, 1, 'миллиона/миллионов/млн/лям/ляма/лямов'],
  ['ru', 'whole', 50_000, 1, 'полтинник/полтос/полташка'],
  ['ru', 'whole', 15_000, 1, 'пятнашка/пятнашку/пятнашки/пятнарик'],
];
const words: ReadonlyMap<string, NumberWord> = new Map(
  rows.flatMap(([language, kind, from, step, row]) =>
    row
      .split(' ')
      .flatMap((forms, at) =>
        forms.split('/').map((form) => [fold(form), { language, kind, value: from + at * step }] as const),
      ),
  ),
);
/** Kazakh words that take an ending as the last of a number ("мыңға", "жүзді"); "бірі", "онда" and "екеуі" are mostly no numbers. */
const inflects: ReadonlySet<NumberWord['kind']> = new Set(['hundred', 'thousand', 'million', 'half']);
const longestForm = 14;

/** One folded word as a part of a number. */
export function numberWord(folded: string): NumberWord | undefined {
  if (folded.length > longestForm) return undefined;
  const known = words.get(folded);
  if (known !== undefined) return known;
  const inflected = words.get(stemKazakh(folded));
  return inflected?.language === 'kk' && inflects.has(inflected.kind) ? inflected : undefined;
}

const joinable = [...words.keys()].filter((form) => form.length > 1);
/** "қырықекімыңбесжүз" is five words; longer ones than this are no numbers. */
const longestJoined = 40;
const leastParts = 2;

/** The number words that a word is joined of, at least two of them and with nothing left over; empty where it is none. */
export function joinedWords(folded: string): readonly string[] {
  if (folded.length > longestJoined || numberWord(folded) !== undefined) return [];
  // Words that end at each place of the joined word, fewest first: linear in the length times the number of words.
  const ways: (readonly string[] | undefined)[] = [[]];
  for (let at = 0; at < folded.length; at += 1) {
    const before = ways[at];
    if (before === undefined) continue;
    for (const form of joinable) {
      if (folded.startsWith(form, at) && ways[at + form.length] === undefined)
        ways[at + form.length] = [...before, form];
    }
  }
  const parts = ways[folded.length] ?? [];
  return parts.length < leastParts ? [] : parts;
}
