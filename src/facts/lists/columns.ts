/** Which column of a file holds what: guessed from well-known names, told once by staff, or remembered. Pure. */
import type { ListStatus } from '../eligibility/programme-fields.js';

export const listFields = ['iin', 'programme', 'status', 'amount', 'date', 'district', 'reason'] as const;
export type ListField = (typeof listFields)[number];

export interface ColumnMapping {
  /** The header's name of each field's column. Only `iin` must have one. */
  readonly columns: Partial<Readonly<Record<ListField, string>>>;
  /** The status of every row, where no column tells it. */
  readonly status?: ListStatus;
}

const wellKnown: Readonly<Record<ListField, readonly string[]>> = {
  iin: ['iin', 'иин', 'жсн', 'zhsn', 'жекесәйкестендірунөмірі', 'индивидуальныйидентификационныйномер'],
  programme: ['program', 'programme', 'программа', 'бағдарлама', 'бағдарламасы', 'видвыплаты', 'төлемтүрі'],
  status: ['status', 'статус', 'мәртебе', 'мәртебесі', 'күйі', 'состояние'],
  amount: ['amount', 'sum', 'сумма', 'сома', 'сомасы', 'суммавыплаты', 'төлемсомасы'],
  date: ['date', 'дата', 'күні', 'күн', 'датастатуса', 'датавыплаты', 'төлемкүні'],
  district: ['district', 'район', 'аудан', 'ауданы', 'районгород', 'ауданқала'],
  reason: ['reason', 'причина', 'себебі', 'себеп', 'причинаотказа', 'бастартусебебі'],
};

/** Names are compared without case, spaces and signs. */
export const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The fields whose columns are called by a well-known name, each where exactly one column is. */
export const guessColumns = (header: readonly string[]): ColumnMapping['columns'] => {
  const names = header.map(plainName);
  return Object.fromEntries(
    listFields.flatMap((field) => {
      const at = names.flatMap((name, place) => (wellKnown[field].includes(name) ? [place] : []));
      const column = at.length === 1 ? header[at[0] ?? 0] : undefined;
      return column === undefined ? [] : [[field, column]];
    }),
  );
};

/** Whether a column of this name would be taken for a field unasked. */
export const isWellKnown = (name: string): boolean =>
  listFields.some((field) => wellKnown[field].includes(plainName(name)));

/** What a guess must find to be used unasked: whose row it is and how it stands with them. */
export const isComplete = ({ columns, status }: ColumnMapping): boolean =>
  columns.iin !== undefined && (columns.status !== undefined || status !== undefined);

/** Place of each field's column, or undefined where the header lacks a column that the mapping names. */
export const placesOf = (
  header: readonly string[],
  { columns }: ColumnMapping,
): Partial<Record<ListField, number>> | undefined => {
  const names = header.map(plainName);
  const places: Partial<Record<ListField, number>> = {};
  for (const field of listFields) {
    const column = columns[field];
    if (column === undefined) continue;
    const at = names.indexOf(plainName(column));
    if (at < 0) return undefined;
    places[field] = at;
  }
  return places;
};
