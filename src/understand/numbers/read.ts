/** Reads numbers in all the habits of chats: "42 500", "42,5 мың", "қырық екі мың бес жүз", "сорок две с половиной тысячи", "50к", "елумың". */
import type { Language } from '../../language.js';
import { remembered } from '../remembered.js';
import { joinedWords, type NumberWord, numberWord } from './words.js';

/** A word of a message as the reader needs it. */
export interface NumberPiece {
  /** Folded; figures as they stand. */
  readonly folded: string;
  /** Cyrillic before folding: "мын" is a thousand, "мин" a minute. */
  readonly cyrillic: string;
  /** Nothing stands between it and the piece before: "50к", and not "50 к". */
  readonly glued: boolean;
}
/** A number found in a row of pieces: its value, how many pieces it takes, and the language of its words if it has any. */
export interface NumberSpan {
  readonly value: number;
  readonly length: number;
  readonly spelled?: Language;
}

/** More pieces than this make no number. */
const mostPieces = 10;
const figures = /^\d+$/u;
/** "42.5" or "42,5"; a sign before three figures parts thousands instead. */
const decimal = /^(\d+)[.,](\d{1,2})$/u;
const grouped = /^\d{1,3}([.,]\d{3})+$/u;
/** Longer rows of figures number something and are no amounts. */
const mostFigures = 9;

const figureOf = (word: string): number | undefined => {
  if (!/^\d/u.test(word)) return undefined;
  if (figures.test(word)) return word.length <= mostFigures ? Number(word) : undefined;
  if (grouped.test(word)) return Number(word.replaceAll(/[.,]/gu, ''));
  const parts = decimal.exec(word);
  return parts === null ? undefined : Number(`${parts[1]}.${parts[2]}`);
};

/** A number word or a figure; `ends` tells the pieces that are used up with it, null inside a joined word. */
interface Atom {
  readonly kind:
    | 'figure'
    | 'units'
    | 'tens'
    | 'hundred'
    | 'hundreds'
    | 'thousand'
    | 'million'
    | 'half'
    | 'whole'
    | 'with';
  readonly value: number;
  readonly language?: Language;
  /** Of a figure: as it stands. */
  readonly written?: string;
  readonly ends: number | null;
}

/** "к" and "т" stand for a thousand right after figures: "50к", "50т"; "50 к" at the end, but not "10 к врачу". */
const isLetterThousand = (piece: NumberPiece, next: NumberPiece | undefined): boolean =>
  (piece.folded === 'к' && (piece.glued || next === undefined)) || (piece.folded === 'т' && piece.glued);
/** "15 мин" are minutes unless money follows. */
const isMinute = (piece: NumberPiece, next: NumberPiece | undefined): boolean =>
  piece.cyrillic === 'мин' && !/^(?:тенг|тг)/u.test(next?.folded ?? '');

/** A word that is a number's, or the words it is joined of; none of most words. */
const mostWords = 20_000;
const numberWords = remembered(mostWords, (folded): readonly NumberWord[] => {
  const word = numberWord(folded);
  return word === undefined ? joinedWords(folded).flatMap((part) => numberWord(part) ?? []) : [word];
});
/** Whether a number may begin with a folded word. */
export const mayCount = (folded: string): boolean => figureOf(folded) !== undefined || numberWords(folded).length > 0;

function atomsOf(pieces: readonly NumberPiece[]): readonly Atom[] {
  const atoms: Atom[] = [];
  for (const [at, piece] of pieces.entries()) {
    const ends = at + 1;
    const figure = figureOf(piece.folded);
    const words = figure === undefined ? numberWords(piece.folded) : [];
    const [word] = words;
    if (figure !== undefined) atoms.push({ kind: 'figure', value: figure, written: piece.folded, ends });
    else if (at > 0 && isLetterThousand(piece, pieces[ends])) atoms.push({ kind: 'thousand', value: 1000, ends });
    else if (piece.folded === 'с') atoms.push({ kind: 'with', value: 0, ends });
    else if (word !== undefined && words.length === 1 && !isMinute(piece, pieces[ends])) atoms.push({ ...word, ends });
    else if (words.length > 1) {
      for (const [place, part] of words.entries())
        atoms.push({ ...part, ends: place === words.length - 1 ? ends : null });
    } else break;
  }
  return atoms;
}

/** A number that was read up to (not including) the atom `next`. */
interface Read {
  readonly value: number;
  readonly next: number;
}

/** Below a thousand, spelled: "бес жүз елу екі", "пятьсот". */
function spelledBelowThousand(atoms: readonly Atom[], from: number): Read | null {
  let next = from;
  let value = 0;
  const is = (at: number, kind: Atom['kind']): boolean => atoms[at]?.kind === kind;
  const take = (): number => atoms[next++]?.value ?? 0;
  if (is(next, 'hundreds') || is(next, 'hundred')) value = take();
  else if (is(next, 'units') && is(next + 1, 'hundred')) value = take() * take();
  const tens = is(next, 'tens') ? take() : 0;
  // Units before a hundred belong to it: "қырық бес жүз" is no 45.
  const units = tens % 10 === 0 && is(next, 'units') && !is(next + 1, 'hundred') ? take() : 0;
  return next === from ? null : { value: value + tens + units, next };
}

/** "42 500", "1 000 000": groups of three figures after a shorter one. */
function inGroups(atoms: readonly Atom[], from: number): Read | null {
  const first = atoms[from];
  if (first?.kind !== 'figure') return null;
  let { value } = first;
  let next = from + 1;
  const opens = /^[1-9]\d{0,2}$/u.test(first.written ?? '');
  while (opens && /^\d{3}$/u.test(atoms[next]?.written ?? '') && value < 1e9) {
    value = value * 1000 + (atoms[next]?.value ?? 0);
    next += 1;
  }
  return { value, next };
}

/** "… бес жүз", "… 500" after a thousand: what is less would count something else ("50 мың 3 бала"). */
function restOf(atoms: readonly Atom[], from: number): Read | null {
  const figure = atoms[from];
  const rest =
    figure?.kind === 'figure' && /^\d{3}$/u.test(figure.written ?? '')
      ? { value: figure.value, next: from + 1 }
      : spelledBelowThousand(atoms, from);
  return rest === null || rest.value < 100 || atoms[rest.next]?.kind === 'thousand' ? null : rest;
}

function withHalf(atoms: readonly Atom[], { value, next }: Read): Read {
  if (atoms[next]?.kind === 'half') return { value: value + 0.5, next: next + 1 };
  return atoms[next]?.kind === 'with' && atoms[next + 1]?.kind === 'half'
    ? { value: value + 0.5, next: next + 2 }
    : { value, next };
}

function readAtoms(atoms: readonly Atom[]): Read | null {
  const [first] = atoms;
  if (first?.kind === 'whole') return { value: first.value, next: 1 };
  if (first?.kind === 'thousand') {
    const rest = restOf(atoms, 1);
    return rest === null ? null : { value: 1000 + rest.value, next: rest.next };
  }
  const begun = inGroups(atoms, 0) ?? spelledBelowThousand(atoms, 0);
  if (begun === null) return null;
  const counted = withHalf(atoms, begun);
  const unit = atoms[counted.next];
  if (unit?.kind === 'thousand' || unit?.kind === 'million') {
    // "42500 мың" means the amount, not millions.
    const value = counted.value >= 1000 ? counted.value : counted.value * unit.value;
    const whole = withHalfOf(atoms, { value, next: counted.next + 1 }, unit.value);
    const rest = restOf(atoms, whole.next);
    return rest === null ? whole : { value: whole.value + rest.value, next: rest.next };
  }
  if (first?.kind === 'figure') return begun;
  // "сорок два пятьсот", "қырық екі бес жүз": the thousand goes without saying.
  const rest = begun.value >= 10 && begun.value < 100 ? restOf(atoms, begun.next) : null;
  return rest === null ? begun : { value: begun.value * 1000 + rest.value, next: rest.next };
}
/** "42 мың жарым". */
const withHalfOf = (atoms: readonly Atom[], { value, next }: Read, unit: number): Read =>
  atoms[next]?.kind === 'half' ? { value: value + unit / 2, next: next + 1 } : { value, next };

/**
 * The number that begins a row of pieces, or null. Figures always count; spelled words count only from a thousand up, since "бір", "он" and
 * "три" are mostly no amounts. Looks at ten pieces at most.
 */
export function numberAt(row: readonly NumberPiece[], at: number): NumberSpan | null {
  const first = row[at];
  if (first === undefined || !mayCount(first.folded)) return null;
  const atoms = atomsOf(row.slice(at, at + mostPieces));
  const read = readAtoms(atoms);
  if (read === null) return null;
  const used = atoms.slice(0, read.next);
  const length = used.at(-1)?.ends ?? null;
  const spelled = used.findLast(({ language }) => language !== undefined)?.language;
  if (length === null || (read.value < 1000 && !used.some(({ kind }) => kind === 'figure'))) return null;
  return { value: read.value, length, ...(spelled === undefined ? {} : { spelled }) };
}
