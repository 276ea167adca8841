/** Corrects mistyped words: what nobody's phrasing holds is read as the known word a slip of the finger away, or as the two it was joined of. */
import { columnOf } from './columns.js';
import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import type { ConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import { lineOf, type Normalised, type Token } from './normalise.js';
import { type SeeToken, stemOf } from './seen-tokens.js';
import { createSpelling, spelledLengths } from './spelling.js';
import { factOfWords, newWord, type Word } from './words.js';

/** Most words of a message that are looked at: what holds more of them is no message. */
const mostCorrected = 40;

const wordOf = (cyrillic: string): Word => newWord('word', cyrillic, fold(cyrillic));

/** What was meant by a word: itself where it is readable, or where nothing better is known. */
interface Meant {
  readonly readable: boolean;
  readonly meant?: readonly Word[];
}
const meantOf = factOfWords<Meant>();

/** Reads a message's mistyped words as what was meant; the very message where nothing was mistyped. Bounded by the number of its words. */
export type Correct = (message: Normalised) => Normalised;

/** Reads by the words, stems and concepts that a trained model knows. */
export function createCorrect(model: Model, conceptOf: ConceptOf, see: SeeToken): Correct {
  const { knows, nearest, parts } = createSpelling(model.spelling);
  const isStem = (key: number): boolean => columnOf(model, key) >= 0;

  /** A known stem with a slip, and an ending that fits it: "себепти" for "ебепти". */
  const inflected = ({ folded }: Word): Word | undefined => {
    let best: { readonly word: Word; readonly merit: number } | undefined;
    for (let length = spelledLengths.least; length < folded.length; length += 1) {
      const stem = nearest(folded.slice(0, length), 'stems');
      if (stem === undefined || (best !== undefined && stem.merit <= best.merit)) continue;
      const word = wordOf(fold(stem.spelled) + folded.slice(length));
      if (stemOf(word) === fold(stem.spelled)) best = { word, merit: stem.merit };
    }
    return best?.word;
  };
  const isReadable = (word: Word): boolean =>
    word.folded.length < spelledLengths.least ||
    word.folded.length > spelledLengths.most ||
    knows(word.folded) ||
    analyseKazakh(word.folded).known ||
    isStem(see(word).stem.key);
  const corrected = (typed: Word): readonly Word[] | undefined => {
    const { folded } = typed;
    const concept = conceptOf(folded);
    const word = nearest(folded, 'words');
    if (word !== undefined) {
      const meant = wordOf(word.spelled);
      // What a concept takes for its own is known by its beginning, whatever its ending.
      return concept === undefined || conceptOf(meant.folded) === concept ? [meant] : undefined;
    }
    const two = parts(folded)?.map(wordOf);
    if (concept !== undefined) return conceptOf(two?.[0]?.folded ?? '') === concept ? two : undefined;
    const whole = inflected(typed);
    return whole === undefined ? two : [whole];
  };
  const meantBy = meantOf((word) => {
    if (isReadable(word)) return { readable: true };
    const meant = corrected(word);
    return { readable: false, ...(meant === undefined ? {} : { meant }) };
  });
  const isRight = (token: Token): boolean => token.kind !== 'word' || meantBy(token).readable;

  return (message) => {
    if (message.tokens.every(isRight)) return message;
    let looked = 0;
    let isSame = true;
    const tokens = message.tokens.flatMap((token) => {
      if (looked >= mostCorrected || isRight(token)) return token;
      looked += 1;
      const { meant } = meantBy(token);
      if (meant === undefined) return token;
      isSame = false;
      return meant.map((word): Token => ({ ...word, weight: token.weight, typed: token.cyrillic }));
    });
    return isSame ? message : { ...message, tokens, line: lineOf(tokens) };
  };
}
