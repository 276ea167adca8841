/** A light suffix stripper for folded Kazakh words: endings of nouns and the commonest of verbs, never below three letters. */

/**
 * Endings in folded spelling (ы/і → и, қ → к, ғ → г), outermost layer first. Each layer is taken off at most once, in this order:
 * questions and copulas, cases, possessives, plurals, derivations.
 */
const layers: readonly (readonly string[])[] = [
  [
    'сизба',
    'сизбе',
    'минба',
    'минбе',
    'динба',
    'пинба',
    'пинбе',
    'миз',
    'сиз',
    'сиздар',
    'сиздер',
    'мин',
    'пин',
    'бин',
    'син',
  ],
  [
    'ндаги',
    'ндеги',
    'даги',
    'деги',
    'таги',
    'теги',
    'нин',
    'дин',
    'тин',
    'дан',
    'ден',
    'тан',
    'тен',
    'нан',
    'нен',
    'мен',
    'бен',
    'пен',
    'нда',
    'нде',
    'на',
    'не',
    'да',
    'де',
    'та',
    'те',
    'га',
    'ге',
    'ка',
    'ке',
    'ни',
    'ди',
    'ти',
  ],
  ['имиз', 'иниз', 'лари', 'лери', 'дари', 'дери', 'тари', 'тери', 'миз', 'низ', 'им', 'ин', 'си', 'и'],
  ['лар', 'лер', 'дар', 'дер', 'тар', 'тер'],
  ['лик', 'дик', 'тик', 'лиг', 'диг', 'тиг', 'ши', 'сиз'],
];
const verbEndings: readonly string[] = [
  'атин',
  'етин',
  'итин',
  'ади',
  'еди',
  'иди',
  'амин',
  'емин',
  'асиз',
  'есиз',
  'аиик',
  'еиик',
  'ганмин',
  'генмин',
  'канмин',
  'кенмин',
  'ган',
  'ген',
  'кан',
  'кен',
  'маи',
  'меи',
  'баи',
  'беи',
  'паи',
  'пеи',
  'уге',
  'уга',
  'ип',
  'са',
  'се',
  'уи',
];
/** What a stem keeps at least: cases come off short nouns too ("үйден"), the other layers only off longer ones. */
const shortest = { cases: 3, others: 4 };

const strip = (word: string, endings: readonly string[], least: number): string => {
  let longest = '';
  for (const ending of endings) {
    if (ending.length > longest.length && word.length - ending.length >= least && word.endsWith(ending))
      longest = ending;
  }
  return word.slice(0, word.length - longest.length);
};

/**
 * Stem of one folded word; the word itself where nothing can be taken off. Folding writes doubled letters once, so a stem that ends
 * in the letter its ending begins with loses it ("бекеттен" → "беке"); the index's letter n-grams make up for that.
 */
export function stemKazakh(folded: string): string {
  if (folded.length <= shortest.others) return folded;
  const verb = strip(folded, verbEndings, shortest.cases);
  if (verb !== folded) return verb;
  const stem = layers.reduce(
    (word, endings, layer) => strip(word, endings, layer === 1 ? shortest.cases : shortest.others),
    folded,
  );
  // "картам", "анаң": the possessive of a stem that ends in a vowel is one letter.
  return stem.length > shortest.others && /[ае]м$/u.test(stem) && stem !== folded ? stem.slice(0, -1) : stem;
}
