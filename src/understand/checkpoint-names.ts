/** Finds checkpoints named in a message: by name, alias or district, in any spelling, with endings and small slips. */
import type { IndexedCheckpoint } from './contract.js';
import { stemKazakh } from './kazakh/stem.js';
import { type Normalised, normalise } from './normalise.js';

interface NameOf {
  readonly id: string;
  readonly words: readonly string[];
  /** How sure a hit is: an alias says more than a name's ordinary words. */
  readonly weight: number;
}
export type FindCheckpoints = (message: Normalised) => readonly string[];

/** Words that stand in many names and tell none. */
const ordinary =
  /^(пост|постии|пости|бекет|бекети|ауд|аудани|аудан|раион|калас|каласинин|города|город|кала|кизилорд.*|област.*|облис.*|шекара.*|границ.*|на|с|во?|из|дорог.*|трасс.*|тасжол.*|шигиси|виезд|кемпинг.*|багити|сторон.*|километр|шакирим|парк|саиабаги|#.*|би|батир)$/u;

/** Edit distance of two words, given up above `most`. */
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

/** Whether one written word is the name, perhaps with an ending or one slip (from five letters). */
function meets(written: string, name: string): boolean {
  if (written === name) return true;
  if (name.length < 4) return false;
  if (written.startsWith(name) && ending.test(written.slice(name.length))) return true;
  // "Казалы" → "Казалида": a last vowel may give way to the ending.
  const bare = name.replace(/[аеиоу]$/u, '');
  if (
    bare.length >= 4 &&
    written.startsWith(bare) &&
    (written.length === bare.length || ending.test(written.slice(bare.length)))
  )
    return true;
  if (name.length < 5 || written.length < 5 || written[0] !== name[0]) return false;
  const most = name.length >= 8 ? 2 : 1;
  return within(written, name, most) || within(stemKazakh(written), name, most);
}

function namesOf(checkpoint: IndexedCheckpoint): NameOf[] {
  const phrase = (text: string, weight: number): NameOf => ({
    id: checkpoint.id,
    words: normalise(text, 'kk')
      .tokens.map((token) => token.folded)
      .filter((word) => !ordinary.test(word)),
    weight,
  });
  const aliases = checkpoint.aliases.map((alias) => phrase(alias, 3));
  const names = [checkpoint.name.kk, checkpoint.name.ru].flatMap((name) => {
    const tail = name.split(/\s[–—-]\s/u);
    return tail.length > 1 ? [phrase(tail.slice(1).join(' '), 2.5), phrase(tail[0] ?? '', 1)] : [phrase(name, 2)];
  });
  return [...aliases, ...names, phrase(checkpoint.district, 1)].filter((one) => one.words.length > 0);
}

/** Builds the finder over a list of checkpoints. It gives at most five ids, best first; work is bounded by the first 60 tokens. */
export function createFindCheckpoints(checkpoints: readonly IndexedCheckpoint[]): FindCheckpoints {
  const names = checkpoints.flatMap(namesOf);
  return (message) => {
    const written = message.tokens
      .filter((token) => token.kind === 'word' && token.folded.length >= 3)
      .slice(0, 60)
      .map((token) => token.folded);
    if (written.length === 0) return [];
    const best = new Map<string, number>();
    for (const { id, words, weight } of names) {
      if (!words.every((name) => written.some((word) => meets(word, name)))) continue;
      const exact = words.every((name) => written.includes(name)) ? 0.5 : 0;
      best.set(id, Math.max(best.get(id) ?? 0, weight + exact + 0.2 * (words.length - 1)));
    }
    return [...best]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 5)
      .map(([id]) => id);
  };
}
