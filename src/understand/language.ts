/** Tells Kazakh from Russian in one message; the reply's language, so what governs the sentence counts and not its borrowed nouns. */
import type { Language } from '../language.js';
import { withoutCourtesy } from './courtesy.js';
import { fold } from './fold.js';
import { kazakhEnding, kazakhWords, russianWords } from './function-words.js';
import { type Normalised, normalise, type Token, typedLatin } from './normalise.js';

/** Log-odds of folded-free letter trigrams: positive speaks for Kazakh. */
export type LanguageTrigrams = ReadonlyMap<string, number>;
export interface LanguageSample {
  readonly language: Language;
  readonly tokens: readonly Token[];
}
export interface LanguageGuess {
  readonly language: Language;
  /** Positive for Kazakh, negative for Russian; 0 where nothing shows. */
  readonly score: number;
  readonly shown: boolean;
  /** What each word said, in order: positive for Kazakh, negative for Russian. */
  readonly evidence: readonly { readonly word: string; readonly weight: number }[];
}

/** Kazakh letters as people type them without a Kazakh keyboard, so that both habits train the same trigrams. */
const plain: Readonly<Record<string, string>> = {
  ә: 'а',
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
};
const plainWord = (word: string): string => [...word].map((letter) => plain[letter] ?? letter).join('');
function trigrams(word: string): string[] {
  const framed = `^${plainWord(word)}$`;
  const found: string[] = [];
  for (let at = 0; at + 3 <= framed.length; at += 1) found.push(framed.slice(at, at + 3));
  return found;
}

/** Naive Bayes over letter trigrams of the training phrasings. */
export function trainLanguage(samples: readonly LanguageSample[]): LanguageTrigrams {
  const counts = new Map<string, { kk: number; ru: number }>();
  const totals = { kk: 0, ru: 0 };
  for (const { language, tokens } of samples) {
    for (const token of tokens) {
      if (token.kind !== 'word') continue;
      for (const trigram of trigrams(token.cyrillic)) {
        const count = counts.get(trigram) ?? { kk: 0, ru: 0 };
        count[language] += 1;
        totals[language] += 1;
        counts.set(trigram, count);
      }
    }
  }
  const odds = new Map<string, number>();
  const kinds = counts.size + 1;
  for (const [trigram, { kk, ru }] of counts) {
    const value = Math.log((kk + 0.5) / (totals.kk + kinds)) - Math.log((ru + 0.5) / (totals.ru + kinds));
    odds.set(trigram, Math.round(value * 1000) / 1000);
  }
  return odds;
}

const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
/** Words both languages use as they stand, names of the service among them: no evidence. */
const neutral = new Set(
  'ок окей okay карантин онлайн бот телеграм ватсап вацап сайт банк каспи егов иин ибан бекет пост такси автобус адрес номер статус смс старт меню стоп тест тенге ало алло хелло хаи'
    .split(' ')
    .map(fold),
);

const particles = new Set(['ма', 'ме', 'ба', 'бе', 'па', 'пе']);

/** What one word without grammar of its own may weigh: less than a function word. */
const mostOfNoun = 2.4;

function wordEvidence(token: Token, odds: LanguageTrigrams): number {
  const { folded, cyrillic } = token;
  if (neutral.has(folded)) return 0;
  const kazakh = kazakhWords.has(folded);
  const russian = russianWords.has(folded);
  if (kazakh !== russian) return kazakh ? 3.2 : -3.2;
  let score = 0;
  const found = trigrams(cyrillic);
  for (const trigram of found) score += odds.get(trigram) ?? 0;
  score = clip(score * 0.4, 2);
  if (/[әіңғүұқөһ]/u.test(cyrillic)) score = clip(score + 2.2, mostOfNoun);
  if (folded.length > 4 && kazakhEnding.test(folded)) score += 0.8;
  // A prefixed Russian verb form or a soft sign is nothing Kazakh spelling has.
  if (/[ьъщ]|(?:ться|тся|ешь|ишь|ете|ите)$/u.test(cyrillic)) score -= 1;
  return score;
}

/** The language of already cleaned tokens; `fallback` where nothing shows. */
export function guessLanguage(tokens: readonly Token[], odds: LanguageTrigrams, fallback: Language): LanguageGuess {
  const words = tokens.filter((token) => token.kind === 'word');
  let before = 0;
  const weighed = words.map((token, at) => {
    // The end of a Kazakh or Russian sentence is where its verb and its particles stand.
    const place = words.length === 1 ? 1 : 0.7 + (0.7 * at) / (words.length - 1);
    const evidence = wordEvidence(token, odds);
    // "можно ма", "положена ма": the Kazakh particle is borrowed into Russian speech as a mere question mark.
    const borrowed = particles.has(token.folded) && before < 0;
    before = evidence;
    return { word: token.cyrillic, weight: place * (borrowed ? evidence / 2 : evidence) };
  });
  const score = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const shown = Math.abs(score) >= 0.6;
  return { language: shown ? (score > 0 ? 'kk' : 'ru') : fallback, score: shown ? score : 0, shown, evidence: weighed };
}

/** A greeting in the other language is a courtesy, not the language of the matter. */
const spoken = (message: Normalised): readonly Token[] => {
  const rest = withoutCourtesy(message).tokens;
  return rest.some((token) => token.kind === 'word') ? rest : message.tokens;
};

/** A guess and the message as that language reads it. */
export interface Read {
  readonly guess: LanguageGuess;
  readonly message: Normalised;
}

/** Reads a text and tells its language; Latin letters are read in both ways and the more telling reading wins. */
export function readMessage(text: string, odds: LanguageTrigrams, fallback: Language): Read {
  const kazakh = normalise(text, 'kk');
  const asKazakh = guessLanguage(spoken(kazakh), odds, fallback);
  if (!typedLatin(text)) return { guess: asKazakh, message: kazakh };
  if (latinKazakh.test(text)) {
    return { guess: { ...asKazakh, language: 'kk', score: Math.max(2, asKazakh.score), shown: true }, message: kazakh };
  }
  const russian = normalise(text, 'ru');
  const asRussian = guessLanguage(spoken(russian), odds, fallback);
  const guess = Math.abs(asRussian.score) > Math.abs(asKazakh.score) ? asRussian : asKazakh;
  return { guess, message: guess.language === 'ru' ? russian : kazakh };
}
/** Letters that only Latin Kazakh has. */
const latinKazakh = /[qáǵńýıəğşñ]/iu;
