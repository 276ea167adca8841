/** Messages that are nothing but a choice's number or a yes or no, in both languages and in Latin letters. */
import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import { lineOf, type Normalised } from './normalise.js';
import { factOfWords, isWord } from './words.js';

const ordinals: readonly (readonly [number, string])[] = [
  [1, 'бір бірінші біріншісі біріншісін біріншіні один первый первое первая первую первого перви бирінші 1ші'],
  [2, 'екі екінші екіншісі екіншісін екіншіні два второй второе вторая вторую второго'],
  [3, 'үш үшінші үшіншісі үшіншісін үшіншіні три третий третье третья третью третьего'],
  [4, 'төрт төртінші төртіншісі четыре четвертый четвертое четвертая четвертую'],
  [5, 'бес бесінші бесіншісі пять пятый пятое пятая пятую'],
  [6, 'алты алтыншы алтыншысы шесть шестой шестое шестая шестую'],
  [7, 'жеті жетінші жетіншісі семь седьмой седьмое седьмая седьмую'],
  [8, 'сегіз сегізінші восемь восьмой восьмое восьмая'],
  [9, 'тоғыз тоғызыншы девять девятый девятое девятая'],
];
const choices = new Map(
  ordinals.flatMap(([number, forms]) => forms.split(' ').map((form) => [fold(form), number] as const)),
);
const around = new Set(
  'номер вариант нөмір нөмірі нұсқа пункт ші шы нші ншы ый ой ая ое й е сұрақ вопрос таңдаймын выбираю мой ответ жауап керек нужен нужно пожалуйста мне маған'
    .split(' ')
    .map(fold),
);

/** Lines (folded, spaces between tokens) that mean yes or no as a whole. */
const lines = (text: string): ReadonlySet<string> =>
  new Set(
    text.split(',').map((line) =>
      line
        .trim()
        .split(' ')
        .map(fold)
        .filter((word) => word !== '')
        .join(' '),
    ),
  );
const yes = lines(
  `иә, ия, ие, ийа, иаа, әрине, жарайды, жарайд, дұрыс, иә дұрыс, болады, болад, мақұл, келісемін, келістім, иә келісемін, иә тексеріңіз, тексеріңіз, иә тексер,
  да, ага, угу, даа, да да, конечно, хорошо, да конечно, да пожалуйста, давай, давайте, да давайте, верно, да верно, правильно, согласен, согласна, да согласен, да согласна, да проверьте, проверьте,
  иә көмектесті, көмектесті, көмегі тиді, да помогло, помогло, да помог, иә рахмет, да спасибо, ок да, yes, иес, ясно да, иә керек, да надо, да нужно, хочу, да хочу, қалаймын, иә қалаймын, иа, йа, ә иә, иә иә, жақсы иә, дап, менікі, иә менікі, өзімдікі, иә өзімдікі, мой, да мой, это мой, да это мой`,
);
const no = lines(
  `жоқ, жок, жо, жоғә, жоқ керек емес, керек емес, керегі жоқ, керекпес, қажет емес, қажеті жоқ, болмайды, жоқ рахмет, келіспеймін, жоқ келіспеймін, тексерме, тексермеңіз, қаламаймын, көмектеспеді, жоқ көмектеспеді, көмектескен жоқ, жоқ көмектескен жоқ, көмегі тимеді, бермеймін, жібермеймін, айтпаймын, менікі емес, жоқ менікі емес, тексермей ақ қойыңыз,
  нет, не, неа, нет нет, не надо, не нужно, нет не надо, нет спасибо, нет не нужно, не хочу, нет не хочу, не согласен, не согласна, не помогло, нет не помогло, не помог, ненадо, ненужно, no, ноу, нет не верно, неверно, нет не то, не то, басқа, нету, жоқ басқа, не помогли, не помогла, не дам, не отправлю, не скажу, не буду, не мой, это не мой, не проверяйте, не надо проверять`,
);
const polite = /(?: (?:рахмет|рахмат|ракмет|спасибо|пожалуиста))+$/u;
const puzzled = lines(
  `түсінбедім, түсінбедім ғой, мен түсінбедім, ештеңе түсінбедім, жоқ түсінбедім, түсініксіз, маған түсініксіз, түсінбей тұрмын, түсінбей қалдым,
  не понял, не поняла, я не понял, я не поняла, ничего не понял, ничего не поняла, нет не понял, нет не поняла, непонятно, не понятно, мне непонятно, ничего не понятно, ниче не понял, незнаю не понял`,
);
const firstYes = lines('иә, ия, ие, иа, йа, да, ага, угу, конечно, әрине');
const firstNo = lines('жоқ, жок, жо, нет, неа');

/** The folded words of a message in one line. */
export const saidLine = ({ tokens }: Normalised): string => lineOf(tokens.filter(isWord));

/** 1 to 99 where the message holds nothing else; `raw` is the message as typed (emoji keycaps, "2)", "№2"). */
export function choiceIn(raw: string, message: Normalised): number | undefined {
  if (raw.length > 60) return undefined;
  const words = message.tokens.filter((token) => token.kind !== 'sign');
  const figures = message.numbers;
  const others = words.filter((token) => token.kind !== 'number').map((token) => token.folded);
  if (others.some((word) => word === '#iin')) return undefined;
  if (figures.length === 1 && words.length - others.length === 1 && others.every((word) => around.has(word))) {
    const number = figures[0] ?? 0;
    return Number.isInteger(number) && number >= 1 && number <= 99 ? number : undefined;
  }
  if (figures.length > 0) return undefined;
  const named = others.filter((word) => !around.has(word));
  return named.length === 1 && others.length <= 3 ? choices.get(named[0] ?? '') : undefined;
}

const yesSigns = new Set(['👍', '✅', '👌', '➕', '+']);
const noSigns = new Set(['👎', '❌', '🙅']);

/** Yes or no where the message says nothing else; `line` is its `saidLine`. */
export function answerIn(raw: string, message: Normalised, line: string): 'yes' | 'no' | undefined {
  if (raw.length > 80) return undefined;
  const saysWords = message.tokens.some(isWord);
  const sign = saysWords ? '' : raw.replace(/\p{Emoji_Modifier}|\ufe0f|\s/gu, '');
  if (yesSigns.has(sign)) return 'yes';
  if (noSigns.has(sign)) return 'no';
  if (message.tokens.some((token) => token.kind === 'number' || token.kind === 'iin')) return undefined;
  const bare = line.replace(polite, '');
  if (yes.has(line) || yes.has(bare)) return 'yes';
  return no.has(line) || no.has(bare) ? 'no' : undefined;
}

/** Yes or no where the message begins with it and goes on. */
export function answerFirstIn(message: Normalised): 'yes' | 'no' | undefined {
  const first = message.tokens.find(isWord);
  if (first === undefined || message.tokens.findLast(isWord) === first) return undefined;
  if (firstYes.has(first.folded)) return 'yes';
  return firstNo.has(first.folded) ? 'no' : undefined;
}

/** Whether nothing is said, by the `saidLine` of a message, but that something was not understood. */
export const puzzledIn = (line: string): boolean => puzzled.has(line);

/** Words that deny in either language; Kazakh verbs deny by an ending. */
const denying = lines('жоқ, емес, нет, не, нету, ни');
const denies = factOfWords<boolean>()(
  ({ kind, folded }) => kind === 'word' && (denying.has(folded) || analyseKazakh(folded).denied),
);
export const deniesIn = (message: Normalised): boolean => message.tokens.some(denies);
