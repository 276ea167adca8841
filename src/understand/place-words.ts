/** Whether a written word is a word of a place's name: with an ending of either language, or with a small slip. */
import { fold } from './fold.js';
import { stemKazakh } from './kazakh/stem.js';
import { stemRussian } from './stem-russian.js';

export interface PlaceWord {
  readonly folded: string;
  /** Its stems by the rules of both languages, folded. */
  readonly stems: readonly [string, string];
}

export const placeWord = ({ folded, cyrillic }: { readonly folded: string; readonly cyrillic: string }): PlaceWord => ({
  folded,
  stems: [stemKazakh(folded), fold(stemRussian(cyrillic))],
});

/** Whether two words are at most `most` changed, missing or added letters apart. */
function within(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      next.push(value);
      best = Math.min(best, value);
    }
    if (best > most) return false;
    row = next;
  }
  return (row[b.length] ?? most + 1) <= most;
}

/** Endings a place name takes in either language; what is left over after the name must be one of them. */
const ending =
  /^(?:да|де|та|те|га|ге|ка|ке|дан|ден|тан|тен|нан|нен|ни|ди|ти|нин|дин|тин|даги|деги|таги|теги|ндаги|на|не|лик|дик|тик|а|е|у|и|ом|ем|ск|ска|ске|ского|скии|скиии|скои|скому|ски|и скии|ини|ка|ку|ке|инск|нск|инска|ин|ои|ого)$/u;
/** Least letters of a stem that says enough, of a name that takes the endings above, and of one that takes a slip. */
const shortest = { stem: 3, ending: 4, slip: 5 };
/** From so many letters on two slips are forgiven. */
const longName = 8;

/** What is left of the written word after `begin` is nothing or an ending. */
const isInflected = (written: string, begin: string): boolean =>
  written.startsWith(begin) && (written === begin || ending.test(written.slice(begin.length)));

/** Whether the written word is the name's word. Symmetric neither in endings nor in slips: `name` is as in the list of checkpoints. */
export function meets(written: PlaceWord, name: PlaceWord): boolean {
  // Endings come last and a slip in the first letter is not forgiven: most words of a message are told apart here.
  if (written.folded[0] !== name.folded[0]) return false;
  if (written.folded === name.folded) return true;
  if (written.stems.some((stem, at) => stem === name.stems[at] && stem.length >= shortest.stem)) return true;
  if (name.folded.length < shortest.ending) return false;
  // "Казалы" → "Казалида": a last vowel may give way to the ending.
  const bare = name.folded.replace(/[аеиоу]$/u, '');
  if (isInflected(written.folded, name.folded)) return true;
  if (bare.length >= shortest.ending && isInflected(written.folded, bare)) return true;
  if (name.folded.length < shortest.slip || written.folded.length < shortest.slip) return false;
  const most = name.folded.length >= longName ? 2 : 1;
  return within(written.folded, name.folded, most) || within(written.stems[0], name.folded, most);
}
