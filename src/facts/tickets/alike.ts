/**
 * Open tickets that ask the same: one topic by the understanding, or near words where it found none; adjusted by hand. Pure.
 *
 * A ticket's key is what staff set by hand, else the topic of its label, else the ticket itself. Tickets of one key make a group. What has
 * no topic joins whoever it is worded like, in its own language; words of two languages cannot be compared, so there the topic decides.
 */
import type { OpenTicketRow } from '../../store/ticket-document.js';

export type AskedRow = Pick<OpenTicketRow, '_id' | 'label' | 'language' | 'words' | 'group'>;

export interface Alike<Row extends AskedRow> {
  readonly row: Row;
  /** Worded like another of its language, or the only one of it: taken to be meant. Who is not is offered, but not chosen. */
  readonly near: boolean;
}

/** Share of common stems (Dice) from which two texts ask the same with no topic known, and within one topic. */
const sameWords = 0.5;
const nearWords = 0.2;
/** Letters that count: Kazakh and Russian put the rest of a word behind them. */
const stemLength = 5;
const shortestWord = 3;
/** Others of its language that a row is compared with; a group is read in its order of need. */
const mostCompared = 60;

/** Labels that name what is asked; of the others ("escalate", small talk, a wish for a person) every text may be anything. */
export const topicOf = (label: string | undefined): string | undefined =>
  label !== undefined && /^(?:faq:|service:(?:eligibility|checkpoint))/.test(label) ? label : undefined;

/** Under which a ticket stands with others. */
export const groupKey = ({ _id, group, label }: AskedRow): string => group ?? topicOf(label) ?? _id;

const stemsOf = ({ words = [] }: AskedRow): ReadonlySet<string> =>
  new Set(words.filter((word) => word.length >= shortestWord).map((word) => word.slice(0, stemLength)));

/** 0 to 1: how many stems two texts share. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const stem of a) if (b.has(stem)) common += 1;
  return (2 * common) / (a.size + b.size);
};
const isLoose = (row: AskedRow): boolean => row.group === undefined && topicOf(row.label) === undefined;

/** Those of `rows` that ask what `seed` asks, `seed` among them if it is there, in their order. */
export const membersOf = <Row extends AskedRow>(seed: AskedRow, rows: readonly Row[]): readonly Row[] => {
  const key = groupKey(seed);
  const words = stemsOf(seed);
  return rows.filter(
    (row) =>
      row._id === seed._id ||
      (isLoose(row)
        ? row.language === seed.language && likeness(words, stemsOf(row)) >= sameWords
        : groupKey(row) === key),
  );
};

/** The same, each with whether it is taken to be meant. */
export const alikeTo = <Row extends AskedRow>(seed: AskedRow, rows: readonly Row[]): readonly Alike<Row>[] => {
  const members = membersOf(seed, rows).map((row) => ({ row, stems: stemsOf(row) }));
  return members.map(({ row, stems }) => {
    const others = members.filter((other) => other.row !== row && other.row.language === row.language);
    const near =
      row.group !== undefined ||
      row._id === seed._id ||
      others.length === 0 ||
      others.slice(0, mostCompared).some((other) => likeness(stems, other.stems) >= nearWords);
    return { row, near };
  });
};

/** Groups of two and more, the largest first, each by the first of its rows; every row stands in one at most. */
export const groupsOf = <Row extends AskedRow>(rows: readonly Row[]): readonly (readonly Row[])[] => {
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    if (isLoose(row)) continue;
    const key = groupKey(row);
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  const loose = looseGroups(rows.filter(isLoose));
  return [...byKey.values(), ...loose].filter((group) => group.length > 1).toSorted((a, b) => b.length - a.length);
};

/** Each row joins the first one before it that it is worded like; found by shared stems, so that strangers are never compared. */
const looseGroups = <Row extends AskedRow>(rows: readonly Row[]): readonly Row[][] => {
  const groups: { readonly stems: ReadonlySet<string>; readonly language: string; readonly rows: Row[] }[] = [];
  const withStem = new Map<string, number[]>();
  for (const row of rows) {
    const stems = stemsOf(row);
    const common = new Map<number, number>();
    for (const stem of stems)
      for (const place of withStem.get(stem) ?? []) common.set(place, (common.get(place) ?? 0) + 1);
    const found = [...common].find(([place, count]) => {
      const group = groups[place];
      return group?.language === row.language && (2 * count) / (group.stems.size + stems.size) >= sameWords;
    });
    const home = found && groups[found[0]];
    if (home) {
      home.rows.push(row);
      continue;
    }
    for (const stem of stems) {
      const places = withStem.get(stem);
      if (places) places.push(groups.length);
      else withStem.set(stem, [groups.length]);
    }
    groups.push({ stems, language: row.language, rows: [row] });
  }
  return groups.map((group) => group.rows);
};
