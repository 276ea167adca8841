/** What the index compares of a number: the payment's amount, a number that means something as it stands, a day, a year, or its size. */

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

/** Token of an amount: the programme's, a meaningful number's, or that of its size. */
export function numberToken(value: number): string {
  const amount = amounts.get(value);
  if (amount !== undefined) return `#${amount}`;
  if (meaningful.has(value)) return `#${value}`;
  if (value < 10) return '#few';
  return value < 1000 ? '#tens' : '#many';
}

/** Months, folded, by their beginnings; "май" is also butter and stands only as it is. */
const months =
  /^(?:кантар|акпан|науриз|сауир|мамир|маусим|шилде|тамиз|киркуиек|казан|караша|желтоксан|иан?вар|феврал|март|апрел|маи$|маиа$|маие$|июн|иун|июл|иул|август|сентиабр|октиабр|ноиабр|декабр)[а-я]*$/u;
const genitive = /(?:нин|дин|тин)$/u;
/** "15-ші сәуір", "15-го апреля". */
const ordinal = /^(?:ши|инши|нши|го|е|ое|и|си)$/u;
const yearWord = /^(?:жил[а-я]*|год[а-я]*|г)$/u;

/** Words around a number, folded. */
export interface Around {
  readonly before: string;
  readonly after: string;
  readonly afterNext: string;
}

/** Whether a number in one group of figures is a day of a month ("15 сәуір", "сәуірдің 15-і") or a year ("2020 жыл"). */
export function calendarToken(value: number, { before, after, afterNext }: Around): '#date' | '#year' | undefined {
  if (!Number.isInteger(value)) return undefined;
  const monthAfter = months.test(after) || (ordinal.test(after) && months.test(afterNext));
  if (value >= 1 && value <= 31 && (monthAfter || (months.test(before) && genitive.test(before)))) return '#date';
  if (value < 1900 || value > 2039) return undefined;
  return yearWord.test(after) || (ordinal.test(after) && yearWord.test(afterNext)) || (value >= 2015 && value <= 2022)
    ? '#year'
    : undefined;
}
