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
const shortest = 3;

const strip = (word: string, endings: readonly string[]): string => {
  let longest = '';
  for (const ending of endings) {
    if (ending.length > longest.length && word.length - ending.length >= shortest && word.endsWith(ending))
      longest = ending;
  }
  return word.slice(0, word.length - longest.length);
};

/** Stem of one folded word; the word itself where nothing can be taken off. */
export function stemKazakh(folded: string): string {
  if (folded.length <= shortest + 1) return folded;
  const verb = strip(folded, verbEndings);
  if (verb !== folded) return verb;
  return layers.reduce(strip, folded);
}
