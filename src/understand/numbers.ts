/** Third step of normalising: numbers in all the habits of chats ("42 500", "42,5 мың", "қырық екі мың бес жүз", "50к") become one token. */
import { fold } from './fold.js';

/** Spelled numbers by folded beginning; Kazakh words are matched whole, Russian ones by stem since they decline. */
const kazakh: Readonly<Record<string, number>> = {
  бир: 1,
  еки: 2,
  уш: 3,
  торт: 4,
  бес: 5,
  алти: 6,
  жети: 7,
  сегиз: 8,
  тогиз: 9,
  он: 10,
  жиирма: 20,
  жирма: 20,
  отиз: 30,
  кирик: 40,
  елу: 50,
  елуи: 50,
  алпис: 60,
  жетпис: 70,
  сексен: 80,
  токсан: 90,
};
const russian: readonly (readonly [RegExp, number])[] = [
  [/^(один|одна|одну)$/u, 1],
  [/^(два|две|двух)$/u, 2],
  [/^(три|трех)$/u, 3],
  [/^четир(е|ех)$/u, 4],
  [/^пиат(и)?$/u, 5],
  [/^шест(и)?$/u, 6],
  [/^сем$/u, 7],
  [/^восем$/u, 8],
  [/^девиат(и)?$/u, 9],
  [/^десиат(и)?$/u, 10],
  [/^пиатнад?цат(и)?$/u, 15],
  [/^двад?цат(и)?$/u, 20],
  [/^трид?цат(и)?$/u, 30],
  [/^сорок(а)?$/u, 40],
  [/^пи?а?т?деси?ат(и)?$|^пиатидесиати$/u, 50],
  [/^шест(и)?десиат(и)?$/u, 60],
  [/^сто$/u, 100],
  [/^двести$/u, 200],
  [/^триста$/u, 300],
  [/^четиреста$/u, 400],
  [/^пи?ат?сот$/u, 500],
  [/^шест?сот$/u, 600],
];
const hundred = /^жуз$/u;
const thousand =
  /^(мин(га|ге|ди|ни|нин|дик|дан|нан|даи|деп|ин|им)?|мынг|тис(иач(а|и|у|ами|ам)?|иш(а|и|у)?|ч)?|тиш(а|и|у)?|к|тиснач|мин?тг|митг|тис)$/u;
const half = /^(жарим|половинои|полтиси?ачи)$/u;

const spelled = (word: string): number | undefined => {
  const known = kazakh[word];
  if (known !== undefined) return known;
  return russian.find(([form]) => form.test(word))?.[1];
};

/** A number found in a row of words: its value and how many words it takes. */
export interface NumberSpan {
  readonly value: number;
  readonly length: number;
}

const digits = /^\d+$/u;
/** "42.5" or "42,5"; a dot before three digits parts thousands instead. */
const decimal = /^(\d+)[.,](\d{1,2})$/u;
const grouped = /^\d{1,3}([.,]\d{3})+$/u;

/** Reads digits with their separators: "42500", "42.500" → 42500, "42,5" → 42.5. */
const figure = (word: string): number | undefined => {
  if (digits.test(word)) return word.length <= 9 ? Number(word) : undefined;
  if (grouped.test(word)) return Number(word.replaceAll(/[.,]/gu, ''));
  const parts = decimal.exec(word);
  return parts === null ? undefined : Number(`${parts[1]}.${parts[2]}`);
};

/**
 * The number that begins at `at` in a row of folded words (digits stay digits), or null. Figures always count;
 * spelled words count only from a thousand up, since "бір", "он" and "три" are mostly no amounts.
 */
export function numberAt(words: readonly string[], at: number): NumberSpan | null {
  let total = 0;
  let part = 0;
  let length = 0;
  let figures = false;
  let sawThousand = false;
  while (length < 8) {
    const word = words[at + length];
    if (word === undefined) break;
    const read = figure(word);
    if (read !== undefined) {
      if (length === 0) part = read;
      // "42 500": a group of three digits after a smaller one. "42 тысячи 500" after the thousand. "42 5 мың" is no number of ours.
      else if (figures && !sawThousand && /^\d{3}$/u.test(word) && part < 1000 && length === 1)
        part = part * 1000 + read;
      else if (sawThousand && part === 0 && read < 1000) part = read;
      else break;
      figures = true;
    } else if (length > 0 && thousand.test(word) && part > 0 && !sawThousand) {
      if (part < 1000) total = part * 1000;
      else total = part;
      part = 0;
      sawThousand = true;
    } else if (length > 0 && half.test(word)) {
      if (sawThousand) total += 500;
      else part += 0.5;
    } else if (length > 0 && word === 'с' && half.test(words[at + length + 1] ?? '')) {
      part += 0.5;
      length += 1;
    } else if (hundred.test(word) && !figures && (length === 0 || part < 10)) {
      part = (part === 0 ? 1 : part) * 100;
    } else {
      const value = spelled(word);
      if (value === undefined || (figures && !sawThousand)) break;
      part += value;
    }
    length += 1;
  }
  if (length === 0) return null;
  const value = total + part;
  if (!figures && value < 1000) return null;
  return { value, length };
}

/** The programmes' amounts also in their near misses (a zero too many or too few), which nobody means otherwise. */
const amounts = new Map<number, number>([
  [42_500, 42_500],
  [425_000, 42_500],
  [4_250, 42_500],
  [42_000, 42_500],
  [42_550, 42_500],
  [45_500, 42_500],
  [42.5, 42_500],
  [50_000, 50_000],
  [15_000, 15_000],
]);
/** Phone numbers and house numbers of the service that carry meaning as they stand. */
const meaningful = new Set([2, 3, 14, 20, 37, 38, 39, 40, 101, 102, 103, 112, 1406, 1414, 109, 111]);

/** Token of a number: the programme's amount, a meaningful number, or the size it has. */
export function numberToken(value: number): string {
  const amount = amounts.get(value);
  if (amount !== undefined) return `#${amount}`;
  if (meaningful.has(value)) return `#${value}`;
  if (value < 10) return '#few';
  return value < 1000 ? '#tens' : '#many';
}

/** Folded form of a spelled number, for tests and choices. */
export const foldedNumber = (word: string): number | undefined => spelled(fold(word));
