/** Parts a message where it asks more than once: at sentence ends, commas and joining words, in both languages and in Latin letters. */
import type { Language } from '../language.js';
import { fold } from './fold.js';
import type { Normalised, Token } from './normalise.js';
import { remembered } from './remembered.js';
import { toCyrillic } from './transliterate.js';
import { factOfWords } from './words.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u).map(fold));

/** Words that ask, in whichever language they stand: both are mixed. */
const asking = words(`
  қашан қалай қайда қайдан қайсы қай қанша неше нешеде нешеге нешінші кім кімге кімдер кімдерге кімнің неге немен нені қандай қайтемін қайтеміз ше
  ма ме ба бе па пе
  когда кагда как где куда откуда сколько скока сколки кто кому кого чей почему зачем какой какая какое какие каких какую каким ли можно можна
`);
/** "что" asks before some words only; elsewhere it is "that". */
const whatAsks = /(?:^| )(?:что|че) (?:делат|значит|нужн|надо|мне|ето|такое)/u;
/** A question's particle that was typed onto its verb: "болама", "берілеме", "керекпе", "бармынба". */
const particleTypedOn =
  /^(?:бол[ау]|берил?е|ала|ала[мс]и?[нз]|келе|тусе|журе|оте|откизе|жибере|шига|истеи|кире|бара|толе[ие]?|тиесили|жарамди|керек|емес|барми?н|бармиз|барсиз|бар|жок|аши[кг]|жаби[кг]|рас|мумкин|дурис|положено|можно|нужно|надо)[мбп][ае]$/u;
/** Words that join a second question to a first. */
const joining = words('және ал и а');

const sentenceEnd = /[.!?…;]+(?=\s|$)|\n+/gu;
const word = /[\p{L}\p{M}'’ʼ]+/gu;

const joiningAtStart = /^(?:және|ал|и|а|zhane|jane|i|a)(?:\s+(?:ещё|еще|тағы))?\s+(?=\S+\s)/iu;

/** A part as one may repeat it to its writer: its last question alone, without the word that joined it and the stop after it. */
export const askedWords = (part: string, language: Language): string =>
  (closingOf(part, language) ?? part)
    .trim()
    .replace(joiningAtStart, '')
    .replace(/[\s,;.]+$/u, '');

/** A part of a message as it was typed; `asks` where it holds a question. */
export interface Clause {
  readonly text: string;
  readonly asks: boolean;
}

/** A typed word as the rules of parting see it. */
interface ReadWord {
  readonly folded: string;
  readonly asks: boolean;
  readonly joins: boolean;
}
const asksIn = (folded: string): boolean => asking.has(folded) || particleTypedOn.test(folded);
const mostWords = 20_000;
const wordReader = (language: Language): ((typed: string) => ReadWord) =>
  remembered(mostWords, (typed) => {
    const folded = fold(toCyrillic(typed.toLowerCase(), language));
    return { folded, asks: asksIn(folded), joins: joining.has(folded) };
  });
const readWord: Readonly<Record<Language, (typed: string) => ReadWord>> = {
  kk: wordReader('kk'),
  ru: wordReader('ru'),
};

/** "Сәлеметсіз бе" asks nothing. */
const greeting =
  /(?:^| )(?:(?:с[ао]л[ае]м|аман|есен|армис)[а-я]*(?: сиз| сиздер)?(?: (?:бе|ме|ба|ма))?|каирли [а-я]+|здравствуит[а-я]*|доброи?е? (?:утро|вечер|ден)|добри?и? (?:ден|вечер))(?= |$)/gu;

/** Folded words of a text in one line, without a greeting. */
const lineOf = (text: string, language: Language): string =>
  (text.match(word) ?? [])
    .map((typed) => readWord[language](typed).folded)
    .join(' ')
    .replace(greeting, ' ')
    .trim();

const hasAskingWord = (text: string, language: Language): boolean => {
  const line = lineOf(text, language);
  // Folded once more, a folded word is what it was.
  return whatAsks.test(line) || line.split(' ').some((one) => readWord.kk(one).asks);
};

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { 0: end, index } of text.matchAll(sentenceEnd)) {
    sentences.push(text.slice(from, index + end.length));
    from = index + end.length;
  }
  return [...sentences, text.slice(from)];
}

/** A stop with words behind it: without one a text is one sentence. */
const mayPartSentences = /[.!?…;\n]\s*[^\s.!?…;]/u;

/** The end of a message, in UTF-16 units, in which its last question is looked for. */
const longestEnding = 2_000;
const wordsOfASentence = 2;

/** Whether a message may have a sentence before its last one. */
export const mayClose = (text: string): boolean => mayPartSentences.test(text.slice(-longestEnding));

/** The last sentence that asks, else the last; undefined where the message is one sentence. Linear in the (cut) length. */
export function closingOf(text: string, language: Language): string | undefined {
  if (!mayClose(text)) return undefined;
  const sentences = sentencesOf(text.slice(-longestEnding)).filter(
    (sentence) => lineOf(sentence, language).split(' ').length >= wordsOfASentence,
  );
  if (sentences.length < 2) return undefined;
  const asks = (sentence: string): boolean => sentence.includes('?') || hasAskingWord(sentence, language);
  return (sentences.findLast(asks) ?? sentences.at(-1))?.trim();
}

const mayAsk = factOfWords<boolean>()(({ folded }) => asksIn(folded) || folded === 'что' || folded === 'че');
/** Whether a read text may hold two questions: each has a word that asks or a question mark. */
export function mayAskTwice(text: string, { tokens }: Pick<Normalised, 'tokens'>): boolean {
  let signs = 0;
  for (let at = text.indexOf('?'); at >= 0 && signs < 2; at = text.indexOf('?', at + 1)) signs += 1;
  for (let at = 0; at < tokens.length && signs < 2; at += 1) if (mayAsk(tokens[at] as Token)) signs += 1;
  return signs > 1;
}

/** Texts between the places at which a sentence may be parted. The question mark speaks for the last, if that is one or is joined on. */
function piecesOf(sentence: string, language: Language): Clause[] {
  const cuts = [...sentence.matchAll(/,(?!\d)/gu)].map(({ index }) => ({ from: index + 1, joins: false }));
  for (const { 0: typed, index } of sentence.matchAll(word)) {
    if (index > 0 && readWord[language](typed).joins) cuts.push({ from: index, joins: true });
  }
  cuts.sort((a, b) => a.from - b.from);
  const pieces = [{ from: 0, joins: cuts.length === 0 }, ...cuts];
  return pieces.map(({ from, joins }, at) => {
    const text = sentence.slice(from, pieces[at + 1]?.from);
    return { text, asks: (joins && text.includes('?')) || hasAskingWord(text, language) };
  });
}

/** Joins what stands side by side until each part but the last asks; `keepsApart` starts a new part after a question in any case. */
function grouped(pieces: readonly Clause[], keepsApart: boolean): Clause[] {
  const groups: Clause[] = [];
  for (const { text, asks } of pieces) {
    if (text.trim() === '') continue;
    const last = groups.at(-1);
    if (last === undefined || (last.asks && (asks || keepsApart))) groups.push({ text, asks });
    else groups[groups.length - 1] = { text: last.text + text, asks: last.asks || asks };
  }
  const [last, before] = [groups.at(-1), groups.at(-2)];
  // What follows the last question belongs to it.
  if (last && before && !last.asks) groups.splice(-2, 2, { text: before.text + last.text, asks: before.asks });
  return groups;
}

/**
 * The parts of a message, in order, as they were typed: one where it asks once or never, else one for each question, with what is told
 * before it. `language` settles how Latin letters sound. Linear in the length.
 */
export function clausesOf(text: string, language: Language): readonly Clause[] {
  const parts = sentencesOf(text).flatMap((sentence) => {
    const pieces = grouped(piecesOf(sentence, language), false);
    // A question mark whose words ask nothing by themselves belongs to the sentence as a whole.
    const asked = sentence.includes('?') && !pieces.some(({ asks }) => asks);
    return asked ? [{ text: sentence, asks: true }] : pieces;
  });
  return grouped(parts, true).map((clause) => ({ ...clause, text: clause.text.trim() }));
}
