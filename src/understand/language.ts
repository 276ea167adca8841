/** Tells Kazakh from Russian in one message; the reply's language, so what governs the sentence counts and not its borrowed nouns. */
import type { Language } from '../language.js';
import { withoutCourtesy } from './courtesy.js';
import type { Evidence, WordEvidence } from './language-evidence.js';
import { type Normalised, normalise, type Token, typedLatin } from './normalise.js';
import { longestText } from './pieces.js';
import { isWord } from './words.js';

export interface LanguageGuess {
  readonly language: Language;
  /** Positive for Kazakh, negative for Russian; 0 where nothing shows. */
  readonly score: number;
  readonly shown: boolean;
  /** What each word said, in order: positive for Kazakh, negative for Russian. */
  readonly evidence: readonly { readonly word: string; readonly weight: number }[];
}

/** Addresses and codes ("egov.kz", "K-7F3Q", "qr") are no words, though their letters look like some. Bounded: linear over any text. */
const notWords =
  /(?<!\S)\S{0,80}[a-z0-9]\.(?:kz|com|ru|org)(?:\/\S{0,200})?|(?<![\p{L}\p{Nd}])(?:qr|[a-zк]-?(?=\p{L}{0,3}\d)[\p{L}\d]{4})(?![\p{L}\p{Nd}])/giu;

/** Each of them holds one of these: most messages need not be looked through. */
const mayHoldCodes = /\.(?:kz|com|ru|org)|qr|[a-zк]-?\p{L}{0,3}\d/iu;

/** What a word of the other language still says in a sentence that only one language governs. */
const borrowedWord = 0.5;

const particles = new Set(['ма', 'ме', 'ба', 'бе', 'па', 'пе']);

const isSpoken = ({ kind, spelled }: Token): boolean => kind === 'word' || spelled !== undefined;
const governsKazakh = ({ governs, weight }: WordEvidence): boolean => governs && weight > 0;
const governsRussian = ({ governs, weight }: WordEvidence): boolean => governs && weight < 0;

/** The language of already cleaned tokens; `fallback` where nothing shows. */
function guessLanguage(tokens: readonly Token[], evidenceOf: Evidence, fallback: Language): LanguageGuess {
  const words = tokens.filter(isSpoken);
  const said = words.map(evidenceOf);
  const governed = Number(said.some(governsKazakh)) - Number(said.some(governsRussian));
  let before = 0;
  const weighed = words.map((token, at) => {
    // The end of a Kazakh or Russian sentence is where its verb and its particles stand.
    const place = words.length === 1 ? 1 : 0.7 + (0.7 * at) / (words.length - 1);
    const { weight = 0 } = said[at] ?? {};
    // Where one language alone governs, the other's nouns and adjectives are borrowed.
    const evidence = weight * governed < 0 ? weight * borrowedWord : weight;
    // "можно ма", "положена ма": the Kazakh particle is borrowed into Russian speech as a mere question mark.
    const borrowed = particles.has(token.folded) && before < 0;
    before = evidence;
    return {
      word: token.kind === 'word' ? token.cyrillic : token.folded,
      weight: place * (borrowed ? evidence / 2 : evidence),
    };
  });
  const score = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const shown = Math.abs(score) >= 0.6;
  return { language: shown ? (score > 0 ? 'kk' : 'ru') : fallback, score: shown ? score : 0, shown, evidence: weighed };
}

/** A greeting in the other language is a courtesy, not the language of the matter. */
const spoken = (message: Normalised): readonly Token[] => {
  const rest = withoutCourtesy(message).tokens;
  return rest.some(isWord) ? rest : message.tokens;
};

/** A guess and the message as that language reads it. */
export interface Read {
  readonly guess: LanguageGuess;
  readonly message: Normalised;
}

/** Reads `text` as of one language; `said` is what of it tells the language. */
function readAs(language: Language, text: string, said: string, evidenceOf: Evidence, fallback: Language): Read {
  const message = normalise(text, language);
  const heard = spoken(said === text ? message : normalise(said, language));
  return { message, guess: guessLanguage(heard, evidenceOf, fallback) };
}

/** Letters that only Latin Kazakh has, in any of its alphabets. */
const latinKazakh = /[qáäǵğıńñóöúüūýşə]/iu;
/** Such letters are Kazakh whatever the rest looks like. */
const leastOfLatinKazakh = 2;

/** Reads a text and tells its language; Latin letters are read in both ways and the more telling reading wins. */
export function readMessage(text: string, evidenceOf: Evidence, fallback: Language): Read {
  const cut = text.slice(0, longestText);
  const said = mayHoldCodes.test(cut) ? cut.replace(notWords, ' ') : cut;
  const kazakh = readAs('kk', text, said, evidenceOf, fallback);
  if (!typedLatin(said)) return kazakh;
  if (latinKazakh.test(said)) {
    const score = Math.max(leastOfLatinKazakh, kazakh.guess.score);
    return { ...kazakh, guess: { ...kazakh.guess, language: 'kk', score, shown: true } };
  }
  const russian = readAs('ru', text, said, evidenceOf, fallback);
  const more = Math.abs(russian.guess.score) > Math.abs(kazakh.guess.score) ? russian : kazakh;
  return more.guess.language === 'ru' ? { ...more, message: russian.message } : { ...more, message: kazakh.message };
}
