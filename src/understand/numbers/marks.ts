/** Figures that are no amount and no choice: accounts, telephone numbers, dates, times. Patterns over cleaned (lower-case) text. */

const account = String.raw`(?<![\p{L}\p{Nd}])[kк][zз] ?\d{2}(?: ?[a-z\d]){16}(?![a-z\d])|(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)`;
/** Mobile and city numbers with the country's code or 8 before them; the short ones of a town ("40-01-00"); the region's call centre. */
const phone = [
  String.raw`(?:\+ ?7|(?<!\d)[78])[ (-]{0,2}7\d{2}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)`,
  String.raw`(?<!\d)8[ (-]{0,2}7\d{3}[ )-]{0,2}\d{2}[ -]?\d{2}[ -]?\d{2}(?!\d)`,
  String.raw`(?<!\d)7[07]\d{8}(?!\d)`,
  String.raw`(?<![\d-])\d{1,3}-\d{2}-\d{2}(?![\d-])`,
  String.raw`(?<!\d)400[ -]?100(?!\d)`,
].join('|');
const day = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const month = '(?:0[1-9]|1[0-2])';
const date = [
  String.raw`(?<![\d.,:/-])${day}(?:\.${month}(?:\.(?:20)?\d{2})?|/${month}/(?:20)?\d{2}|-${month}-20\d{2})(?![\d:])`,
  String.raw`(?<!\d)20\d{2}-${month}-${day}(?!\d)`,
].join('|');
/** With a dot or a dash only full and half hours: "18.00", "9-30". */
const time = String.raw`(?<![\d.,:/])(?:[01]?\d|2[0-4])(?::[0-5]\d|[.-](?:00|30))(?![\d:])`;

const kinds = { account, date, phone, time } as const;
export type Mark = `#${keyof typeof kinds}`;

/** To be put before other patterns of pieces: the first that fits wins. */
export const marksPattern = Object.values(kinds).join('|');
const whole = Object.entries(kinds).map(
  ([kind, pattern]) => [`#${kind}` as Mark, new RegExp(`^(?:${pattern})$`, 'u')] as const,
);

/** What a piece marks, if it is one of these. */
export const markOf = (piece: string): Mark | undefined =>
  /\d/u.test(piece) ? whole.find(([, pattern]) => pattern.test(piece))?.[0] : undefined;
