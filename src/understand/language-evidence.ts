/** What one word says of a message's language: grammar weighs most, then Kazakh endings on any root, then what the word looks like. */
import { fold } from './fold.js';
import { kazakhWords, russianWords } from './function-words.js';
import type { Shape } from './kazakh/endings.js';
import { analyseKazakh } from './kazakh/stem.js';
import { type LanguageOdds, looksOf, mostOfWord } from './language-odds.js';
import type { Token } from './normalise.js';
import { factOfWords, type Word } from './words.js';

/** Words both languages use as they stand, names of the service among them: no evidence. */
const neutral = new Set(
  'ок окей okay карантин онлайн бот телеграм ватсап вацап сайт банк каспи егов иин ибан бекет пост такси автобус адрес номер статус смс старт меню мену менуи стоп тест тенге ало алло хелло хаи баи танкс ага ой вау кз ком ру ввв оператор статистика биргемиз'
    .split(' ')
    .map(fold),
);

/** Laughter and sighs are of no language. */
const sounds = /^(?:[хах]+|[аои]|м+|о+)$/u;
/** What words of grammar, verb forms, cases of two letters and more ("заявка-ны"), and spelled amounts weigh. */
const weights = {
  grammar: 3.2,
  verb: 3,
  case: 2,
  /** An amount is soon borrowed: "где подают на елу мың". */
  amount: 1.2,
} as const;
/** Forms of Kazakh verbs that next to no Russian word looks like. */
const verbShapes: ReadonlySet<Shape> = new Set<Shape>([
  'present',
  'past',
  'pastPerson',
  'participle',
  'gerund',
  'person',
  'order',
  'condition',
  'asked',
]);
const shortestInflected = 5;

/** What the endings of a word say for Kazakh; 0 where nothing does. */
function endingEvidence(folded: string): number {
  if (folded.length < shortestInflected) return 0;
  const { known, shape, stem } = analyseKazakh(folded);
  if (!known || shape === undefined) return 0;
  if (verbShapes.has(shape)) return weights.verb;
  return shape === 'case' && folded.length - stem.length >= 2 ? weights.case : 0;
}

/** What one token says of the language. */
export interface WordEvidence {
  /** Positive for Kazakh, negative for Russian. */
  readonly weight: number;
  /** It governs the sentence, as a word of grammar or a verb form; what it looks like is no more than looks. */
  readonly governs: boolean;
}
const looks = (weight: number): WordEvidence => ({ weight, governs: false });
const governing = (weight: number): WordEvidence => ({ weight, governs: true });

function evidenceIn(token: Word, odds: LanguageOdds): WordEvidence {
  const { folded, cyrillic } = token;
  if (neutral.has(folded) || sounds.test(folded)) return looks(0);
  const kazakh = kazakhWords.has(folded);
  const russian = russianWords.has(folded);
  if (kazakh !== russian) return governing(kazakh ? weights.grammar : -weights.grammar);
  const governed = endingEvidence(folded);
  if (governed > 0) return { weight: governed, governs: governed >= weights.verb };
  let score = looksOf(token, odds);
  if (/[әіңғүұқөһ]/u.test(cyrillic)) score = Math.min(score + 2.2, mostOfWord);
  // A prefixed Russian verb form or a soft sign is nothing Kazakh spelling has.
  if (/[ьъщ]|(?:ться|тся|ешь|ишь|ете|ите)$/u.test(cyrillic)) score -= 1;
  return looks(score);
}

const evidenceOf = factOfWords<WordEvidence>();
/** What a token says of the language. */
export type Evidence = (token: Token) => WordEvidence;
/** What each word says by these odds; worked out once for a word. */
export function createEvidence(odds: LanguageOdds): Evidence {
  const ofWord = evidenceOf((word) => evidenceIn(word, odds));
  return (token) =>
    token.spelled === undefined ? ofWord(token) : looks(token.spelled === 'kk' ? weights.amount : -weights.amount);
}
