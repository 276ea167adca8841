/** Finds checkpoints named in a message: by name, alias, district or kilometre, in any spelling, with endings and small slips. */
import type { IndexedCheckpoint } from './contract.js';
import { type Normalised, normalise, type Token } from './normalise.js';
import { meets, type PlaceWord, placeWord } from './place-words.js';
import { lastRemembered } from './remembered.js';
import { factOfWords, isWord, type Word } from './words.js';

/** One way to name a checkpoint. */
interface NameOf {
  readonly id: string;
  /** Words that must all stand in the message. */
  readonly words: readonly PlaceWord[];
  /** Words that stand in many names: they tell none, but who writes them as well means this one rather than another. */
  readonly ordinary: readonly PlaceWord[];
  /** Kilometre of the road: "13 шақырым". */
  readonly kilometre: number | undefined;
  /** A side of the world or a kilometre alone is no name; with "пост" or "бекет" beside it it is one. */
  readonly needsPost: boolean;
  /** How sure a hit is: an alias says more than a name's ordinary words. */
  readonly weight: number;
}
export type FindCheckpoints = (message: Normalised) => readonly string[];

const ordinary =
  /^(аудан[а-я]*|раион[а-я]*|кала|калас[а-я]*|город[а-я]*|кизилорд[а-я]*|област[а-я]*|облис[а-я]*|шекара[а-я]*|границ[а-я]*|дорог[а-я]*|трас[а-я]*|тасжол[а-я]*|шигис[а-я]*|виезд[а-я]*|кемпинг[а-я]*|багит[а-я]*|сторон[а-я]*|парк[а-я]*|саиабаг[а-я]*|би|батир)$/u;
const joins = /^(на|с|во?|из|у|не)$/u;
const post = /^(пост[а-я]*|бекет[а-я]*|блокпост[а-я]*)$/u;
const side = /^(солтустик|онтустик|батис|шигис|север|иужн|запад|восточн)[а-я]*$/u;
const kilometreWord = /^(км|кило?метр[а-я]*|шак[иа]?рим[а-я]*)$/u;

/** Most words of a message that are looked at: names stand in short ones. */
const mostWords = 60;
const mostFound = 5;
/** Shorter words name no place. */
const shortestName = 3;
/** So few words are an answer to "which post?". */
const bareName = 2;

/** Numbers of kilometres in a row of tokens: "13 км", "13-ші шақырым", "километр 13". */
function kilometresIn(tokens: readonly Token[]): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const { value } = tokens[at] as Token;
    if (value === undefined) continue;
    const ordinal = (tokens[at + 1]?.folded.length ?? 9) <= 3;
    if (isKilometre(tokens[at + 1]) || (ordinal && isKilometre(tokens[at + 2])) || isKilometre(tokens[at - 1]))
      found.push(value);
  }
  return found;
}
const isKilometre = (token: Token | undefined): boolean => token !== undefined && kilometreWord.test(token.folded);

function nameOf(id: string, text: string, weight: number): NameOf {
  const { tokens } = normalise(text, 'kk');
  const words = tokens
    .filter(
      ({ kind, folded }) => kind === 'word' && !joins.test(folded) && !post.test(folded) && !kilometreWord.test(folded),
    )
    .map(placeWord);
  const telling = words.filter(({ folded }) => !ordinary.test(folded));
  return {
    id,
    words: telling,
    ordinary: words.filter((word) => !telling.includes(word)),
    kilometre: kilometresIn(tokens)[0],
    needsPost: telling.every(({ folded }) => side.test(folded)),
    weight,
  };
}

function namesOf({ id, name, aliases, district }: IndexedCheckpoint): readonly NameOf[] {
  const parts = [name.kk, name.ru].flatMap((whole) => {
    const [head = '', ...tail] = whole.split(/\s[–—-]\s/u);
    if (tail.length === 0) return [nameOf(id, whole, 2)];
    // "северный пост (Павлодарская трасса)" is two names.
    const own = tail.join(' ').split(/[()«»,]/u);
    return [nameOf(id, head, 1), ...own.map((part) => nameOf(id, part, 2.5))];
  });
  return [...aliases.map((alias) => nameOf(id, alias, 3)), ...parts, nameOf(id, district, 1)].filter(
    ({ words, kilometre }) => words.length > 0 || kilometre !== undefined,
  );
}

/** Stands for the kilometre among the places of a hit. */
const kilometrePlace = -2;
/** What a message says of one checkpoint: how surely it is named, and the words (by place) that name it. */
interface Hit {
  readonly weight: number;
  readonly places: ReadonlySet<number>;
}

/** Where a name's word stands in a message: the very word, else the first one that may be meant; -1 where none is. */
interface Place {
  readonly at: number;
  readonly exact: boolean;
}
type PlaceOf = (word: PlaceWord) => Place;
const nowhere: Place = { at: -1, exact: false };

function hitOf(name: NameOf, placeOf: PlaceOf, kilometres: readonly number[], saysPost: boolean): Hit | undefined {
  if (name.needsPost && !saysPost) return undefined;
  if (name.kilometre !== undefined && !kilometres.includes(name.kilometre)) return undefined;
  const places = name.words.map(placeOf);
  if (places.some(({ at }) => at < 0)) return undefined;
  const also = name.ordinary.map(placeOf).filter(({ at }) => at >= 0);
  return {
    weight:
      name.weight + (places.every(({ exact }) => exact) ? 0.5 : 0) + 0.2 * (places.length - 1) + 0.2 * also.length,
    places: new Set([
      ...[...places, ...also].map(({ at }) => at),
      ...(name.kilometre === undefined ? [] : [kilometrePlace]),
    ]),
  };
}

const both = (one: Hit, other: Hit): Hit => ({
  weight: Math.max(one.weight, other.weight),
  places: new Set([...one.places, ...other.places]),
});

/** "Арал қаласы" is the town's post: that "Арал" alone would also be the district's other one does not count. */
const isPartOf = (one: Hit, other: Hit): boolean =>
  one.places.size < other.places.size && [...one.places].every((place) => other.places.has(place));

/** Words of names that a written word may mean, and whether one of them tells a place. */
interface Meant {
  readonly words: ReadonlySet<string>;
  readonly tells: boolean;
}
const meantOf = factOfWords<Meant>();
/** What a written word may mean: most mean nothing. */
function createMeant(names: readonly NameOf[]): (written: Word) => Meant {
  const known = new Map(
    names.flatMap(({ words, ordinary }) => [...words, ...ordinary].map((word) => [word.folded, word])),
  );
  const telling = new Set(names.flatMap(({ words }) => words.map(({ folded }) => folded)));
  return meantOf((word) => {
    if (word.kind !== 'word' || word.folded.length < shortestName) return { words: new Set(), tells: false };
    const written = placeWord(word);
    const words = [...known.values()].filter((name) => meets(written, name)).map(({ folded }) => folded);
    return { words: new Set(words), tells: words.some((one) => telling.has(one)) };
  });
}

/**
 * The finder over a list of checkpoints, of an equal list the same one again: most of what staff publish leaves them as they are. It gives at
 * most five ids, best first; work is bounded by the first 60 words.
 */
export const createFindCheckpoints = lastRemembered((checkpoints: readonly IndexedCheckpoint[]): FindCheckpoints => {
  const names = checkpoints.flatMap(namesOf);
  const meantBy = createMeant(names);
  const tells = (token: Token): boolean => meantBy(token).tells;
  return ({ tokens }) => {
    const kilometres = kilometresIn(tokens);
    const words = tokens.filter(isWord).slice(0, mostWords);
    if (kilometres.length === 0 && !words.some(tells)) return [];
    const places = new Map<string, Place>();
    for (const [at, word] of words.entries()) {
      for (const name of meantBy(word).words) {
        const exact = word.folded === name;
        const before = places.get(name);
        if (before === undefined || (exact && !before.exact)) places.set(name, { at, exact });
      }
    }
    const placeOf: PlaceOf = ({ folded }) => places.get(folded) ?? nowhere;
    const saysPost = words.length <= bareName || words.some(({ folded }) => post.test(folded));
    const hits = new Map<string, Hit>();
    for (const name of names) {
      const hit = hitOf(name, placeOf, kilometres, saysPost);
      const before = hits.get(name.id);
      if (hit !== undefined) hits.set(name.id, before === undefined ? hit : both(before, hit));
    }
    return [...hits]
      .filter(([, hit]) => ![...hits.values()].some((other) => isPartOf(hit, other)))
      .sort(([, a], [, b]) => b.weight - a.weight)
      .slice(0, mostFound)
      .map(([id]) => id);
  };
});
