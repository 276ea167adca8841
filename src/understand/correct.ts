/** Corrects mistyped words: what nobody's phrasing holds is read as the known word a slip of the finger away, or as the two it was joined of. */
import { hash, stemOf } from './features.js';
import { fold } from './fold.js';
import { analyseKazakh } from './kazakh/stem.js';
import type { ConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import type { Normalised, Token } from './normalise.js';
import { createSpelling, spelledLengths } from './spelling.js';
import { columnOf } from './vocabulary.js';

/** Most words of a message that are looked at: what holds more of them is no message. */
const mostCorrected = 40;

/** What was meant where another word was typed. */
const meantBy = (typed: Token, cyrillic: string): Token => ({
  kind: 'word',
  cyrillic,
  folded: fold(cyrillic),
  weight: typed.weight,
  typed: typed.cyrillic,
});

/** Reads a message's mistyped words as what was meant; the very message where nothing was mistyped. Bounded by the number of its words. */
export type Correct = (message: Normalised) => Normalised;

/** Reads by the words, stems and concepts that a trained model knows. */
export function createCorrect(model: Model, conceptOf: ConceptOf): Correct {
  const { knows, nearest, parts } = createSpelling(model.spelling);
  const isStem = (stem: string): boolean => columnOf(model.keys, hash('stem', stem)) >= 0;

  /** A known stem with a slip, and an ending that fits it: "себепти" for "ебепти". */
  const inflected = (typed: Token): Token | undefined => {
    const { folded } = typed;
    let best: { readonly token: Token; readonly merit: number } | undefined;
    for (let length = spelledLengths.least; length < folded.length; length += 1) {
      const stem = nearest(folded.slice(0, length), 'stems');
      if (stem === undefined || (best !== undefined && stem.merit <= best.merit)) continue;
      const token = meantBy(typed, fold(stem.spelled) + folded.slice(length));
      if (stemOf(token) === fold(stem.spelled)) best = { token, merit: stem.merit };
    }
    return best?.token;
  };
  const corrected = (token: Token): readonly Token[] => {
    const { folded } = token;
    const concept = conceptOf(folded);
    const word = nearest(folded, 'words');
    if (word !== undefined) {
      const meant = meantBy(token, word.spelled);
      // What a concept takes for its own is known by its beginning, whatever its ending.
      return concept === undefined || conceptOf(meant.folded) === concept ? [meant] : [token];
    }
    const two = parts(folded)?.map((part) => meantBy(token, part));
    if (concept !== undefined) return two !== undefined && conceptOf(two[0]?.folded ?? '') === concept ? two : [token];
    const whole = inflected(token);
    return whole === undefined ? (two ?? [token]) : [whole];
  };
  const isReadable = (token: Token): boolean =>
    token.kind !== 'word' ||
    token.folded.length < spelledLengths.least ||
    token.folded.length > spelledLengths.most ||
    knows(token.folded) ||
    analyseKazakh(token.folded).known ||
    isStem(stemOf(token));

  return (message) => {
    let looked = 0;
    const tokens = message.tokens.flatMap((token) => {
      if (looked >= mostCorrected || isReadable(token)) return token;
      looked += 1;
      return corrected(token);
    });
    const isSame = tokens.length === message.tokens.length && tokens.every((token, at) => token === message.tokens[at]);
    return isSame ? message : { ...message, tokens, line: tokens.map(({ folded }) => folded).join(' ') };
  };
}
